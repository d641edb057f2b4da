// The mails that the server under test writes as files.
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

const FOLDER = join(process.env.MARKET_VAR ?? "var", "mail");
const PATIENCE_MS = 20_000;
/** Links that were opened before: the next mail to the same person is another one. */
const opened = new Set();

/** Undoes base64 (long Korean texts) and quoted-printable, so that links in a mail are whole. */
function plain(eml) {
  const packed = /(Content-Transfer-Encoding: base64\r?\n\r?\n)([A-Za-z0-9+/=\r\n]+)/g;
  const unpacked = eml.replace(packed, (_, head, body) => head + Buffer.from(body, "base64").toString("latin1"));
  const bytes = unpacked.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

async function newestFirst(since) {
  const names = await readdir(FOLDER).catch(() => []);
  const files = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(FOLDER, name))).mtimeMs })));
  return files.filter(({ at }) => at >= since).sort((a, b) => b.at - a.at).map(({ name }) => join(FOLDER, name));
}

/**
 * Path of the link below `path` in the newest mail to `to` that nobody has opened yet. `about` is a text the mail must
 * carry, or several: the same person may just have been told something of another inquiry. `step` is the end of the link's
 * path where the mail has several ways on; `patience` is how long it may take; `since` is a moment before which no mail counts.
 */
export async function mailed({ to, path, about = "", step = "", patience = PATIENCE_MS, since = 0 }) {
  const link = new RegExp(`https?://[^/\\s"<>]+((?:/en)?${path}[A-Za-z0-9_-]+${step})(?![A-Za-z0-9_/-])`);
  const words = [to, about].flat();
  const until = Date.now() + patience;
  while (Date.now() < until) {
    for (const file of await newestFirst(since)) {
      const text = plain(await readFile(file, "latin1"));
      const found = words.every((word) => text.includes(word)) && text.match(link)?.[1];
      if (found && !opened.has(found)) {
        opened.add(found);
        return found;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`no new mail to ${to} with a link below ${path}`);
}

/** Opens the link of that mail; answers its path. */
export async function openMailed(t, page, mail) {
  const path = await mailed(mail);
  await t.open(page, path);
  return path;
}
