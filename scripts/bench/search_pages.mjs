// The questions of 41_search_pages.sh: pages of results as a browser asks for them (compressed, connection kept), each
// question once, so that the engine's kept answers help nobody; other pages that read much; a change until its page has it.
//   node search_pages.mjs BASE questions PID server SIZE   prints "name value" lines
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import http from "node:http";
import { promisify } from "node:util";

const [, , base, file, pid, server, size] = process.argv;
const { hostname, port } = new URL(base);
const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
const questions = readFileSync(file, "utf8").trim().split("\n");
const run = promisify(execFile);

/** Milliseconds until the last byte, and the body when it is wanted. */
function get(path, plain = false) {
  const began = performance.now();
  const headers = plain ? {} : { "accept-encoding": "gzip, br, zstd" };
  return new Promise((resolve, reject) => {
    http.get({ hostname, port, path, agent, headers }, (answer) => {
      const pieces = [];
      answer.on("data", (piece) => pieces.push(piece));
      answer.on("end", () => {
        const took = performance.now() - began;
        if (answer.statusCode >= 400) reject(new Error(`${path}: ${answer.statusCode}`));
        else resolve({ took, body: plain ? Buffer.concat(pieces).toString() : "" });
      });
    }).on("error", reject);
  });
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
const say = (name, value, digits = 1) => console.log(name, Number(value.toFixed(digits)));

/** Asks for all of them, so many at once, and says how long that took. */
async function ask(name, paths, clients = 1) {
  const took = [];
  let next = 0;
  const client = async () => {
    while (next < paths.length) {
      const path = paths[next];
      next += 1;
      took.push([(await get(path)).took, path]);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  const rate = took.length / ((performance.now() - began) / 1000);
  took.sort((a, b) => a[0] - b[0]);
  say(`${name}_p50_ms`, at(took, 0.5)[0]);
  say(`${name}_p99_ms`, at(took, 0.99)[0]);
  if (clients > 1) say(`${name}_per_s`, rate, 0);
  for (const [time, path] of took.slice(-3)) console.error(`   ${name}: ${time.toFixed(1)} ms ${decodeURIComponent(path)}`);
}

const times = (count, path) => Array.from({ length: count }, () => path);
const results = (q, more = "") => `/search?q=${encodeURIComponent(q)}${more}`;
const limit = (all, count) => all.slice(0, count);

// the process has done its first work, connections are open
for (const path of [...times(8, "/about"), results("펌프"), results("valve"), results("ㅂㅂ")]) await get(path);
await ask("results", questions.map((q) => results(q)));
await ask("filtered", questions.map((q) => results(q, "&region=41&moq=100&sort=new")));
await ask("results_8_clients", questions.map((q) => results(q, "&page=2")), 8);
await ask("all_listings", [1, 2, 3, 4, 5].map((page) => `/search?page=${page}`));
await ask("home", times(20, "/"));
await ask("categories", times(20, "/categories"));
await ask("category", ["valves", "fasteners", "electrical"].flatMap((slug) => [1, 2, 3].map((page) => `/categories/${slug}?page=${page}`)));
const words = limit([...new Set(questions.map((q) => q.slice(0, 2)))], 100);
await ask("suggest", words.map((q) => `/api/suggest?q=${encodeURIComponent(q)}`));
const found = (await get(results("펌프"), true)).body;
const listings = [...new Set(found.match(/\/listings\/[^"?#]+/g) ?? [])];
await ask("listing", listings.flatMap((path) => times(3, path)));
await ask("feed", times(5, "/feeds/listings.xml"));
await ask("sitemap", ["/sitemap.xml", "/sitemaps/listings-1.xml", `/sitemaps/listings-${Math.max(1, Math.floor(size / 10_000))}.xml`]);

let worst = 0;
for (let round = 0; round < 5; round += 1) {
  const code = `QZX${77_001 + round}-${Date.now() % 100_000}`;
  const renamed = run(server, ["bench-catalogue", "rename", "--number", String(round + 7), "--code", code]);
  let seen = 0;
  const deadline = Date.now() + 60_000;
  while (seen === 0) {
    const page = (await get(results(code, `&t=${Date.now()}`), true)).body;
    // the words of the question stand on every page; the mark only where a number is found whole
    if (page.includes("품번 일치")) seen = Date.now();
    if (Date.now() > deadline) throw new Error(`${code} is not found`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  worst = Math.max(worst, seen - Number((await renamed).stdout));
}
say("visible_ms", worst, 0);

/** A line of a file of the process, in MB. */
const memory = (of, line) => Number(new RegExp(`^${line}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/${of}`, "utf8"))[1]) / 1024;
for (const [name, line] of [["rss_mb", "VmRSS"], ["rss_anonymous_mb", "RssAnon"], ["rss_mapped_mb", "RssFile"]]) say(name, memory("status", line), 0);
// pages that several connections map count once
say("distinct_mb", memory("smaps_rollup", "Pss"), 0);
console.error((await run(`${import.meta.dirname}/memory.sh`, [pid])).stdout);
// the index is mapped anew when much of it has been touched, at most every five seconds
await new Promise((resolve) => setTimeout(resolve, 12_000));
say("rss_quiet_mb", memory("status", "VmRSS"), 0);
console.error((await run(`${import.meta.dirname}/memory.sh`, [pid])).stdout);
process.exit(0);
