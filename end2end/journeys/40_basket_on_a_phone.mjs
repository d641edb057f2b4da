// The whole way of a guest on a phone: three vendors asked with one form; one declines, one quotes, one lets it lapse; another
// one is asked instead and quotes; the quotes are compared and one is taken. Nobody ever signs in.
import { agree, send } from "../lib/demo.mjs";
import { canMove, daysPass } from "../lib/clock.mjs";
import { hands, lookAt } from "../lib/fingers.mjs";
import { test } from "../lib/journey.mjs";
import { mailed, openMailed } from "../lib/mail.mjs";
import { picture } from "../lib/picture.mjs";

// more than three working days, whatever holidays lie in them, and less than the month for which a quote holds
const LAPSED = 12;
const GUEST = { email: `phone-${Date.now() % 1_000_000}@example.com`, name: "한여름" };
const BODY = `해안 펌프장 배관에 쓸 밸브예요. 창원으로 받아요. (${GUEST.email})`;

const look = (t, page, name) => lookAt(t, page, `basket-${name}`);

/** Puts products of three vendors into the basket; answers their titles. */
async function collect(t, page) {
  await t.open(page, "/search?q=밸브");
  const rows = await page.locator("li.row").evaluateAll((all) => all.map((row) => ({
    id: row.id,
    title: row.querySelector("h3").textContent.trim(),
    vendor: row.querySelector(".by a, .by").textContent.trim(),
  })));
  const three = rows.filter(({ vendor }, at) => rows.findIndex((row) => row.vendor === vendor) === at).slice(0, 3);
  t.assert.equal(three.length, 3, "three vendors make it");
  for (const { id } of three) {
    await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.locator(`[id="${id}"] .row-do button[name=listing]`).tap()]);
  }
  await look(t, page, "1-collected");
  return three.map(({ title }) => title);
}

