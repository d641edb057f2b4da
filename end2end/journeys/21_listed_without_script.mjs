// A product from its title to the public page with nothing but forms: written and submitted by its vendor, found in the inbox
// and approved by a curator, no script on either side.
import { send, signIn } from "../lib/demo.mjs";
import { findProduct } from "../lib/inquiry.mjs";
import { test } from "../lib/journey.mjs";
import { picture } from "../lib/picture.mjs";

let products = Date.now() % 1_000_000;

/** The editor's form, its picture and "검토 요청". */
async function write(t, page, title) {
  await t.open(page, "/vendor/listings/new");
  await page.fill("#title_ko", title);
  await send(page);
  await page.selectOption("#category", { index: 1 });
  await page.fill("#spec-name-ko-0", "규격");
  await page.fill("#spec-value-0", "M12 × 50");
  await page.fill("#spec-name-ko-1", "재질");
  await page.fill("#spec-value-1", "SUS304");
  await page.check("input[name=price_kind][value=public]");
  await page.fill("#price", "1,700");
  await page.fill("#unit", "개");
  await page.fill("#moq", "100");
  await page.fill("#lead_time_days", "5");
  await page.fill("#description_ko", "스크립트 없이 올린 볼트예요. 성적서를 함께 보내요.");
  await send(page, "button[form=editor][value=save]");
  t.assert.equal(await page.inputValue("#price"), "1700", "kept");
  await page.setInputFiles("#images", await picture(t, title));
  await send(page, "#upload button");
  t.assert.equal(await page.locator("#picture-list li img").count(), 1, "the picture is there");
  await t.fits(page);
  await send(page, "button[form=editor][value=submit]");
  t.assert.match(page.url(), /done=submitted/, "the product waits for review");
}

/** The curator opens the row of the inbox and approves. */
async function approve(t, page, title) {
  await t.open(page, "/desk/inbox?kind=listing");
  const row = page.locator("#rows a", { hasText: title }).first();
  while ((await row.count()) === 0) {
    await t.open(page, await page.locator(".pages a[rel=next]").getAttribute("href"));
  }
  await t.open(page, await row.getAttribute("href"));
  await t.fits(page);
  await send(page, "form[aria-label] button[name=action][value=approve]:visible");
  t.assert.match(page.url(), /done=decided/, "approved");
}

test("a product is listed, approved and found without JavaScript", { size: "phone", javaScript: false }, async (t) => {
  const title = `새빛 무대본 볼트 NS-${(products += 1)}`;
  await signIn(t, t.page, "vendor");
  await write(t, t.page, title);
  const curator = await t.person({ size: "desk", javaScript: false });
  await signIn(t, curator, "curator");
  await approve(t, curator, title);
  const visitor = await t.person({ size: "phone", javaScript: false });
  await findProduct(t, visitor, title);
  t.assert.ok((await visitor.locator("h1").innerText()).includes(title), "everybody finds it");
});
