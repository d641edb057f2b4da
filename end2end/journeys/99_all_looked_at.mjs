// At the end: a full disk, a product whose time is over, and whether any page was forgotten by all the others.
import { execFileSync } from "node:child_process";
import { canMove, daysPass } from "../lib/clock.mjs";
import { send, signIn, vendorsListing } from "../lib/demo.mjs";
import { SIZES } from "../lib/browser.mjs";
import { test } from "../lib/journey.mjs";
import { addresses, unseen } from "../lib/looked.mjs";
import { look } from "../lib/page.mjs";

/** Longer than a product is shown unasked. */
const OVER = 120;
/** What is no page, or no page of its own; each kind with the reason. */
const LEFT_OUT = [
  [/^\/(feeds|sitemaps)\//, "read by programs"],
  [/^\/(sitemap\.xml|robots\.txt)$/, "read by programs"],
  [/^\/api\//, "read by scripts"],
  [/^\/events/, "a stream"],
  [/^\/media\//, "a picture"],
  [/^\/drawings\.svg$|\/og\.png$/, "a picture"],
  [/\/files\/\{id\}/, "a file, its small picture, or how far it is"],
  [/\.(csv|xlsx|txt|json)$/, "a file"],
  [/\/messages$/, "a piece of the page of a thread"],
  [/\/images$/, "leads back to the editor"],
  [/^\/desk$/, "leads to the inbox"],
  [/^\/a\/\{token\}\/messages\/\{seq\}$/, "the form of /inquiries/{id}/messages/{seq} behind a link"],
  [/^\/r\/\{token\}\/edit$/, "the form of /rfqs/{id}/edit behind a link, only for a request that was returned"],
];

/** No file of the server may grow any more; what it was told to ignore does not end it. */
const room = (size) => execFileSync("prlimit", ["--pid", process.env.SERVER_PID, `--fsize=${size}:unlimited`]);

if (process.env.SERVER_PID) {
  test("a full disk has a page that says so, and reading goes on", { alone: true, whole: true }, async (t) => {
    t.expectTrouble();
    const pages = [];
    for (const size of Object.keys(SIZES)) {
      const page = await t.person({ size });
      await signIn(t, page, "buyer2");
      pages.push([size, page]);
    }
    room(0);
    try {
      for (const [size, page] of pages) {
        let status = 303;
        // what is not yet used of the log still takes some
        for (let n = 0; n < 200 && status !== 507; n += 1) {
          await t.open(page, "/account");
          await page.fill("#name", `Emma Clarke ${n}`);
          const answered = page.waitForResponse((answer) => answer.request().method() === "POST" && answer.request().isNavigationRequest());
          await page.locator("main form .btn-primary").first().click();
          status = (await answered).status();
          await page.waitForLoadState("load");
        }
        t.assert.equal(status, 507);
        await look(t, page);
        await t.keep(page, `no-room-${size}`);
        await t.open(page, "/search?q=볼트");
      }
    } finally {
      room("unlimited");
    }
    for (const [, page] of pages) {
      await t.open(page, "/account");
      await page.fill("#name", "Emma Clarke");
      await send(page);
      t.assert.match(page.url(), /\/account/, "there is room again");
    }
  });
}

if (canMove) {
  test("a product whose time is over has a page with others like it", { alone: true, whole: true }, async (t) => {
    const { href } = await vendorsListing(t, "vendor2");
    daysPass(OVER);
    for (const size of Object.keys(SIZES)) {
      const page = await t.person({ size });
      for (const language of ["", "/en"]) {
        await t.open(page, language + href, 410);
        await look(t, page);
        await t.keep(page, `over-${size}${language.replace("/", "-")}`);
      }
    }
  });
}

test("pages that were forgotten are named", { alone: true, whole: true }, async (t) => {
  const all = addresses();
  t.assert.ok(all.length > 100, `${all.length} addresses were found`);
  const reasons = new Set(LEFT_OUT);
  const pages = all.filter((address) => {
    const found = LEFT_OUT.find(([pattern]) => pattern.test(address));
    reasons.delete(found);
    return !found;
  });
  t.assert.deepEqual([...reasons].map(([, why]) => why), [], "reasons that no address needs");
  const forgotten = Object.values(SIZES).flatMap(({ width }) => unseen(all, width).filter((address) => pages.includes(address)).map((address) => `${address} at ${width}`));
  if (forgotten.length) console.log(`pages that nobody looked at:\n  ${forgotten.join("\n  ")}`);
});