/** Asks all of them with one form, and confirms by mail. Answers the address where the inquiries stand together. */
async function ask(t, page) {
  await t.open(page, "/basket");
  for (const [at, quantity] of ["40개", "25개", "60개"].entries()) await page.fill(`#quantity-${at + 1}`, quantity);
  await page.fill("#body", BODY);
  await page.fill("#email", GUEST.email);
  await page.fill("#name", GUEST.name);
  await agree(page);
  await look(t, page, "2-form");
  await send(page, "button.btn[name=preview]");
  await look(t, page, "3-preview");
  await send(page, "button.btn[name=send]");
  t.assert.match(page.url(), /\/basket\/asked/, "asked, not refused");
  await look(t, page, "4-look-into-your-mail");
  await openMailed(t, page, { to: GUEST.email, path: "/confirm-basket/" });
  await look(t, page, "5-confirm");
  await send(page);
  t.assert.match(page.url(), /\/b\//, "all inquiries stand together");
  await look(t, page, "6-sent");
  return new URL(page.url()).pathname;
}

/** A vendor's team reads of the inquiry about a product, and goes the way of one button of the mail: the first tap. */
async function fromMail(t, what, step, since = 0) {
  const page = await t.person({ size: "phone" });
  const link = await mailed({ to: "@demo.test", path: "/a/", about: [BODY, ...what], step: `/${step}`, since });
  const person = hands(page);
  person.done.taps += 1;
  await t.open(page, link);
  return { page, person };
}

async function declines(t, title) {
  const { page, person } = await fromMail(t, [title], "decline");
  await look(t, page, "7-decline");
  await person.tap(page.locator(".choices label, label.check", { hasText: "일이 밀려" }));
  await person.tapAway("main form .btn-primary");
  t.assert.match(page.url(), /\/done/, "declined, not refused");
  t.assert.ok(person.done.taps <= 3, `${person.done.taps} taps from the mail to the sent decline`);
  t.assert.equal(person.done.inputs, 0);
  await look(t, page, "8-declined");
}

async function quotes(t, what, { price, days, name, photo, since }) {
  const { page, person } = await fromMail(t, what, "quote", since);
  await look(t, page, `${name}-empty`);
  await person.fill("#price", price);
  if ((await page.inputValue("#quantity")) === "") await person.fill("#quantity", "60");
  await person.fill("#lead_time_days", days);
  await person.fill("#note", "성적서를 함께 보내요.");
  if (photo) {
    await person.attach("#camera", await picture(t, "재고 사진"));
    await page.waitForSelector("[data-list] input[name=file]");
  }
  await look(t, page, name);
  await person.tapAway("main form .btn-primary");
  t.assert.match(page.url(), /\/done/, "quoted, not refused");
  t.assert.ok(person.done.inputs <= 5, `${person.done.inputs} inputs to the sent quote`);
  await look(t, page, `${name}-sent`);
}

/** What lapsed goes on to others with one tap. */
async function asksOthers(t, page, title) {
  await openMailed(t, page, { to: GUEST.email, path: "/a/", about: ["기한이 지나 문의가 끝났어요", title], patience: 60_000 });
  const offered = await page.locator("main form[action$='/others'] label.check").evaluateAll((all) => all.map((one) => one.querySelector("b").nextSibling.textContent.replace("·", "").trim()));
  t.assert.ok(offered.length >= 1 && offered.length <= 3, `${offered} are offered`);
  t.assert.match(await page.locator("main").innerText(), /같은 분류|규격/, "with the reason why these");
  await look(t, page, "11-others");
  const person = hands(page);
  await person.tapAway("main form[action$='/others'] .btn-primary");
  t.assert.equal(person.done.taps, 1, "one tap sends");
  t.assert.match(page.url(), /done=others/);
  await look(t, page, "12-others-asked");
  return offered;
}

/** Both quotes side by side, small and large, in both languages; then one is taken. */
async function takes(t, page, together) {
  const mail = { to: GUEST.email, path: "/b/", about: "견적이 왔어요" };
  t.assert.notEqual(await openMailed(t, page, mail), together, "a link of its own");
  const wide = await t.person();
  const here = new URL(page.url()).pathname;
  for (const [person, size] of [[page, "phone"], [wide, "desk"]]) {
    for (const language of ["", "/en"]) {
      await t.open(person, `${language}${here}`);
      t.assert.equal(await person.locator("table.compare thead th").count(), 3, "two quotes and the names of the rows");
      await look(t, person, `15-compare-${size}${language.replace("/", "-")}`);
    }
  }
  await t.open(page, here);
  await page.locator("table.compare tbody .btn").last().tap();
  await page.waitForURL(/\/accept/);
  const accept = new URL(page.url()).pathname;
  for (const [person, size] of [[page, "phone"], [wide, "desk"]]) {
    for (const language of ["/en", ""]) {
      await t.open(person, `${language}${accept}`);
      await look(t, person, `16-accept-${size}${language.replace("/", "-")}`);
    }
  }
  await send(page);
  t.assert.match(page.url(), /\/done/, "taken, not refused");
  await look(t, page, "17-accepted");
  await t.open(page, here);
  t.assert.match(await page.locator("main").innerText(), /받아들인|받아들였|거래/, "and that stands there");
  await look(t, page, "18-together-at-the-end");
  await t.open(wide, `/en${here}`);
  await look(t, wide, "18-together-at-the-end-desk-en");
}

if (canMove) {
  test("a guest's basket on a phone: declined, quoted, lapsed, asked elsewhere, compared and accepted", { size: "phone", alone: true, minutes: 5 }, async (t) => {
    const [first, second, third] = await collect(t, t.page);
    const together = await ask(t, t.page);
    await declines(t, first);
    await quotes(t, [second], { price: "38,500", days: "10", name: "9-quote", photo: true });
    await t.open(t.page, together);
    await look(t, t.page, "10-one-quote");
    daysPass(LAPSED);
    // others make products of the same name: what came before is not theirs
    const since = Date.now();
    const [other] = await asksOthers(t, t.page, third);
    await quotes(t, [other], { since, price: "36,000", days: "14", name: "13-other-quote" });
    await takes(t, t.page, together);
  });
}
