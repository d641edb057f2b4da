// Every island attaches, on each page that has some, and does its work once.
import { send, signIn } from "../lib/demo.mjs";
import { test } from "../lib/journey.mjs";
import { picture } from "../lib/picture.mjs";

for (const size of ["phone", "desk"]) {
  test(`the editor of a draft finds, saves and uploads at ${size} width`, { size }, async (t) => {
    await signIn(t, t.page, "vendor");
    await t.open(t.page, "/vendor/listings/new");
    await t.page.fill("#title_ko", `시험용 브래킷 ${size}`);
    await send(t.page);
    t.assert.equal(await t.hydrated(t.page), 3, "three islands");

    const choices = () => t.page.locator("#category option").count();
    const all = await choices();
    await t.page.fill("#category-q", "너트");
    await t.page.waitForFunction(() => document.querySelector("#category-q-note").textContent.trim());
    t.assert.ok((await choices()) < all, "the list of categories is narrowed");

    const version = () => t.page.inputValue("#editor [name=version]");
    const before = await version();
    await t.page.fill("#description_ko", "판금 브래킷이에요.");
    await t.page.waitForFunction((old) => document.querySelector("#editor [name=version]").value !== old, before);
    await t.page.reload();
    t.assert.equal((await t.page.inputValue("#description_ko")).trim(), "판금 브래킷이에요.", "kept without a press");

    await t.hydrated(t.page);
    await t.page.setInputFiles("#images", [await picture(t, "앞")]);
    await t.page.waitForSelector("#picture-list li img");
    await t.page.setInputFiles("#images", { name: "note.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
    await t.page.waitForSelector("#pictures .err");
    await t.page.locator("#picture-list button[value=remove]").click();
    await t.page.waitForFunction(() => document.querySelectorAll("#picture-list li").length === 0);
  });
}

test("the editor of a published product finds and uploads", {}, async (t) => {
  await signIn(t, t.page, "vendor");
  await t.open(t.page, "/vendor/listings?state=published");
  const links = t.page.locator('main a[href^="/vendor/listings/"]:not([href$="/new"])');
  await t.open(t.page, await links.first().getAttribute("href"));
  t.assert.equal(await t.hydrated(t.page), 2, "an edit of a published product is not saved by itself");
  await t.page.fill("#category-q", "밸브");
  await t.page.waitForFunction(() => document.querySelector("#category-q-note").textContent.trim());
});

/** A new draft with its editor open, every island awake. */
async function draft(t, title) {
  await signIn(t, t.page, "vendor");
  await t.open(t.page, "/vendor/listings/new");
  await t.page.fill("#title_ko", title);
  await send(t.page);
  await t.hydrated(t.page);
}

const pictures = (page, count) => page.waitForFunction((n) => document.querySelectorAll("#picture-list li img").length === n, count);

test("pictures change places by keyboard and keep what was typed beside them", async (t) => {
  await draft(t, "시험용 순서 브래킷");
  for (const [number, tint] of ["#7f8a84", "#2b6cb0"].entries()) {
    await t.page.setInputFiles("#images", [await picture(t, `사진 ${number}`, tint)]);
    await pictures(t.page, number + 1);
  }
  const order = () => t.page.$$eval("#picture-list li", (items) => items.map((item) => item.dataset.media));
  const [first, second] = await order();
  // begun and not saved, beside the other picture
  const typed = t.page.locator(`#alt-ko-${first}`);
  await t.page.locator(`[data-media="${first}"] summary`).click();
  await typed.fill("볼트 머리 앞면");

  for (const [act, expected] of [["up", [second, first]], ["down", [first, second]]]) {
    await t.page.locator(`[data-media="${second}"] button[value=${act}]`).focus();
    await t.page.keyboard.press("Enter");
    await t.page.waitForFunction(
      (media) => [...document.querySelectorAll("#picture-list li")].map((item) => item.dataset.media).join() === media,
      expected.join(),
    );
    await t.page.waitForFunction(
      ([media, value]) => document.activeElement?.value === value && document.activeElement.closest("li")?.dataset.media === media,
      [second, act],
    );
    t.assert.equal(await typed.inputValue(), "볼트 머리 앞면", "what was typed is carried over");
    t.assert.ok(await typed.isVisible(), "and stays open");
  }
  await t.accessible(t.page);
});

test("an upload shows how far it is and can be stopped", async (t) => {
  await draft(t, "시험용 멈춤 브래킷");
  const held = [];
  const uploads = (url) => /\/api\/listings\/[^/]+\/images$/.test(url.pathname);
  await t.page.route(uploads, (route) => void held.push(route));
  const [stopped, kept] = [await picture(t, "멈출 사진", "#b7791f"), await picture(t, "올릴 사진", "#2f855a")];
  await t.page.setInputFiles("#images", [{ ...stopped, name: "stopped.png" }, { ...kept, name: "kept.png" }]);
  const bar = t.page.locator("#pictures progress").first();
  await bar.waitFor({ state: "visible" });
  t.assert.match(await bar.getAttribute("aria-label"), /stopped\.png/, "the bar says whose it is");
  t.assert.equal(await t.page.locator("#pictures progress").count(), 2, "one is on its way, one waits");
  await t.accessible(t.page);
  await t.page.getByRole("button", { name: /stopped\.png/ }).click();
  await t.page.waitForFunction(() => document.querySelectorAll("#pictures progress").length === 1);
  // the next one goes at once; the first was called off by the browser and is answered by nobody
  await t.page.unroute(uploads);
  for (const route of held) await route.continue().catch(() => {});
  await pictures(t.page, 1);
  await t.page.waitForFunction(() => document.querySelectorAll("#pictures progress").length === 0);
  await t.page.reload();
  await pictures(t.page, 1);
});

test("the finder of categories never takes the choice away", async (t) => {
  await draft(t, "시험용 분류 브래킷");
  await t.page.selectOption("#category", "fasteners.bolts.hex");
  const all = await t.page.locator("#category option").count();
  for (const words of ["압력", "밸브"]) {
    await t.page.fill("#category-q", words);
    await t.page.waitForFunction(
      ([word, most]) => {
        const options = [...document.querySelectorAll("#category option")];
        return options.length < most && options.some((option) => option.textContent.includes(word));
      },
      [words, all],
    );
    t.assert.equal(await t.page.inputValue("#category"), "fasteners.bolts.hex", words);
  }
  await t.page.fill("#category-q", "");
  await t.page.waitForFunction(() => !document.querySelector("#category-q-note").textContent);
  t.assert.equal(await t.page.inputValue("#category"), "fasteners.bolts.hex", "the whole list is back");
});

test("a draft whose session ended says so and is saved after signing in again", async (t) => {
  await draft(t, "시험용 로그인 브래킷");
  const said = (words) =>
    t.page.waitForFunction((part) => [...document.querySelectorAll("[role=status]")].some((line) => line.textContent.includes(part)), words, { timeout: 25_000 });
  await t.page.context().clearCookies();
  await t.page.fill("#description_ko", "로그인이 끝난 뒤에 쓴 글이에요.");
  await said("다시 로그인");
  t.assert.equal(await t.page.inputValue("#description_ko"), "로그인이 끝난 뒤에 쓴 글이에요.", "the text is kept");
  await signIn(t, await t.page.context().newPage(), "vendor");
  await said("저장했어요");
});
