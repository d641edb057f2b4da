// Pages that nobody comes upon by walking about: behind mails, beside a thread, after something was sent. With words as
// long as people can make them, at both widths.
import { agree, send, signIn, vendorsListing } from "../lib/demo.mjs";
import { ask, findProduct } from "../lib/inquiry.mjs";
import { test } from "../lib/journey.mjs";
import { mailed } from "../lib/mail.mjs";
import { look, sweep } from "../lib/page.mjs";

const STAMP = Date.now() % 1_000_000;
/** People whom no other journey lets ask alone, or with a basket. */
const ASKS = { phone: "manager", desk: "staff" };
const COLLECTS = { phone: "finance", desk: "officer" };
/** Nothing in it at which a line could be broken. */
const LONG = `${"나사산치수확인부탁".repeat(20)} ${"drawing".repeat(40)}`;

/** Opens what a list leads to until a page has a link that ends so; answers the address of that page. */
async function find(t, page, { list, prefix, ends }) {
  await t.open(page, list);
  const links = await page.locator(`main a[href^="${prefix}"]`).evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  for (const href of new Set(links.filter((one) => /[0-9a-f]{8}-[0-9a-f-]{27}$/.test(one)))) {
    await t.open(page, href);
    if (await page.locator(`main a[href$="${ends}"]`).count()) return href;
  }
  throw new Error(`nothing behind ${list} has a link to ${ends}`);
}

/** A vendor quotes on the page behind a mail's link. */
async function quote(t, page, link) {
  await t.open(page, `${link}/quote`);
  await page.fill("#price", "1,250");
  await page.fill("#quantity", "10");
  await page.fill("#lead_time_days", "10");
  await send(page);
  t.assert.match(page.url(), /\/done/, "quoted, not refused");
  await look(t, page);
}

/** Puts products of two vendors into the basket. */
async function collect(t, page) {
  await t.open(page, "/search?q=밸브");
  const rows = await page.locator("li.row").evaluateAll((all) => all.map((row) => ({
    id: row.id,
    vendor: row.querySelector(".by a, .by").textContent.trim(),
  })));
  const two = rows.filter(({ vendor }, at) => rows.findIndex((row) => row.vendor === vendor) === at).slice(0, 2);
  t.assert.equal(two.length, 2, "two vendors make it");
  for (const { id } of two) {
    await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.locator(`[id="${id}"] .row-do button[name=listing]`).click()]);
  }
  await t.open(page, "/basket");
  for (const at of [1, 2]) await page.fill(`#quantity-${at}`, "20개");
}

async function sendBasket(t, page) {
  await send(page, "button.btn[name=preview]");
  await look(t, page);
  await send(page, "button.btn[name=send]");
  await look(t, page);
}

