// One request on the public board from its first words to the accepted quote: written in the buyer's own words, read into lines
// and confirmed, opened by a curator, quoted by two vendors from their mails, compared, taken; and the ways beside that.
import { agree, join, send, signIn } from "../lib/demo.mjs";
import { approve } from "../lib/desk.mjs";
import { lookAt } from "../lib/fingers.mjs";
import { test } from "../lib/journey.mjs";
import { mailed } from "../lib/mail.mjs";
import { look } from "../lib/page.mjs";
import { picture } from "../lib/picture.mjs";

let people = Date.now() % 1_000_000;
const SIZES = [["phone", ""], ["phone", "/en"], ["desk", ""], ["desk", "/en"]];

/** What the parser read stands in the fields; one wrong thing is put right. */
async function writes(t, page, title) {
  await t.open(page, "/rfqs");
  await lookAt(t, page, "rfq-1-board");
  await t.open(page, "/rfqs/new");
  await page.fill("#text", "SUS304 볼밸브 20A 플랜지식 60개, 12월 20일까지 창원 도착도로 견적 부탁드립니다. 성적서 필요합니다.");
  await lookAt(t, page, "rfq-2-own-words");
  await send(page);
  t.assert.equal(await page.inputValue("#quantity-1"), "60", "the quantity was read");
  t.assert.match(await page.inputValue("#item-1"), /볼밸브/, "the item was read");
  t.assert.match(await page.inputValue("#due"), /-12-20$/, "the day was read");
  t.assert.equal(await page.locator("#category").evaluate((one) => one.value !== ""), true, "a category was found");
  await page.setInputFiles("#files", await picture(t, "도면"));
  await page.waitForSelector("[data-list] input[name=file]");
  await lookAt(t, page, "rfq-3-lines");
  await page.fill("#title", title);
  await agree(page);
  await send(page, "button.btn[name=send]");
  t.assert.match(page.url(), /\/rfqs\/[0-9a-f-]+\?done=sent/, "handed in");
  await lookAt(t, page, "rfq-4-handed-in");
  return new URL(page.url()).pathname;
}

/** A vendor who was told by mail quotes behind its link, not signed in. */
async function quotes(t, { title, price, days, name }) {
  const page = await t.person({ size: "phone" });
  const link = await mailed({ to: "@demo.test", path: "/q/", about: title, patience: 30_000 });
  const wide = await t.person();
  await t.open(wide, link);
  await look(t, wide);
  await t.open(page, link);
  t.assert.equal(await page.locator(".attached a").count(), 1, "with the drawing");
  await lookAt(t, page, `rfq-${name}-form`);
  await page.fill("#price", price);
  t.assert.equal(await page.inputValue("#quantity"), "60", "what the request says need not be typed again");
  await page.fill("#lead_time_days", days);
  // where no product was meant, the vendor says which
  if ((await page.inputValue("#listing")) === "") await page.selectOption("#listing", { index: 1 });
  await send(page);
  t.assert.match(page.url(), /\/done/, "quoted, not refused");
  await lookAt(t, page, `rfq-${name}-sent`);
}

test("a request on the board: written, opened, quoted twice, compared and taken", { size: "phone", minutes: 4 }, async (t) => {
  const title = `볼밸브 20A 60개 (${(people += 1)})`;
  const buyer = t.page;
  await join(t, buyer, { name: "이도현", email: `asks-${people}@example.com` });
  const request = await writes(t, buyer, title);

  const curator = await t.person();
  await signIn(t, curator, "curator");
  await t.open(curator, `/desk${request}`);
  t.assert.equal(await curator.locator(".attached a").count(), 1, "with the drawing");
  await lookAt(t, curator, "rfq-5-curator");
  await approve(t, curator, "rfq", title, "open");
  await t.open(buyer, request);
  await lookAt(t, buyer, "rfq-6-open");

  await quotes(t, { title, price: "38,500", days: "10", name: "7-first" });
  await quotes(t, { title, price: "36,000", days: "14", name: "8-second" });

  const wide = await t.person();
  await wide.context().addCookies(await buyer.context().cookies());
  for (const [size, language] of SIZES) {
    const page = size === "phone" ? buyer : wide;
    await t.open(page, `${language}${request}`);
    t.assert.equal(await page.locator("table.compare thead th").count(), 3, "two quotes and the names of the rows");
    await lookAt(t, page, `rfq-9-compare-${size}${language.replace("/", "-")}`);
  }

  await t.open(buyer, request);
  await send(buyer, "form[action$='/extend'] .btn");
  t.assert.match(buyer.url(), /done=extended/);
  t.assert.equal(await buyer.locator("form[action$='/extend']").count(), 0, "once");
  await lookAt(t, buyer, "rfq-10-extended");

  await buyer.locator("table.compare tbody .btn").last().tap();
  await buyer.waitForURL(/\/accept/);
  const accept = new URL(buyer.url()).pathname;
  for (const [size, language] of SIZES) {
    const page = size === "phone" ? buyer : wide;
    await t.open(page, `${language}${accept}`);
    await lookAt(t, page, `rfq-11-accept-${size}${language.replace("/", "-")}`);
  }
  await t.open(buyer, accept);
  await send(buyer);
  t.assert.match(buyer.url(), /done=accept/, "taken");
  await lookAt(t, buyer, "rfq-12-taken");

  for (let round = 0; round < 40; round += 1) {
    await t.open(buyer, request);
    if (/닫았어요/.test(await buyer.locator("main").innerText())) break;
    await buyer.waitForTimeout(500);
  }
  t.assert.match(await buyer.locator("main").innerText(), /닫았어요/, "the request is over");
  t.assert.match(await buyer.locator("main").innerText(), /견적을 받아들|거래|받아들였/);
  await lookAt(t, buyer, "rfq-13-closed");

  await buyer.locator("main a", { hasText: "다시 요청" }).tap();
  await buyer.waitForURL(/copy=/);
  t.assert.equal(await buyer.inputValue("#title"), title, "asking again copies what was asked");
  t.assert.equal(await buyer.inputValue("#quantity-1"), "60");
  t.assert.equal(await buyer.inputValue("#due"), "", "but not the day that is over");
  await lookAt(t, buyer, "rfq-14-again");
  await send(buyer, "button.btn[name=send]");
  t.assert.match(buyer.url(), /done=sent/, "and it is handed in");
});
