// Checks that every page must pass, whatever it shows.
import assert from "node:assert/strict";
import { AxeBuilder } from "@axe-core/playwright";

/** axe finds no violation of WCAG 2.2 A and AA or of its best practices. */
export async function accessible(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
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
 * Every island on the page has its function in the wasm module (the name is a hash that server
 * and browser must agree on), and a page without islands loads no wasm. Errors thrown while
 * attaching are caught by the journey itself. Answers how many islands there were.
 */
export async function hydrated(page) {
  const names = await page.$$eval("leptos-island", (islands) => islands.map((island) => island.dataset.component));
  await page.waitForLoadState("networkidle");
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname).filter((path) => path.startsWith("/pkg/")),
  );
  const module = loaded.find((path) => path.endsWith(".js"));
  if (names.length === 0) {
    assert.ok(!loaded.some((path) => path.endsWith(".wasm")), `${page.url()} has no island but loads wasm`);
    return 0;
  }
  assert.ok(module, `${page.url()} has islands but loads no module`);
  const missing = await page.evaluate(
    async ([path, wanted]) => {
      const exports = await import(path);
      return wanted.filter((name) => typeof exports[name] !== "function");
    },
    [module, names],
  );
  assert.deepEqual(missing, [], `islands without a function in ${module}`);
  return names.length;
}
