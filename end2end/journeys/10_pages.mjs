// Every kind of public page, in both languages, at both widths, in the light and in the dark.
import { firstLink } from "../lib/demo.mjs";
import { test } from "../lib/journey.mjs";
import { sweep } from "../lib/page.mjs";

const PUBLIC = [
  "/",
  "/search?q=볼트",
  "/search?q=볼트&view=table",
  "/search?q=뷁뷁뷁",
  "/categories",
  "/rfqs",
  "/basket",
  "/sign-in",
  "/sign-up",
  "/sign-up/done",
  "/reset",
  "/about",
  "/about/terms",
  "/about/privacy",
  "/about/intermediary",
  "/about/transparency",
];

for (const size of ["phone", "desk"]) {
  for (const lang of ["", "/en"]) {
    test(`public pages ${lang || "/ko"} at ${size} width`, { size }, async (t) => {
      for (const path of PUBLIC) await sweep(t, t.page, path === "/" ? lang || "/" : lang + path, size);
      await t.open(t.page, `${lang}/categories`);
      await sweep(t, t.page, await firstLink(t.page, `${lang}/categories/`), size);
      await t.open(t.page, `${lang}/search?q=${encodeURIComponent("볼트")}`);
      const listing = await firstLink(t.page, `${lang}/listings/`);
      await sweep(t, t.page, listing, size);
      await sweep(t, t.page, await firstLink(t.page, `${lang}/vendors/`), size);
      await sweep(t, t.page, `${listing}/ask`, size);
      await t.open(t.page, `${lang}/listings/leads-nowhere`, 404);
      await t.fits(t.page);
      await t.accessible(t.page);
      await t.keep(t.page, `${lang}/404-${size}`);
    });
  }
}
