// Which pages the rules were held against, and which of the site's addresses still wait for it.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Every address of the site stands in the authorisation matrix: a test of the server sees to that. */
const MATRIX = join(dirname(fileURLToPath(import.meta.url)), "../../server/tests/http/matrix_table.rs");

/** Path and width of each page, with what it was held to: "fits", "accessible". */
const held = new Map();

/** Notes that a page was held to a rule in its window. */
export function note(page, rule) {
  const path = new URL(page.url()).pathname.replace(/^\/en(?=\/|$)/, "") || "/";
  const key = `${page.viewportSize().width} ${path}`;
  held.set(key, (held.get(key) ?? new Set()).add(rule));
}

/** Addresses that can be opened, as the site registers them. */
export function addresses() {
  const found = [...readFileSync(MATRIX, "utf8").matchAll(/\("GET", "([^"]+)"/g)].map(([, path]) => path);
  return [...new Set(found)];
}

const places = (address) => (address.match(/\{/g) ?? []).length;
const pattern = (address) => new RegExp(`^${address.replace(/[.]/g, "\\.").replace(/\{[^}]+\}/g, "[^/]+")}$`);

/** The address that answers this path: of several that fit, the one with the fewest places to fill. */
function answering(all, path) {
  return all.filter((address) => pattern(address).test(path)).sort((a, b) => places(a) - places(b))[0];
}

/** Addresses that no page was looked at of in a window of this width, by both rules. */
export function unseen(all, width) {
  const whole = [...held].filter(([, rules]) => rules.has("fits") && rules.has("accessible"));
  const paths = whole.map(([key]) => key.split(" ")).filter(([wide]) => Number(wide) === width).map(([, path]) => path);
  const seen = new Set(paths.map((path) => answering(all, path)));
  return all.filter((address) => !seen.has(address));
}
