// A colleague is invited, joins, says yes on a phone, and works for the company.
import { join, send, signIn } from "../lib/demo.mjs";
import { test } from "../lib/journey.mjs";
import { openMailed } from "../lib/mail.mjs";

test("a colleague is invited into the team and says yes on a phone", { size: "phone" }, async (t) => {
  const email = "colleague.invited@example.test";
  await signIn(t, t.page, "vendor");
  await t.open(t.page, "/vendor/team");
  await t.page.fill("#email", email);
  await send(t.page);
  await t.page.getByText("기다리는 초대").waitFor();
  await t.fits(t.page);
  await t.accessible(t.page);
  await t.keep(t.page, "team-invited");

  const colleague = await t.person();
  await join(t, colleague, { name: "이동료", email });
  await openMailed(t, colleague, { to: email, path: "/vendor/comp" });
  await t.fits(colleague);
  await t.accessible(colleague);
  await t.keep(colleague, "team-invitation");
  await send(colleague, 'button[value="accept"]');
  t.assert.match(colleague.url(), /\/vendor$/, "the desk is open");
  await t.open(colleague, "/vendor/team");
  t.assert.ok((await colleague.locator("main").innerText()).includes(email), "in the team");
  await t.open(colleague, "/vendor/companies");
  await t.keep(colleague, "team-companies");
});
