// The load of 60_live.sh: idle streams of many people, then messages written into threads while their two readers look on.
//   node live_load.mjs idle  BASE sessions.txt COUNT            prints "ready" when all are open, ends with its input
//   node live_load.mjs fanout BASE threads.tsv PER_SECOND SECONDS   prints "writes_per_s p50_ms p99_ms lost"
import { readFileSync } from "node:fs";
import http from "node:http";
import { randomUUID } from "node:crypto";

const [, , what, base, list, count, seconds] = process.argv;
const { hostname, port } = new URL(base);
const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });
const lines = readFileSync(list, "utf8").trim().split("\n");

/** Opens a stream; `told` gets the data of each event. */
function stream(token, told = () => {}) {
  return new Promise((resolve, reject) => {
    const request = http.get({ hostname, port, path: "/events", agent: false, headers: { cookie: `session=${token}` } });
    request.on("error", reject);
    request.on("response", (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`stream: ${answer.statusCode}`));
      let rest = "";
      answer.setEncoding("utf8");
      answer.on("data", (piece) => {
        rest += piece;
        const frames = rest.split("\n\n");
        rest = frames.pop();
        for (const frame of frames) {
          if (frame.includes("event: hello")) resolve();
          const data = frame.split("\n").find((line) => line.startsWith("data: "));
          if (data) told(JSON.parse(data.slice(6)));
        }
      });
    });
  });
}

async function idle() {
  const wanted = Number(count);
  for (let at = 0; at < wanted; at += 50) {
    const some = Array.from({ length: Math.min(50, wanted - at) }, (_, n) => lines[(at + n) % lines.length]);
    await Promise.all(some.map((token) => stream(token)));
  }
  console.log("ready");
  process.stdin.resume();
  process.stdin.on("end", () => process.exit(0));
}

/** Writes once; resolves with the answer's status. */
function write(thread, token, words) {
  const body = `body=${words}&idem=${randomUUID()}`;
  const headers = {
    cookie: `session=${token}`,
    "sec-fetch-site": "same-origin",
    "content-type": "application/x-www-form-urlencoded",
    "content-length": Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, path: `/inquiries/${thread}/reply`, method: "POST", agent, headers });
    request.on("error", reject);
    request.on("response", (answer) => answer.resume().on("end", () => resolve(answer.statusCode)));
    request.end(body);
  });
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** From the answer that says a message is kept to each of its two readers being told. */
async function fanout() {
  const threads = lines.map((line) => line.split("\t"));
  const seen = new Map();
  const arrivals = (who) => (event) => {
    if (event.thread) seen.set(`${who}:${event.thread}:${event.seq}`, performance.now());
  };
  for (const [, , buyer, staff] of threads) await Promise.all([stream(buyer, arrivals("buyer")), stream(staff, arrivals("staff"))]);
  const next = threads.map(([, last]) => Number(last));
  const busy = threads.map(() => Promise.resolve());
  const written = [];
  const began = performance.now();
  const total = Number(count) * Number(seconds);
  for (let n = 0; n < total; n += 1) {
    const due = began + (n * 1000) / Number(count);
    if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
    const which = n % threads.length;
    const [id, , , staff] = threads[which];
    busy[which] = busy[which].then(async () => {
      const sent = performance.now();
      const status = await write(id, staff, `n${n}`);
      if (status === 303) written.push({ id, seq: (next[which] += 1), sent, kept: performance.now() });
    });
  }
  await Promise.all(busy);
  const took = (performance.now() - began) / 1000;
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const waits = [];
  let lost = 0;
  for (const { id, seq, kept } of written) {
    for (const who of ["buyer", "staff"]) {
      const told = seen.get(`${who}:${id}:${seq}`);
      if (told === undefined) lost += 1;
      else waits.push(Math.max(0, told - kept));
    }
  }
  waits.sort((a, b) => a - b);
  console.log(`${(written.length / took).toFixed(1)} ${at(waits, 0.5).toFixed(1)} ${at(waits, 0.99).toFixed(1)} ${lost}`);
  process.exit(0);
}

await (what === "idle" ? idle() : fanout());
