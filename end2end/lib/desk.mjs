// What a curator does: find one thing in the inbox, approve it, put a product on the home page.
import { send } from "./demo.mjs";

/** Opens the inbox at one kind, finds the row with this name and approves it, by the button `action`. */
export async function approve(t, page, kind, name, action = "approve") {
  await t.open(page, "/desk/inbox");
  await page.locator(`nav.kinds a[href*="kind=${kind}"]`).click();
  await page.waitForURL(/kind=/);
  const row = page.locator("#rows a:visible", { hasText: name }).first();
  while ((await row.count()) === 0) {
    await page.locator(".pages a[rel=next]").click();
    await page.waitForLoadState();
  }
  await t.fits(page);
  await row.click();
  const button = page.locator(`form[aria-label] button[name=action][value=${action}]:visible`).first();
  await button.waitFor();
  await t.fits(page);
  await t.accessible(page);
  await send(page, `form[aria-label] button[name=action][value=${action}]:visible`);
  t.assert.match(page.url(), /done=decided/, `${name} was approved`);
}

const SLOTS = 6;

/** Shows a product on the home page from today on, before all others; the last one makes room when all are taken. */
export async function feature(t, page, title) {
  await t.open(page, "/desk/slots");
  if ((await page.locator("table.queue tbody tr").count()) >= SLOTS) {
    await send(page, "table.queue tbody tr:last-child button[value=remove]");
    t.assert.match(page.url(), /done=removed/, "a place is free");
  }
  await page.fill("#slot-q", title);
  await page.locator("form.filters button").click();
  await page.waitForURL(/q=/);
  await page.locator("label.check", { hasText: title }).locator("input").check();
  await page.fill("#ends", new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10));
  await page.fill("#note", "새 회원사");
  await send(page, "button[name=then][value=add]");
  t.assert.match(page.url(), /done=added/, "featured");
  const first = () => page.locator("table.queue tbody tr").first().innerText();
  for (let round = 0; round < 12 && !(await first()).includes(title); round += 1) {
    const row = page.locator("table.queue tbody tr", { hasText: title });
    await row.locator("button[value=earlier]").click();
    await page.waitForURL(/done=$/);
    await page.waitForLoadState("load");
  }
  await t.fits(page);
  await t.open(page, "/");
  t.assert.ok(await page.locator("main .card", { hasText: title }).count(), "the product stands on the home page");
}
