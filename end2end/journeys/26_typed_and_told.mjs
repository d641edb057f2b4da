// What is typed is not lost: on this device, on another one, without a net. How somebody is told stands on a page of its own.
import { send, signIn, vendorsListing } from "../lib/demo.mjs";
import { ask, findProduct } from "../lib/inquiry.mjs";
import { test } from "../lib/journey.mjs";

const saved = (page, text) => page.waitForFunction((words) => document.querySelector("[data-draft]")?.textContent.includes(words), text, { timeout: 8_000 });
const left = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("draft:")).length);

for (const size of ["phone", "desk"]) {
  test(`an answer that is typed is kept on the device and on others at ${size} width`, { size }, async (t) => {
    // a company whose mails no other journey reads at the same time
    const { title } = await vendorsListing(t, "vendor2");
    const buyer = await t.person();
    // people whom no other journey lets ask: an hour takes five inquiries of one sender
    await signIn(t, buyer, size === "phone" ? "finance" : "officer");
    await findProduct(t, buyer, title);
    await ask(t, buyer, { body: "도금도 되나요?", quantity: "20개" });
    const thread = await buyer.locator('main a[href*="/inquiries/"]').first().getAttribute("href");

    const vendor = t.page;
    await signIn(t, vendor, "vendor2");
    await t.open(vendor, `${thread}/reply`);
    await vendor.fill("#body", "네, 아연 도금으로");
    await saved(vendor, "다른 기기에서도");
    t.assert.equal(await left(vendor), 0, "the server has it: nothing stays on the device");
    await t.keep(vendor, `draft-${size}`);
    await vendor.reload();
    t.assert.equal(await vendor.inputValue("#body"), "네, 아연 도금으로", "after a reload");

    // another device of the same person goes on
    const other = await t.person({ size: "phone" });
    await signIn(t, other, "vendor2");
    await t.open(other, `${thread}/reply`);
    t.assert.equal(await other.inputValue("#body"), "네, 아연 도금으로", "on another device");
    await other.fill("#body", "네, 아연 도금으로 됩니다");
    await saved(other, "저장했어요");

    // the first device writes without a net; its words are the newest when it comes back
    await vendor.context().setOffline(true);
    await vendor.fill("#body", "네, 니켈 도금으로 됩니다");
    await saved(vendor, "이 기기에");
    t.assert.equal(await left(vendor), 1, "kept on the device");
    await vendor.waitForTimeout(2_500);
    await vendor.context().setOffline(false);
    await saved(vendor, "이 글로 바꿨어요");
    await other.reload();
    t.assert.equal(await other.inputValue("#body"), "네, 니켈 도금으로 됩니다", "the newest wins");
    await t.fits(vendor);
    await t.accessible(vendor);

    await send(vendor);
    await vendor.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith("draft:")));
    await t.open(vendor, `${thread}/reply`);
    t.assert.equal((await vendor.inputValue("#body")).trim(), "", "sent: nothing is left");
  });

  test(`notifications are chosen on a page at ${size} width`, { size }, async (t) => {
    await signIn(t, t.page, "vendor");
    await t.open(t.page, "/account/notifications");
    await t.fits(t.page);
    await t.accessible(t.page);
    await t.keep(t.page, `notification-settings-${size}`);
    await t.page.check('input[name=rfq_match][value=daily]');
    await send(t.page);
    t.assert.ok(await t.page.isChecked('input[name=rfq_match][value=daily]'));
    await t.open(t.page, "/notifications");
    await t.fits(t.page);
    await t.accessible(t.page);
    await t.keep(t.page, `notifications-${size}`);
    await t.open(t.page, "/en/account");
    await t.page.selectOption("#time_zone", "America/New_York");
    await t.keep(t.page, `account-zone-${size}`);
    await send(t.page);
    await t.open(t.page, "/en/inquiries");
    t.assert.match(await t.page.locator("main").innerText(), /E[SD]T/, "the own clock has its name");
    await t.fits(t.page);
    await t.keep(t.page, `inbox-abroad-${size}`);
    await t.open(t.page, "/en/account");
    await t.page.selectOption("#time_zone", "");
    await send(t.page);
  });
}
