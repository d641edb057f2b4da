// Results as a table: compared on a desk and on a phone, and several products put into the basket with one press.
import { test } from "../lib/journey.mjs";
import { lookAt } from "../lib/fingers.mjs";

const BOLTS = `/search?q=${encodeURIComponent("볼트")}`;
const boxes = (page) => page.locator("input[type=checkbox][name=pick]");
const told = (page) => page.locator("#told").innerText();

/** Presses something that leads to another page, and waits until it is there. */
async function away(page, what) {
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), what.click()]);
}

/** Where the columns stand, and how wide the box is that they scroll in. */
const measured = (page) => page.evaluate(() => {
  const box = document.querySelector(".scroll");
  const right = (one) => Math.round(one.getBoundingClientRect().right);
  return {
    shown: right(box),
    inner: box.clientWidth,
    content: box.scrollWidth,
    heads: [...box.querySelectorAll("thead th")].map((one) => ({ name: one.textContent.trim(), right: right(one) })),
  };
});

for (const size of ["phone", "desk"]) {
  for (const language of ["", "/en"]) {
    test(`results are compared in a table ${language || "/ko"} at ${size} width`, { size }, async (t) => {
      const { page } = t;
      await t.open(page, `${language}${BOLTS}`);
      const ways = page.locator(".tools .seg a");
      t.assert.equal(await ways.count(), 2);
      t.assert.match(await ways.nth(1).textContent(), /표|Table/, "an icon has a word, also where it is hidden");
      await t.fits(page);
      await away(page, ways.nth(1));
      t.assert.match(page.url(), /view=table/);
      t.assert.equal(await ways.nth(1).getAttribute("aria-current"), "true");
      await t.hydrated(page);
      await lookAt(t, page, `table-${size}${language.replace("/", "-")}`);

      const { shown, inner, content, heads } = await measured(page);
      const first = heads.findIndex(({ right }) => right > shown);
      const hint = page.locator("p.phone-only", { hasText: /표를 옆으로 밀면|Swipe the table/ });
      if (size === "phone") {
        t.assert.ok(content > inner, "the table is wider than a phone, and scrolls in its own box");
        t.assert.ok(first === -1 || first >= 2, `product and first column fit: ${JSON.stringify(heads)}`);
        const words = await hint.innerText();
        for (const { name } of heads.slice(2)) t.assert.ok(words.includes(name), `${words} names ${name}`);
        // the box takes the focus, so arrows scroll it
        await page.locator(".scroll").focus();
        await page.keyboard.press("ArrowRight");
        await page.waitForFunction(() => document.querySelector(".scroll").scrollLeft > 0);
        await t.fits(page);
        await page.evaluate(() => document.querySelector(".scroll").scrollTo(10_000, 0));
        await t.fits(page);
        await t.keep(page, `table-end-${size}${language.replace("/", "-")}`);
      } else {
        t.assert.ok(!(await hint.isVisible()), "nothing is said of pushing where everything is seen");
      }
      await page.emulateMedia({ colorScheme: "dark" });
      await t.accessible(page, ["color-contrast"]);
      await t.keep(page, `table-${size}${language.replace("/", "-")}-dark`);
      await page.emulateMedia({ colorScheme: "light", media: "print" });
      await t.keep(page, `table-${size}${language.replace("/", "-")}-print`);
      await page.emulateMedia({ media: "screen" });

      // order, pages and the way back are those of the table
      await page.selectOption("#sort", "price");
      await away(page, page.locator(".tools form button"));
      t.assert.match(page.url(), /sort=price/);
      t.assert.match(page.url(), /view=table/, "another order of the same table");
      await away(page, page.locator('.pages a[rel="next"]').first());
      t.assert.match(page.url(), /view=table.*page=2|page=2.*view=table/, "the second page is a table, too");
      await away(page, page.locator(".tools .seg a").first());
      t.assert.ok(!page.url().includes("view=") && page.url().includes("page=2"), "the same page as a list");
      await page.waitForSelector("ul.rows");
    });
  }

  for (const javaScript of [true, false]) {
    test(`several products are put into the basket at ${size} width${javaScript ? "" : " without script"}`, { size, javaScript }, async (t) => {
      const { page } = t;
      await t.open(page, `${BOLTS}&view=table`);
      const button = page.locator(".bulk button");
      await away(page, button);
      t.assert.match(await told(page), /먼저 골라 주세요/);
      t.assert.match(page.url(), /view=table/, "and everything is as it was");
      const all = await boxes(page).count();
      t.assert.ok(all >= 3, `${all} boxes`);
      for (const at of [0, 2]) await boxes(page).nth(at).check();
      await away(page, button);
      t.assert.match(await told(page), /제품 2개를 바구니에 담았어요/);
      t.assert.equal(await boxes(page).count(), all - 2, "what is inside needs no box");
      t.assert.equal(await page.locator("main th", { hasText: "바구니에 있어요" }).count(), 2);
      if (javaScript) await lookAt(t, page, `table-collected-${size}`);
      await away(page, page.locator("#told a"));
      t.assert.equal(new URL(page.url()).pathname, "/basket");
      t.assert.equal(await page.locator("#quantity-2").count(), 1, "both are in the basket");
      t.assert.equal(await page.locator("#quantity-3").count(), 0);
    });
  }
}

test("the directory of the home page leaves no tile alone in its line", { size: "desk" }, async (t) => {
  for (const path of ["/", "/en"]) {
    for (const width of [360, 768, 1280]) {
      await t.page.setViewportSize({ width, height: 800 });
      await t.open(t.page, path);
      // sixteen categories, and lists of six
      const full = (lists) => lists.filter((list) => [6, 16].includes(list.children.length)).map((list) => {
        const tops = [...list.children].map((one) => Math.round(one.getBoundingClientRect().top));
        return [...new Set(tops)].map((top) => tops.filter((other) => other === top).length);
      });
      const lines = await t.page.locator("main ul.cards").evaluateAll(full);
      t.assert.ok(lines.length > 0);
      for (const [first, ...rest] of lines) t.assert.ok(rest.every((count) => count === first), `${path} at ${width} px: ${JSON.stringify(lines)}`);
      await t.fits(t.page);
    }
  }
});