for (const size of ["phone", "desk"]) {
  test(`every page beside a thread at ${size} width`, { size, minutes: 5 }, async (t) => {
    const { title } = await vendorsListing(t, "vendor2");
    const buyer = await t.person({ size });
    await signIn(t, buyer, ASKS[size]);
    await findProduct(t, buyer, title);
    const thread = await ask(t, buyer, { body: `(${size} ${STAMP}) ${LONG}`, quantity: "10개" });
    await look(t, buyer);
    for (const step of ["", "/messages/1", "/reply", "/withdraw", "/report", "/block", "/record"]) await sweep(t, buyer, thread + step, size);

    const vendor = t.page;
    const link = await mailed({ to: "vendor2@demo.test", path: "/a/", about: `(${size} ${STAMP})` });
    for (const step of ["", "/quote", "/ask", "/decline", "/reply", "/record", "/report", "/block"]) await sweep(t, vendor, link + step, size);
    await sweep(t, vendor, await mailed({ to: "vendor2@demo.test", path: "/n/" }), size);
    await quote(t, vendor, link);
    await sweep(t, vendor, `${link}/print`, size);
    for (const step of ["", "/accept", "/reject", "/print"]) await sweep(t, buyer, thread + step, size);

    const own = await t.person({ size });
    await signIn(t, own, "vendor2");
    for (const step of ["", "/quote", "/ask", "/decline", "/reply"]) await sweep(t, own, thread + step, size);
  });

  test(`every page of a guest who asks at ${size} width`, { size, minutes: 4 }, async (t) => {
    const { page } = t;
    const { title } = await vendorsListing(t, "vendor2");
    const guest = { email: `every-${size}-${STAMP}@example.com`, name: "한여름" };
    await findProduct(t, page, title);
    await ask(t, page, { body: `(${guest.email}) 납기를 알려 주세요.`, quantity: "10개", guest });
    await look(t, page);
    await sweep(t, page, await mailed({ to: guest.email, path: "/confirm-inquiry/" }), size);
    await send(page);
    await look(t, page);
    const own = new URL(page.url()).pathname;
    await sweep(t, page, `${own}/withdraw`, size);
    const vendor = await t.person({ size });
    await quote(t, vendor, await mailed({ to: "vendor2@demo.test", path: "/a/", about: guest.email }));
    for (const step of ["", "/accept", "/reject", "/print"]) await sweep(t, page, own + step, size);
  });

  test(`every page of a basket at ${size} width`, { size, minutes: 4 }, async (t) => {
    const { page } = t;
    const email = `basket-${size}-${STAMP}@example.com`;
    await collect(t, page);
    await page.fill("#body", LONG);
    await page.fill("#email", email);
    await page.fill("#name", "한여름");
    await agree(page);
    await sendBasket(t, page);
    t.assert.match(page.url(), /\/basket\/asked/, "asked, not refused");
    await sweep(t, page, await mailed({ to: email, path: "/confirm-basket/" }), size);
    await send(page);
    t.assert.match(page.url(), /\/b\//, "all inquiries stand together");
    await look(t, page);

    const member = await t.person({ size });
    await signIn(t, member, COLLECTS[size]);
    await collect(t, member);
    await member.fill("#body", "두 곳에 여쭤요.");
    await agree(member);
    await sendBasket(t, member);
    t.assert.match(member.url(), /\/together\//, "all inquiries stand together");
  });

  test(`every page of a public request at ${size} width`, { size, minutes: 4 }, async (t) => {
    const { page } = t;
    const email = `request-${size}-${STAMP}@example.com`;
    await sweep(t, page, await firstRequest(t, page), size);
    await t.open(page, "/rfqs/new");
    await page.fill("#text", "SUS304 볼밸브 20A 플랜지식 60개, 창원 도착도로 견적 부탁드립니다.");
    await send(page);
    await page.fill("#title", `볼밸브 20A 60개 (${size} ${STAMP})`);
    await page.fill("#body", LONG);
    await page.fill("#email", email);
    await page.fill("#name", "한여름");
    await agree(page);
    await look(t, page);
    await send(page, "button.btn[name=send]");
    t.assert.match(page.url(), /\/rfqs\/asked/, "handed in, not refused");
    await look(t, page);
    await sweep(t, page, await mailed({ to: email, path: "/confirm-rfq/" }), size);
    await send(page);
    t.assert.match(page.url(), /\/r\//, "the request stands there");
    await look(t, page);

    const buyer = await t.person({ size });
    await signIn(t, buyer, "buyer");
    const returned = await find(t, buyer, { list: "/rfqs/mine", prefix: "/rfqs/", ends: "/edit" });
    await sweep(t, buyer, `${returned}/edit`, size);
    const vendor = await t.person({ size });
    await signIn(t, vendor, "vendor2");
    const open = await find(t, vendor, { list: "/rfqs", prefix: "/rfqs/", ends: "/answer" });
    await sweep(t, vendor, `${open}/answer`, size);
  });

  test(`every page of an account and of alerts by mail at ${size} width`, { size, minutes: 4 }, async (t) => {
    const { page } = t;
    const email = `account-${size}-${STAMP}@example.com`;
    await t.open(page, "/sign-up");
    await page.fill("#name", "긴이름".repeat(10));
    await page.fill("#email", email);
    await page.fill("#password", "demo-passphrase-2026");
    for (const consent of ["terms", "privacy"]) await page.check(`#${consent}`);
    await send(page);
    await sweep(t, page, await mailed({ to: email, path: "/confirm/" }), size);
    await send(page);
    await t.open(page, "/reset");
    await page.fill("#email", email);
    await send(page);
    await sweep(t, page, await mailed({ to: email, path: "/reset/" }), size);

    await t.open(page, "/search?q=볼트");
    await page.fill("#alert input[name=email]", `alert-${email}`);
    await send(page, "#alert .btn-primary");
    t.assert.match(page.url(), /\/saved-searches\/sent/, "taken, not refused");
    await look(t, page);
    await sweep(t, page, await mailed({ to: `alert-${email}`, path: "/confirm-alert/" }), size);
    await send(page);
    t.assert.match(page.url(), /\/s\//, "the alert stands there");
    await look(t, page);
  });

  test(`every page of a product and of a rule of search at ${size} width`, { size, minutes: 4 }, async (t) => {
    const { page } = t;
    await signIn(t, page, "vendor");
    await t.open(page, "/vendor/listings/new");
    await page.fill("#title_ko", `${"끊을수없는제품이름".repeat(5)}${size}`);
    await send(page);
    const draft = new URL(page.url()).pathname;
    await page.fill("#spec-name-ko-0", "아주긴규격이름".repeat(3));
    await page.fill("#spec-value-0", "M10".repeat(25));
    await page.fill("#description_ko", `${LONG}\n\n- ${"가".repeat(400)}`);
    await send(page, "button[form=editor][value=save]");
    await sweep(t, page, draft, size);
    await sweep(t, page, `${draft}/preview`, size);

    // two windows on one edit: the second one is shown both versions
    await t.open(page, "/vendor/listings?state=published");
    const published = await page.locator('main a[href^="/vendor/listings/"]:not([href$="/new"])').nth(size === "phone" ? 2 : 3).getAttribute("href");
    await t.open(page, published);
    const second = await page.context().newPage();
    await t.open(second, published);
    for (const [window, days] of [[page, "21"], [second, "22"]]) {
      await window.fill("#lead_time_days", days);
      await send(window, "button[form=editor][value=submit]");
    }
    t.assert.match(page.url(), /done=/, "the first one was taken");
    t.assert.equal(await second.locator("main").innerText().then((text) => /21/.test(text) && /22/.test(text)), true, "both versions stand side by side");
    await look(t, second);
    await t.keep(second, `conflict-${size}`);

    const curator = await t.person({ size });
    await signIn(t, curator, "curator");
    await t.open(curator, "/desk/search/rules/new?kind=redirect");
    await curator.fill("#query", `시험말 ${size} ${STAMP}`);
    await curator.fill("#target", "/categories");
    await send(curator, "button[name=then][value=preview]");
    await look(t, curator);
    await send(curator, "button[name=then][value=save]");
    await t.open(curator, "/desk/search/rules");
    const rule = await curator.locator('main a[href^="/desk/search/rules/"]:not([href*="/new"])').first().getAttribute("href");
    await sweep(t, curator, rule, size);
  });
}

/** A request on the board that can be read by everybody. */
async function firstRequest(t, page) {
  await t.open(page, "/rfqs");
  const links = page.locator('main a[href^="/rfqs/"]:not([href*="/new"]):not([href*="/mine"])');
  return links.first().getAttribute("href");
}
