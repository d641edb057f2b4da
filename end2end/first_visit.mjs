// Measures a phone's first visit to pages with an empty cache: bytes on the wire without
// photos, whether wasm came along, and how far the page moved while loading (CLS).
// One line per figure: name, value, the most it may be ("-" when it is only told).
//
//   BASE_URL=http://127.0.0.1:3000 node end2end/first_visit.mjs /path=name…
import { launch, newPerson } from "./lib/browser.mjs";

const base = process.env.BASE_URL;
const MOST_BYTES = 300_000;
const MOST_SHIFT = 0.02;

async function visit(browser, path) {
  const context = await newPerson(browser, base, { size: "phone" });
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  const kinds = new Map();
  const bytes = { photos: 0, rest: 0, wasm: 0 };
  await wire.send("Network.enable");
  wire.on("Network.responseReceived", ({ requestId, type, response }) => {
    kinds.set(requestId, { photo: type === "Image" && !response.mimeType.includes("svg"), wasm: response.mimeType === "application/wasm" });
  });
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? {};
    bytes[kind.photo ? "photos" : "rest"] += encodedDataLength;
    if (kind.wasm) bytes.wasm += encodedDataLength;
  });
  await page.addInitScript(() => {
    globalThis.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifted += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(path, { waitUntil: "networkidle" });
  await page.mouse.wheel(0, 4000);
  await page.waitForTimeout(500);
  const shift = await page.evaluate(() => globalThis.shifted);
  await context.close();
  return { ...bytes, shift };
}

const browser = await launch();
for (const argument of process.argv.slice(2)) {
  const at = argument.lastIndexOf("=");
  const [path, name] = [argument.slice(0, at), argument.slice(at + 1)];
  const seen = await visit(browser, path);
  console.log(`first_visit_${name}_bytes ${seen.rest} ${MOST_BYTES}`);
  console.log(`first_visit_${name}_photos_bytes ${seen.photos} -`);
  console.log(`first_visit_${name}_wasm_bytes ${seen.wasm} -`);
  console.log(`first_visit_${name}_cls ${seen.shift.toFixed(4)} ${MOST_SHIFT}`);
}
await browser.close();
