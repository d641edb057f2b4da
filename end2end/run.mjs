// Runs the browser tests: every file in journeys/, in one Chromium, each test in a context of
// its own. Two files run side by side, the tests of a file one after the other; those that say `alone`
// come when all others are done, and those that say `whole` only when nothing was left out. Prints one line per test and at the end "N passed, N failed".
//
//   BASE_URL=http://127.0.0.1:3000 node end2end/run.mjs [part of a test's name…]
//
// A journey file calls `test(name, options, async (t) => …)`; see lib/journey.mjs.
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./lib/browser.mjs";
import { registered, runOne } from "./lib/journey.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const LANES = 2;

const base = process.env.BASE_URL;
if (!base) {
  console.error("BASE_URL is not set: run `make test-browser`, or give the address of a running server");
  process.exit(2);
}

const files = readdirSync(join(here, "journeys")).filter((name) => name.endsWith(".mjs")).sort();
const queue = [];
const alone = [];
for (const file of files) {
  const before = registered.length;
  await import(join(here, "journeys", file));
  const mine = registered.slice(before).filter(({ name, options }) =>
    wanted.length === 0 || (!options.whole && wanted.some((part) => name.includes(part))));
  queue.push(mine.filter(({ options }) => !options.alone));
  alone.push(...mine.filter(({ options }) => options.alone));
}

const browser = await launch();
const failures = [];
let passed = 0;

async function run(journey) {
  const began = Date.now();
  const fault = await runOne(browser, base, journey);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  if (fault) failures.push({ name: journey.name, fault });
  else passed += 1;
  console.log(`${fault ? "FAIL" : "ok  "} ${journey.name} (${seconds} s)`);
}

async function lane() {
  for (let journeys = queue.shift(); journeys; journeys = queue.shift()) {
    for (const journey of journeys) await run(journey);
  }
}
await Promise.all(Array.from({ length: LANES }, lane));
for (const journey of alone) await run(journey);
await browser.close();

for (const { name, fault } of failures) {
  console.log(`\n--- ${name}\n${fault.stack ?? fault}`);
}
console.log(`\nbrowser tests: ${passed} passed, ${failures.length} failed`);
// No test at all is a mistake in the call or in the folder, not a success.
process.exit(failures.length > 0 || passed === 0 ? 1 : 0);
