// Every kind of page behind the sign-in, in both languages, at both widths, in the light and in the dark.
import { signIn } from "../lib/demo.mjs";
import { test } from "../lib/journey.mjs";
import { sweep } from "../lib/page.mjs";

const SIGNED_IN = {
  buyer: ["/account", "/account/blocks", "/account/devices", "/account/password", "/account/privacy", "/account/withdraw", "/account/notifications", "/account/searches", "/basket", "/rfqs/mine", "/rfqs/new", "/inquiries?side=sent", "/notifications"],
  vendor: ["/vendor", "/vendor/listings", "/vendor/listings/new", "/vendor/profile", "/vendor/holiday", "/vendor/days-off", "/vendor/replies", "/vendor/team", "/vendor/companies", "/vendor/blocks", "/inquiries"],
  curator: ["/desk/inbox", "/desk/inbox?kind=listing", "/desk/inbox?kind=vendor", "/desk/inbox?kind=held", "/desk/inbox?kind=report", "/desk/inbox?kind=rfq", "/desk/listings", "/desk/slots", "/desk/search", "/desk/search/rules", "/desk/search/rules/new"],
  admin: ["/desk/audit", "/desk/people", "/desk/machinery", "/desk/calendar", "/desk/rates"],
};
/** A page of each kind whose address is only known from another: where to look, for what. */
const LED_TO = {
  buyer: [["/inquiries?side=sent", "/inquiries/"]],
  vendor: [["/vendor/listings?state=published", "/vendor/listings/"], ["/inquiries", "/inquiries/"], ["/vendor/companies", "/vendor/companies/"]],
  curator: [["/desk/inbox?kind=listing", "/desk/listings/"], ["/desk/inbox?kind=vendor", "/desk/vendors/"], ["/desk/inbox?kind=held", "/desk/held/"], ["/desk/inbox?kind=report", "/desk/reports/"], ["/desk/inbox?kind=revision", "/desk/revisions/"], ["/desk/inbox?kind=rfq", "/desk/rfqs/"]],
  admin: [],
};

for (const size of ["phone", "desk"]) {
  for (const lang of ["", "/en"]) {
    for (const [who, paths] of Object.entries(SIGNED_IN)) {
      test(`pages of ${who} ${lang || "/ko"} at ${size} width`, { size }, async (t) => {
        await signIn(t, t.page, who);
        for (const path of paths) await sweep(t, t.page, lang + path, size);
        for (const [from, prefix] of LED_TO[who]) {
          await t.open(t.page, lang + from);
          const links = t.page.locator(`main a[href^="${lang}${prefix}"]:not([href$="/new"])`);
          await sweep(t, t.page, await links.first().getAttribute("href"), size);
        }
      });
    }
  }
}
