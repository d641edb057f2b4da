// What a browser test is: a name, options for its first person, and a function of `t`.
//
//   test("a buyer finds a listing", { size: "phone" }, async (t) => {
//     await t.page.goto("/search?q=엘보");
//     const vendor = await t.person({ size: "desk" });   // a second browser, own cookies
//     await t.hydrated(t.page);                          // every island answers
//     await t.accessible(t.page);                        // axe: no violation
//   });
//
// A test fails by itself when a page throws, logs an error, breaks its content security
// policy or asks another host for anything. `t.expectTrouble()` says that this is wanted.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { newPerson } from "./browser.mjs";
import { accessible, fits, hydrated } from "./checks.mjs";
import { note } from "./looked.mjs";

const SHOTS = process.env.SHOTS ?? join(dirname(fileURLToPath(import.meta.url)), "../../target/end2end");
const PATIENCE_MS = 10_000;
const LIMIT_MS = 120_000;

export const registered = [];

export function test(name, options, body) {
  if (registered.some((other) => other.name === name)) throw new Error(`two tests are named "${name}"`);
  registered.push({ name, options: body ? options : {}, body: body ?? options });
}

const fileName = (name) => name.replace(/^\/-/, "home-").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-/, "");

/** Notes everything a page does that a good page never does. */
function watch(page, base, trouble) {
  page.setDefaultTimeout(PATIENCE_MS);
  page.on("pageerror", (error) => trouble.push(`error on ${page.url()}: ${error.stack ?? error}`));
  page.on("console", (message) => {
    const said = message.text();
    // Statuses are asserted by the tests themselves; Chromium logs each 4xx as an error.
    if (said.startsWith("Failed to load resource")) return;
    if (message.type() === "error" || /could not find wasm function/i.test(said)) {
      trouble.push(`console on ${page.url()}: ${said}`);
    }
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(base) && /^https?:/.test(url)) trouble.push(`request to another host: ${url}`);
  });
}

class Journey {
  #browser;
  #base;
  #contexts = [];
  #trouble = [];
  #troubleWanted = false;

  constructor(browser, base) {
    this.#browser = browser;
    this.#base = base;
    this.assert = assert;
    this.hydrated = hydrated;
  }

  /** axe finds nothing; `rules` asks for these only, and does not count as having looked at the page. */
  async accessible(page, rules) {
    await accessible(page, rules);
    if (!rules) note(page, "accessible");
  }

  /** Nothing sticks out sideways. */
  async fits(page) {
    await fits(page);
    note(page, "fits");
  }

  /** Another browser with cookies of its own; answers its page. */
  async person(options = {}) {
    const context = await newPerson(this.#browser, this.#base, options);
    context.on("page", (page) => watch(page, this.#base, this.#trouble));
    this.#contexts.push(context);
    return context.newPage();
  }

  expectTrouble() {
    this.#troubleWanted = true;
  }

  quiet() {
    if (!this.#troubleWanted) assert.deepEqual(this.#trouble, [], "the pages stay quiet");
  }

  /** Goes there and insists on the status. */
  async open(page, path, status = 200) {
    const answer = await page.goto(path);
    assert.equal(answer.status(), status, `${path} answers ${status}`);
    return answer;
  }

  /** Keeps a picture of the page for people to look at, in target/end2end/pages. */
  async keep(page, name) {
    const folder = join(SHOTS, "pages");
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${fileName(name)}.png`), fullPage: true });
  }

  async photograph(name) {
    mkdirSync(SHOTS, { recursive: true });
    const pages = this.#contexts.flatMap((context) => context.pages());
    for (const [index, page] of pages.entries()) {
      const file = `${fileName(name)}-${index}.png`;
      await page.screenshot({ path: join(SHOTS, file), fullPage: true }).catch(() => {});
    }
  }

  async close() {
    await Promise.all(this.#contexts.map((context) => context.close().catch(() => {})));
  }
}

function limited(work, ms) {
  let timer;
  const limit = new Promise((_, refuse) => {
    timer = setTimeout(() => refuse(new Error(`not finished after ${ms / 1000} s`)), ms);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

/** Runs one test; answers what went wrong, or undefined. Pages of a failure are photographed. */
export async function runOne(browser, base, { name, options, body }) {
  const t = new Journey(browser, base);
  try {
    t.page = await t.person(options);
    await limited(body(t), (options.minutes ?? 2) * 60_000);
    t.quiet();
    return undefined;
  } catch (fault) {
    await t.photograph(name);
    return fault;
  } finally {
    await t.close();
  }
}
