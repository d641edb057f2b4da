// The people of the demo data, and how somebody new joins.
import { openMailed } from "./mail.mjs";

const PASSPHRASE = "demo-passphrase-2026";
/** Cookies of people who have signed in once: the limit of sign-ins is not what these tests are about. */
const sessions = new Map();

/** Signs a demo person in, by the form the first time. */
export async function signIn(t, page, who) {
  if (sessions.has(who)) {
    await page.context().addCookies(sessions.get(who));
    return;
  }
  await enter(t, page, `${who}@demo.test`, PASSPHRASE);
  sessions.set(who, await page.context().cookies());
}

/** Fills in the sign-in form and waits until it has let the person in. */
export async function enter(t, page, email, password) {
  await t.open(page, "/sign-in");
  await page.fill("#email", email);
  await page.fill("#password", password);
  await send(page);
  t.assert.ok(!page.url().includes("/sign-in"), `${email} may sign in`);
}

/** Joins, proves the address with the mailed link and signs in. */
export async function join(t, page, { name, email }) {
  await t.open(page, "/sign-up");
  await page.fill("#name", name);
  await page.fill("#email", email);
  await page.fill("#password", PASSPHRASE);
  for (const consent of ["terms", "privacy"]) await page.check(`#${consent}`);
  await send(page);
  t.assert.match(page.url(), /\/sign-up\/done/, "joined, not refused");
  await openMailed(t, page, { to: email, path: "/confirm/" });
  await send(page);
  await enter(t, page, email, PASSPHRASE);
}

/** Agrees that vendors learn who asks, where the form asks for it. */
export async function agree(page) {
  const box = page.locator("main #third_party");
  if (await box.count()) await box.check();
}

/** Presses the main button of the page's form and waits for what the server answers. */
export async function send(page, button = "main form .btn-primary") {
  const pressed = page.locator(button).first();
  await Promise.all([page.waitForResponse((answer) => answer.request().method() === "POST" && answer.request().isNavigationRequest()), pressed.click()]);
  await page.waitForLoadState("load");
}

/** Address of the first link on a page whose path begins with `prefix`. */
export async function firstLink(page, prefix) {
  return page.locator(`main a[href^="${prefix}"]`).first().getAttribute("href");
}

/** A published listing of the company that a demo person works for: its address and title. */
export async function vendorsListing(t, who = "vendor") {
  const page = await t.person();
  await signIn(t, page, who);
  await t.open(page, "/vendor/listings?state=published");
  await t.open(page, await page.locator('main a[href^="/vendor/listings/"]:not([href$="/new"])').first().getAttribute("href"));
  const href = await firstLink(page, "/listings/");
  await t.open(page, href);
  const title = (await page.locator("h1").innerText()).trim();
  await page.context().close();
  return { href, title };
}

/** A business number with a right check digit, another for each `seed`. */
export function businessNumber(seed) {
  const digits = String(120_000_000 + (seed % 1_000_000) * 7).slice(0, 9).split("").map(Number);
  const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];
  const sum = digits.reduce((total, digit, n) => total + digit * weights[n], 0) + Math.floor((digits[8] * 5) / 10);
  const all = [...digits, (10 - (sum % 10)) % 10].join("");
  return `${all.slice(0, 3)}-${all.slice(3, 5)}-${all.slice(5)}`;
}
