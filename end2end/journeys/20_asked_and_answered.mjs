// The main job, each time from start to end: a maker joins and lists, a curator approves and features, a buyer
// finds and asks, the vendor answers from the mail's link without signing in, the buyer reads it.
import { firstLink, join, send, signIn, vendorsListing } from "../lib/demo.mjs";
import { approve, feature } from "../lib/desk.mjs";
import { answerFromMail, ask, findProduct, READ, readAnswer } from "../lib/inquiry.mjs";
import { test } from "../lib/journey.mjs";
import { openMailed } from "../lib/mail.mjs";
import { apply, list } from "../lib/vendor.mjs";

const SIZES = ["phone", "desk"];
const BUYERS = { phone: "buyer2", desk: "buyer" };
const BODY = "해안 펌프장에 쓸 볼트예요. 500개를 다음 달 초까지 창원에서 받을 수 있을까요?";
let people = Date.now() % 1_000_000;

for (const size of SIZES) {
  test(`joined, listed, approved, featured, found, asked, answered at ${size} width`, { size }, async (t) => {
    const email = `maker-${(people += 1)}@example.com`;
    const company = `새빛정밀 ${people}호`;
    const title = `새빛 해안용 육각볼트 SB-${people}`;
    await join(t, t.page, { name: "오세라", email });
    await apply(t, t.page, { company, seed: people });

    const curator = await t.person({ size });
    await signIn(t, curator, "curator");
    await approve(t, curator, "vendor", company);
    await list(t, t.page, title);
    await approve(t, curator, "listing", title);
    await feature(t, curator, title);

    const buyer = await t.person({ size });
    await signIn(t, buyer, BUYERS[size]);
    await findProduct(t, buyer, title);
    await t.accessible(buyer);
    const thread = await ask(t, buyer, { body: BODY, quantity: "500개" });
    const mailed = await t.person({ size });
    await answerFromMail(t, mailed, { to: email, how: "quote", about: BODY });
    await readAnswer(t, buyer, { thread, how: "quote" });
    await t.accessible(buyer);
  });

  for (const how of ["ask", "decline"]) {
    test(`a vendor answers with ${how} from the mail at ${size} width`, { size }, async (t) => {
      const { title } = await vendorsListing(t);
      await signIn(t, t.page, BUYERS[size]);
      await findProduct(t, t.page, title);
      const thread = await ask(t, t.page, { body: `${BODY} (${how}, ${size})`, quantity: "500개" });
      const mailed = await t.person({ size });
      await answerFromMail(t, mailed, { to: "vendor@demo.test", how, about: `(${how}, ${size})` });
      await t.accessible(mailed);
      await readAnswer(t, t.page, { thread, how });
    });
  }

  test(`a guest asks, confirms by mail and reads the answer at ${size} width`, { size }, async (t) => {
    const { title } = await vendorsListing(t);
    await guestJourney(t, { size, title, javaScript: true });
  });
}

test("found, asked, answered and read without JavaScript", { size: "phone", javaScript: false }, async (t) => {
  const { title } = await vendorsListing(t);
  await join(t, t.page, { name: "이도현", email: `buyer-${(people += 1)}@example.com` });
  await findProduct(t, t.page, title);
  const thread = await ask(t, t.page, { body: `${BODY} (화면만으로)`, quantity: "500개" });
  const mailed = await t.person({ size: "phone", javaScript: false });
  await answerFromMail(t, mailed, { to: "vendor@demo.test", how: "quote", about: "(화면만으로)" });
  await readAnswer(t, t.page, { thread, how: "quote" });
  await t.page.locator('main a[href$="/accept"]').click();
  await send(t.page);
  t.assert.match(t.page.url(), /done=accept/, "the quote was accepted");
});

test("a guest asks without JavaScript", { size: "desk", javaScript: false }, async (t) => {
  const { title } = await vendorsListing(t);
  await guestJourney(t, { size: "desk", title, javaScript: false });
});

async function guestJourney(t, { size, title, javaScript }) {
  const guest = { email: `guest-${(people += 1)}@example.com`, name: "한여름" };
  await findProduct(t, t.page, title);
  await ask(t, t.page, { body: `${BODY} ${guest.email}`, quantity: "500개", guest });
  await openMailed(t, t.page, { to: guest.email, path: "/confirm-inquiry/" });
  await t.fits(t.page);
  await send(t.page);
  t.assert.match(t.page.url(), /\/a\//, "the confirmed inquiry opens");
  const mailed = await t.person({ size, javaScript });
  await answerFromMail(t, mailed, { to: "vendor@demo.test", how: "quote", about: guest.email });
  await openMailed(t, t.page, { to: guest.email, path: "/a/" });
  t.assert.match(await t.page.locator("main").innerText(), READ.quote, "the guest reads the quote");
  t.assert.ok(await firstLink(t.page, new URL(t.page.url()).pathname), "and can answer it");
}
