// The load of 50_inquiries.sh: people ask, each about a listing of their own, so many of them a second. What is measured is
// the time from sending the form to the answer that it is kept.
//   node inquiry_load.mjs BASE people.tsv PER_SECOND SECONDS   prints "per_s p50_ms p99_ms refused"
import { readFileSync } from "node:fs";
import http from "node:http";
import { randomUUID } from "node:crypto";

const [, , base, list, perSecond, seconds] = process.argv;
const { hostname, port } = new URL(base);
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
const people = readFileSync(list, "utf8").trim().split("\n").map((line) => line.split("\t"));

/** Asks once; resolves with where the answer leads, empty when it was refused. */
function ask([token, listing], number) {
  const words = `M8 볼트 ${number}개의 단가와 납기를 알려 주세요. 도금은 아연이고 창원에서 받을 거예요.`;
  const body = new URLSearchParams({ body: words, quantity: `${number}개`, idem: randomUUID() }).toString();
  const headers = {
    cookie: `session=${token}`,
    "sec-fetch-site": "same-origin",
    "content-type": "application/x-www-form-urlencoded",
    "content-length": Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, path: `/listings/${listing}/ask`, method: "POST", agent, headers });
    request.on("error", reject);
    request.on("response", (answer) => answer.resume().on("end", () => resolve(answer.statusCode === 303 ? answer.headers.location : "")));
    request.end(body);
  });
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const total = Number(perSecond) * Number(seconds);
// the first second warms connections and statements up
const cold = Number(perSecond);
const took = [];
let refused = 0;
const began = performance.now();
const asked = [];
for (let n = 0; n < total + cold; n += 1) {
  const due = began + (n * 1000) / Number(perSecond);
  if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
  const sent = performance.now();
  asked.push(
    ask(people[n % people.length], n + 1).then((leads) => {
      // only a thread is an answer; a mail to confirm would be another way
      if (!leads.includes("thread=")) refused += 1;
      else if (n >= cold) took.push(performance.now() - sent);
    }),
  );
}
await Promise.all(asked);
const rate = took.length / ((performance.now() - began) / 1000 - 1);
took.sort((a, b) => a - b);
console.log(`${rate.toFixed(1)} ${at(took, 0.5).toFixed(1)} ${at(took, 0.99).toFixed(1)} ${refused}`);
process.exit(0);
