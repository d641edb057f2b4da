// Checks that every page must pass, whatever it shows.
import assert from "node:assert/strict";
import { AxeBuilder } from "@axe-core/playwright";

/** axe finds no violation of WCAG 2.2 A and AA or of its best practices; `rules` asks for these only. */
export async function accessible(page, rules) {
  // details of what passed are megabytes a page; no page here has frames
  const options = { resultTypes: ["violations"], ...(rules && { runOnly: { type: "rule", values: rules } }) };
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options(options).analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help} — ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`);
  assert.deepEqual(found, [], `accessibility of ${page.url()}`);
}

/** Nothing sticks out sideways. */
export async function fits(page) {
  const { inner, content } = await page.evaluate(() => ({
    inner: document.documentElement.clientWidth,
    content: document.documentElement.scrollWidth,
  }));
  assert.ok(content <= inner, `${page.url()} is ${content} px wide in a window of ${inner} px`);
}

/**
 * Every island on the page has been attached (the page says so itself, and an island whose name is
 * not in the module is an error in the console), and a page without islands loads no wasm. Answers how many islands
 * there were.
 */
export async function hydrated(page) {
  const islands = await page.locator("leptos-island").count();
  if (islands > 0) {
    await page.waitForFunction(() => document.documentElement.dataset.islands === "ready");
    return islands;
  }
  // plain modules (live numbers, uploads) are a few kilobytes; the module of the islands brings the wasm
  assert.equal(await page.locator("link[rel=modulepreload]").count(), 0, `${page.url()} has no island but preloads`);
  const brought = await page.evaluate(() =>
    performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname)
      .filter((path) => path.endsWith(".wasm") || /^\/pkg\/market\..*js$/.test(path)));
  assert.deepEqual(brought, [], `${page.url()} has no island but loads their module`);
  return 0;
}
