// The site as a whole, before anybody does anything: it answers, fits, is accessible, and its
// parts are served so that a browser may keep them.
import { test } from "../lib/journey.mjs";

for (const size of ["phone", "desk"]) {
  for (const path of ["/", "/en"]) {
    test(`home ${path} at ${size} width`, { size }, async (t) => {
      await t.open(t.page, path);
      await t.hydrated(t.page);
      await t.fits(t.page);
      await t.accessible(t.page);
    });
  }
}

test("home without JavaScript", { javaScript: false }, async (t) => {
  await t.open(t.page, "/");
  t.assert.ok((await t.page.locator("main").innerText()).trim().length > 0, "the page has words");
});

test("files with a hash in their name may be kept for ever", async (t) => {
  await t.open(t.page, "/");
  const css = await t.page.locator("link[rel=stylesheet]").first().getAttribute("href");
  const answer = await t.page.request.get(css);
  t.assert.equal(answer.status(), 200);
  t.assert.match(answer.headers()["cache-control"] ?? "", /immutable/);
  t.assert.match(answer.headers()["content-encoding"] ?? "", /br|zstd|gzip/);
  const font = await t.page.locator("link[rel=preload][as=font]").getAttribute("href");
  t.assert.match(font, /\.[0-9a-f]{12}\.woff2$/);
  t.assert.ok((await answer.text()).includes(font), "the style sheet asks for the font that was loaded ahead");
  const letters = await t.page.request.get(font);
  t.assert.equal(letters.status(), 200);
  t.assert.match(letters.headers()["cache-control"] ?? "", /immutable/);
  t.assert.doesNotMatch((await t.page.request.get("/fonts/OFL.txt")).headers()["cache-control"] ?? "", /immutable/);
});
