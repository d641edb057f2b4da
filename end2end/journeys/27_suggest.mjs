// The list under the search box: keyboard, finger, screen reader, input methods, and what is remembered on the device.
import { test } from "../lib/journey.mjs";

const box = (page) => page.locator("#q");
const options = (page) => page.locator('#suggest-list [role="option"]');
const active = (page) => page.evaluate(() => {
  const id = document.querySelector("#q").getAttribute("aria-activedescendant");
  return id ? document.getElementById(id)?.textContent : null;
});

/** Addresses asked for, from now on. */
function asked(page) {
  const list = [];
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname.endsWith("/api/suggest")) list.push(searchParams.get("q"));
    if (/\/pkg\/suggest\./.test(pathname)) list.push("script");
  });
  return list;
}

async function opened(page, typed) {
  await box(page).focus();
  await page.waitForSelector("#q[role=combobox]");
  await box(page).pressSequentially(typed, { delay: 20 });
  await page.waitForSelector("#q[aria-expanded=true]");
}

for (const size of ["phone", "desk"]) {
  for (const dark of [false, true]) {
    test(`the search box suggests at ${size} width${dark ? " in the dark" : ""}`, { size, dark }, async (t) => {
      const requests = asked(t.page);
      await t.open(t.page, dark ? "/en" : "/");
      await t.hydrated(t.page);
      t.assert.deepEqual(requests, [], "nothing is fetched before somebody goes into the box");
      await opened(t.page, dark ? "hex bolt" : "볼트");
      t.assert.ok((await options(t.page).count()) > 2);
      t.assert.ok(requests.length <= 5, `letters typed in a row are asked together: ${requests}`);
      await t.page.waitForFunction(() => /\d/.test(document.querySelector("form.search [role=status]").textContent));
      await t.fits(t.page);
      await t.accessible(t.page);
      const heights = await options(t.page).evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
      t.assert.ok(Math.min(...heights) >= 44, `targets of ${Math.min(...heights)} px`);
      t.assert.ok(await t.page.locator("#suggest-list mark").count(), "what was typed is bold");
      await t.keep(t.page, `suggest-${size}${dark ? "-dark" : ""}`);
    });
  }
}

test("the suggestions are walked with the keyboard", {}, async (t) => {
  const { page } = t;
  await t.open(page, "/search?q=너트");
  await box(page).fill("");
  await opened(page, "볼트");
  t.assert.equal(await active(page), null, "nothing is chosen by itself");
  await page.keyboard.press("ArrowDown");
  const first = await active(page);
  t.assert.equal(first, await options(page).first().textContent());
  await page.keyboard.press("ArrowUp");
  t.assert.equal(await active(page), null, "above the first line is the box");
  await page.keyboard.press("ArrowUp");
  t.assert.equal(await active(page), await options(page).last().textContent());
  await page.keyboard.press("Escape");
  t.assert.equal(await box(page).getAttribute("aria-expanded"), "false");
  t.assert.equal(await box(page).inputValue(), "볼트", "the first Escape only closes the list");
  await page.keyboard.press("ArrowDown");
  await page.waitForSelector("#q[aria-expanded=true]");
  await page.keyboard.press("ArrowDown");
  const there = await page.evaluate(() =>
    document.getElementById(document.querySelector("#q").getAttribute("aria-activedescendant")).getAttribute("href"));
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname + url.search === new URL(there, url).pathname + new URL(there, url).search);

  await opened(page, "볼트");
  await page.mouse.click(4, 700);
  t.assert.equal(await box(page).getAttribute("aria-expanded"), "false", "a press elsewhere closes it");
  await box(page).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=/);
});

