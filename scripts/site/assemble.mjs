// Lays out the site folder from its built parts: hashed names, compressed copies, manifest.
// Called by build-site.sh. Uses nothing but Node, so that no compressor has to be installed.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const { values: arg } = parseArgs({
  options: Object.fromEntries(["bound", "css", "public", "cache", "out", "quality"].map((name) => [name, { type: "string" }])),
});

const COMPRESSED_TYPES = new Set([".js", ".wasm", ".css", ".svg", ".json", ".txt", ".xml", ".webmanifest", ".ico"]);
// A header of its own costs more than what a tiny file saves.
const WORTH_COMPRESSING = 512;

/** Every page asks for it before its style sheet. */
const FIRST_FONT = "yunghap-sans.woff2";

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Writes bytes under `folder` as name.<hash>.ext and answers the address of it. */
function place(bytes, folder, name) {
  const ext = extname(name);
  const hashed = `${basename(name, ext)}.${digest(bytes).slice(0, 12)}${ext}`;
  mkdirSync(join(arg.out, folder), { recursive: true });
  writeFileSync(join(arg.out, folder, hashed), bytes);
  return `/${folder ? `${folder}/` : ""}${hashed}`;
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Fonts under names that change with them, and the style sheet that asks for them so. */
function hashedFonts(css) {
  let font = "";
  for (const path of filesUnder(join(arg.out, "fonts")).filter((name) => extname(name) === ".woff2")) {
    const plain = `/${relative(arg.out, path)}`;
    const hashed = place(readFileSync(path), dirname(plain).slice(1), basename(path));
    if (!css.includes(plain)) throw new Error(`${plain}: no face of style/fonts.scss asks for it`);
    css = css.replaceAll(plain, hashed);
    rmSync(path);
    if (basename(path) === FIRST_FONT) font = hashed;
  }
  if (!font) throw new Error(`public/fonts/${FIRST_FONT} is missing`);
  return { font, css };
}

/** Brotli at 11 takes seconds for the wasm: results are kept by content between builds. */
function compressed(bytes, kind) {
  const fast = arg.quality === "debug";
  const kept = join(arg.cache, `${digest(bytes)}.${fast ? "fast" : "best"}.${kind}`);
  if (existsSync(kept)) return readFileSync(kept);
  const out =
    kind === "br"
      ? brotliCompressSync(bytes, {
          params: { [constants.BROTLI_PARAM_QUALITY]: fast ? 4 : 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
        })
      : gzipSync(bytes, { level: fast ? 4 : 9 });
  writeFileSync(`${kept}.new`, out);
  renameSync(`${kept}.new`, kept);
  return out;
}

function compressAll() {
  mkdirSync(arg.cache, { recursive: true });
  for (const path of filesUnder(arg.out)) {
    if (!COMPRESSED_TYPES.has(extname(path)) || statSync(path).size < WORTH_COMPRESSING) continue;
    const bytes = readFileSync(path);
    for (const [kind, suffix] of [["br", ".br"], ["gzip", ".gz"]]) {
      const small = compressed(bytes, kind);
      if (small.length < bytes.length) writeFileSync(path + suffix, small);
    }
  }
}

function assemble() {
  rmSync(arg.out, { recursive: true, force: true });
  mkdirSync(arg.out, { recursive: true });
  if (existsSync(arg.public)) cpSync(arg.public, arg.out, { recursive: true });

  const { font, css } = hashedFonts(readFileSync(arg.css, "utf8"));
  const manifest = {
    font,
    js: place(readFileSync(join(arg.bound, "market.js")), "pkg", "market.js"),
    wasm: place(readFileSync(join(arg.bound, "market_bg.wasm")), "pkg", "market.wasm"),
    css: place(Buffer.from(css), "pkg", "market.css"),
  };
  // Scripts without wasm: a page from a mail needs them in its first second, on a phone.
  for (const name of readdirSync("app/browser")) {
    manifest[basename(name, ".js")] = place(readFileSync(join("app/browser", name)), "pkg", name);
  }
  // Snippets are imported by relative paths that already carry a hash of their crate.
  const snippets = join(arg.bound, "snippets");
  if (existsSync(snippets)) cpSync(snippets, join(arg.out, "pkg", "snippets"), { recursive: true });
  // The sprite is asked for on every page: a hashed name lets it be kept for ever.
  const sprite = join(arg.out, "icons.svg");
  if (existsSync(sprite)) {
    manifest.icons = place(readFileSync(sprite), "", "icons.svg");
    rmSync(sprite);
  }

  compressAll();
  for (const address of Object.values(manifest)) {
    const path = join(arg.out, address);
    const small = existsSync(`${path}.br`) ? statSync(`${path}.br`).size : null;
    console.log(`   ${address}  ${statSync(path).size} bytes${small ? `, ${small} br` : ""}`);
  }
  writeFileSync(join(arg.out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return relative(process.cwd(), arg.out);
}

assemble();
