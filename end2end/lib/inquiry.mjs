// How buyers ask and vendors answer, step by step, with or without script.
import { agree, firstLink, send } from "./demo.mjs";
import { openMailed } from "./mail.mjs";

/** Looks for a product in the header's search until the index knows it, and opens it from the results. */
export async function findProduct(t, page, title, lang = "") {
  await t.open(page, lang || "/");
  await page.fill("#q", title);
  await page.locator("form.search button.btn").click();
  await page.waitForURL(/\/search\?/);
  const link = page.locator('main a[href*="/listings/"]', { hasText: title }).first();
  for (let round = 0; round < 40 && (await link.count()) === 0; round += 1) {
    await page.waitForTimeout(250);
    await page.reload();
  }
  await link.click();
  await page.waitForURL(/\/listings\//);
}

/** Asks from the page of a product; gives the address of the thread. `guest` fills in who asks, whose thread begins only when confirmed. */
export async function ask(t, page, { body, quantity, guest }) {
  const address = new URL(page.url()).pathname;
  await t.open(page, `${address}/ask`);
  await page.fill("#quantity", quantity);
  await page.fill("#body", body);
  if (guest) {
    await page.fill("#email", guest.email);
    await page.fill("#name", guest.name);
  }
  await agree(page);
  await send(page);
  t.assert.match(page.url(), /\/asked/, "asked, not refused");
  return guest ? null : page.locator('main a[href*="/inquiries/"]').first().getAttribute("href");
}

const ANSWERS = {
  async quote(page) {
    await page.fill("#price", "1,250");
    await page.fill("#quantity", "500");
    await page.fill("#lead_time_days", "10");
    await page.fill("#note", "도장 포함 가격이에요.");
  },
  async ask(page) {
    await page.fill("#body", "나사산은 전산인가요, 반산인가요? 도면이 있으면 더 정확해요.");
  },
  async decline(page) {
    await page.locator("input[name=reason]").first().check();
    await page.fill("#note", "이번 달은 생산이 꽉 찼어요.");
  },
};

/** What the buyer must be able to read after each answer. */
export const READ = { quote: /1,250/, ask: /전산인가요/, decline: /생산이 꽉 찼어요/ };

/** The vendor answers from the mail that tells of the words `about`, without signing in. */
export async function answerFromMail(t, page, { to, how, about }) {
  const link = await openMailed(t, page, { to, path: "/a/", about });
  t.assert.ok((await page.locator("main").innerText()).includes(about), "the link opens this inquiry");
  await t.fits(page);
  const step = await firstLink(page, `${link}/${how}`);
  await page.locator(`main a[href="${step}"]`).first().click();
  await page.waitForURL((url) => url.pathname.endsWith(`/${how}`));
  await t.fits(page);
  await ANSWERS[how](page);
  await send(page);
  t.assert.match(page.url(), /\/done/, "answered, not refused");
}

/** The signed-in buyer opens the `thread` that was asked and reads the answer. */
export async function readAnswer(t, page, { thread, how }) {
  await t.open(page, thread);
  t.assert.match(await page.locator("main").innerText(), READ[how], `the buyer reads the answer (${how})`);
  await t.fits(page);
}
