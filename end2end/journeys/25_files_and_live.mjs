// A file goes with an answer from a phone, and a message arrives in an open window without a reload.
import { send, signIn, vendorsListing } from "../lib/demo.mjs";
import { ask, findProduct } from "../lib/inquiry.mjs";
import { test } from "../lib/journey.mjs";
import { openMailed } from "../lib/mail.mjs";
import { picture } from "../lib/picture.mjs";

const BODY = "도면을 붙여요. 이대로 만들 수 있나요?";
const PDF = { name: "도면 A-1.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n<< /Type /Page >>\n%%EOF") };

/** Waits until every chosen file is up: a box stands for each. */
const up = (page, count) => page.waitForFunction((n) => document.querySelectorAll("[data-list] input[name=file]").length === n, count);

/** The signed-in buyer asks with a drawing; answers the address of the thread. */
async function asked(t, title) {
  await findProduct(t, t.page, title);
  await t.page.goto(`${new URL(t.page.url()).pathname}/ask`);
  await t.page.setInputFiles("#files", [PDF, { name: "setup.exe", mimeType: "application/pdf", buffer: Buffer.from("MZ program") }]);
  await up(t.page, 1);
  await t.page.waitForSelector("[data-list] .err");
  t.assert.match(await t.page.locator("[data-list] .err").innerText(), /EXE/, "what is not taken says why");
  await t.fits(t.page);
  await t.accessible(t.page);
  await t.keep(t.page, `asking-with-files-${t.page.viewportSize().width}`);
  await t.page.fill("#body", `${BODY} ${t.page.viewportSize().width}`);
  await send(t.page);
  t.assert.match(t.page.url(), /\/asked/, "asked, not refused");
  return t.page.locator('main a[href*="/inquiries/"]').first().getAttribute("href");
}

for (const size of ["phone", "desk"]) {
  test(`a photo is answered from the mail and arrives without a reload at ${size} width`, { size }, async (t) => {
    const { title } = await vendorsListing(t);
    await signIn(t, t.page, size === "phone" ? "buyer2" : "buyer");
    const thread = await asked(t, title);
    await t.open(t.page, thread);
    await t.page.waitForFunction(() => localStorage.getItem("market-live"));
    const phone = await t.person({ size: "phone" });
    const link = await openMailed(t, phone, { to: "vendor@demo.test", path: "/a/", about: `${BODY} ${t.page.viewportSize().width}` });
    t.assert.equal(await phone.locator(`main a[href^="${link}/files/"]`).count(), 1, "the drawing is there");
    await t.keep(phone, "link-with-file");
    await t.open(phone, `${link}/reply`);
    await phone.setInputFiles("#camera", await picture(t, "현장 사진"));
    await up(phone, 1);
    await t.fits(phone);
    await t.accessible(phone);
    await t.keep(phone, "answering-with-photo");
    await phone.fill("#body", "네, 사진처럼 만들어요.");
    await send(phone);
    t.assert.match(phone.url(), /\/done/, "answered, not refused");

    // nobody touched this window
    await t.page.waitForFunction(() => document.querySelectorAll(".msgs [data-seq]").length >= 2, null, { timeout: 5_000 });
    t.assert.match(await t.page.locator(".msgs").innerText(), /사진처럼 만들어요/);
    await t.page.waitForFunction(() => [...document.querySelectorAll(".attached img")].some((img) => img.complete && img.naturalWidth > 0));
    t.assert.match(await t.page.locator("[data-said]").first().textContent(), /./, "it is announced");
    await t.fits(t.page);
    await t.accessible(t.page);
    await t.keep(t.page, `live-thread-${size}`);
  });
}

test("the number at the bell changes in every window of a person", async (t) => {
  const { title } = await vendorsListing(t);
  const vendor = t.page;
  await signIn(t, vendor, "vendor");
  await t.open(vendor, "/about");
  const second = await vendor.context().newPage();
  await t.open(second, "/about/terms");
  await vendor.waitForFunction(() => localStorage.getItem("market-live"));
  const number = (page) => page.evaluate(() => Number(document.querySelector("[data-bell] .n")?.textContent ?? 0));
  const before = await number(vendor);
  const buyer = await t.person();
  await signIn(t, buyer, "buyer");
  await findProduct(t, buyer, title);
  await ask(t, buyer, { body: "재고가 있나요?", quantity: "10개" });
  for (const page of [vendor, second]) {
    await page.waitForFunction((n) => Number(document.querySelector("[data-bell] .n")?.textContent ?? 0) > n, before, { timeout: 5_000 });
  }
});
