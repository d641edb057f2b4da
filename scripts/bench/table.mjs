// Turns target/bench/results.jsonl into results.json and a markdown table; fails when a
// figure misses its limit.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";

const folder = process.argv[2];
const rows = readFileSync(join(folder, "results.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line));

const met = ({ value, limit, kind }) => limit === null || (kind === "least" ? value >= limit : value <= limit);
const wanted = ({ limit, kind }) => (limit === null ? "" : `${kind === "least" ? "≥" : "≤"} ${limit}`);
const table = [
  `| figure (${cpus().length} cores) | measured | wanted | |`,
  "| --- | ---: | ---: | --- |",
  ...rows.map((row) => `| ${row.name.replaceAll("_", " ")} | ${row.value} | ${wanted(row)} | ${row.limit === null ? "" : met(row) ? "yes" : "**no**"} |`),
].join("\n");

writeFileSync(join(folder, "results.json"), `${JSON.stringify(rows, null, 2)}\n`);
writeFileSync(join(folder, "results.md"), `${table}\n`);
console.log(`\n${table}\n`);
process.exit(rows.every(met) ? 0 : 1);