test("an input method composes undisturbed", {}, async (t) => {
  const { page } = t;
  await t.open(page, "/");
  await box(page).focus();
  await page.waitForSelector("#q[role=combobox]");
  const requests = asked(page);
  const cdp = await page.context().newCDPSession(page);
  const compose = (text) => cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  for (const text of ["ㅂ", "보", "볼"]) await compose(text);
  t.assert.equal(await box(page).inputValue(), "볼");
  const here = page.url();
  // what the keys mean while a syllable is open is the method's business
  await page.evaluate(() => {
    for (const key of ["ArrowDown", "Enter", "Escape"]) {
      const options = { key, isComposing: true, keyCode: 229, bubbles: true, cancelable: true };
      const event = new KeyboardEvent("keydown", options);
      document.querySelector("#q").dispatchEvent(event);
      if (event.defaultPrevented) throw new Error(`${key} was taken from the input method`);
    }
  });
  t.assert.deepEqual(requests, [], "letters of a syllable are not asked one by one");
  t.assert.equal(page.url(), here);
  await cdp.send("Input.insertText", { text: "볼" });
  await compose("ㅌ");
  t.assert.equal(await box(page).inputValue(), "볼ㅌ");
  // the hand rests in the middle of a syllable: its letters are enough
  await page.waitForSelector("#q[aria-expanded=true]");
  t.assert.deepEqual(requests, ["볼ㅌ"]);
  t.assert.ok((await options(page).allTextContents()).some((line) => line.includes("볼트")), "half a syllable finds the whole");
  await compose("트");
  t.assert.equal(await box(page).inputValue(), "볼트", "the list did not touch what is being composed");
  await cdp.send("Input.insertText", { text: "트" });
  await page.waitForFunction(() => document.querySelector("#suggest-list mark")?.textContent === "볼트");
  t.assert.deepEqual(requests, ["볼ㅌ", "볼트"]);
  t.assert.equal(await box(page).inputValue(), "볼트");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=/);
});

for (const size of ["phone", "desk"]) {
  test(`recent searches stay on the device and can be removed at ${size} width`, { size }, async (t) => {
    const { page } = t;
    for (const words of ["육각볼트 M8", "<img src=x onerror=alert(1)>", "가나다라마바사아자차카타파하 ".repeat(5)]) {
      await t.open(page, "/");
      await box(page).fill(words);
      await page.waitForSelector("#q[role=combobox]");
      await page.locator("form.search button.btn").click();
      await page.waitForURL(/\/search\?/);
    }
    await t.open(page, "/");
    const requests = asked(page);
    await box(page).focus();
    await page.waitForSelector("#q[aria-expanded=true]");
    t.assert.equal(await options(page).count(), 3);
    t.assert.match(await options(page).nth(1).textContent(), /^<img src=x/, "shown as text");
    t.assert.deepEqual(requests.filter((one) => one !== "script"), [], "nothing is asked for an empty box");
    await t.fits(page);
    await t.accessible(page);
    await t.keep(page, `suggest-recent-${size}`);
    const forget = page.locator(".suggest .forget button");
    const [line, button] = [await options(page).nth(1).boundingBox(), await forget.nth(1).boundingBox()];
    t.assert.ok(Math.abs(line.y - button.y) < 1 && button.width >= 44 && button.height >= 44, "each button stands beside its line");
    await page.keyboard.press("Tab");
    for (let steps = 0; steps < 6 && (await forget.nth(1).evaluate((one) => one !== document.activeElement)); steps += 1) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    t.assert.equal(await options(page).count(), 2);
    t.assert.ok(await box(page).evaluate((one) => one === document.activeElement), "back in the box");
    await page.locator(".suggest .forget-all").click();
    t.assert.equal(await box(page).getAttribute("aria-expanded"), "false");
    t.assert.equal(await page.evaluate(() => localStorage.getItem("market-recent-searches")), null);
  });
}

test("a slow or refused answer never replaces a newer one", {}, async (t) => {
  const { page } = t;
  t.expectTrouble();
  let late;
  await page.route("**/api/suggest?q=%EB%B3%BC", async (route) => {
    late = route;
  });
  await t.open(page, "/");
  await box(page).focus();
  await page.waitForSelector("#q[role=combobox]");
  await box(page).fill("볼");
  await page.waitForTimeout(300);
  await box(page).fill("너트");
  await page.waitForSelector("#q[aria-expanded=true]");
  const shown = await options(page).allTextContents();
  await late?.fulfill({ json: { groups: [{ label: "늦음", lines: [{ text: "늦은 줄", note: "", href: "/" }] }] } }).catch(() => {});
  await page.waitForTimeout(100);
  t.assert.deepEqual(await options(page).allTextContents(), shown);
  await page.unroute("**/api/suggest?q=%EB%B3%BC");
  await page.route("**/api/suggest**", (route) => route.fulfill({ status: 429, headers: { "retry-after": "5" }, json: { groups: [] } }));
  await box(page).fill("와셔");
  await page.waitForFunction(() => document.querySelector("#q").getAttribute("aria-expanded") === "false");
  await page.locator("form.search button.btn").click();
  await page.waitForURL(/\/search\?q=/);
});

test("without script the search box is a form", { javaScript: false }, async (t) => {
  await t.open(t.page, "/");
  await t.page.fill("#q", "볼트");
  await t.page.locator("form.search button.btn").click();
  await t.page.waitForURL(/\/search\?q=/);
});
