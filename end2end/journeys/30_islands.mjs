// Every island attaches, on each page that has some, and does its work once.
import { send, signIn } from "../lib/demo.mjs";
import { test } from "../lib/journey.mjs";
import { picture } from "../lib/picture.mjs";

for (const size of ["phone", "desk"]) {
  test(`the editor of a draft finds, saves and uploads at ${size} width`, { size }, async (t) => {
    await signIn(t, t.page, "vendor");
    await t.open(t.page, "/vendor/listings/new");
    await t.page.fill("#title_ko", `시험용 브래킷 ${size}`);
    await send(t.page);
    t.assert.equal(await t.hydrated(t.page), 3, "three islands");

    const choices = () => t.page.locator("#category option").count();
    const all = await choices();
    await t.page.fill("#category-q", "너트");
    await t.page.waitForFunction(() => document.querySelector("#category-q-note").textContent.trim());
    t.assert.ok((await choices()) < all, "the list of categories is narrowed");

    const version = () => t.page.inputValue("#editor [name=version]");
    const before = await version();
    await t.page.fill("#description_ko", "판금 브래킷이에요.");
    await t.page.waitForFunction((old) => document.querySelector("#editor [name=version]").value !== old, before);
    await t.page.reload();
    t.assert.equal((await t.page.inputValue("#description_ko")).trim(), "판금 브래킷이에요.", "kept without a press");

    await t.hydrated(t.page);
    await t.page.setInputFiles("#images", [await picture(t, "앞")]);
    await t.page.waitForSelector("#picture-list li img");
    await t.page.setInputFiles("#images", { name: "note.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
    await t.page.waitForSelector("#pictures .err");
    await t.page.locator("#picture-list button[value=remove]").click();
    await t.page.waitForFunction(() => document.querySelectorAll("#picture-list li").length === 0);
  });
}

test("the editor of a published product finds and uploads", {}, async (t) => {
  await signIn(t, t.page, "vendor");
  await t.open(t.page, "/vendor/listings?state=published");
  const links = t.page.locator('main a[href^="/vendor/listings/"]:not([href$="/new"])');
  await t.open(t.page, await links.first().getAttribute("href"));
  t.assert.equal(await t.hydrated(t.page), 2, "an edit of a published product is not saved by itself");
  await t.page.fill("#category-q", "밸브");
  await t.page.waitForFunction(() => document.querySelector("#category-q-note").textContent.trim());
});
