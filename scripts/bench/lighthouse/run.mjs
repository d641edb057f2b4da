// Lighthouse on a phone (its own simulated throttling), the median of three runs per page.
// One line per figure: name, value, the least it may be.
//
//   BASE_URL=http://127.0.0.1:3000 node scripts/bench/lighthouse/run.mjs /path=name…
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const RUNS = 3;
const LEAST = { performance: 0.95, accessibility: 1, "best-practices": 1, seo: 1 };
const base = process.env.BASE_URL;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function scores(port, url) {
  const { lhr } = await lighthouse(url, { port, logLevel: "error", output: "json", onlyCategories: Object.keys(LEAST) });
  for (const audit of Object.values(lhr.audits)) {
    // what costs a point is told, beside the figures
    if (audit.score !== null && audit.score < 0.9 && process.env.VERBOSE) console.error(url, audit.id, audit.score, audit.displayValue ?? "");
  }
  return Object.fromEntries(Object.entries(lhr.categories).map(([name, category]) => [name, category.score ?? 0]));
}

for (const argument of process.argv.slice(2)) {
  const at = argument.lastIndexOf("=");
  const [path, name] = [argument.slice(0, at), argument.slice(at + 1)];
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) {
    const chrome = await launch({
      chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
    });
    runs.push(await scores(chrome.port, `${base}${path}`));
    await chrome.kill();
  }
  for (const [category, least] of Object.entries(LEAST)) {
    const value = median(runs.map((run) => run[category]));
    console.log(`lighthouse_${name}_${category.replaceAll("-", "_")} ${value} ${least}`);
  }
}
