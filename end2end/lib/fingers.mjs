// Counts what somebody does on a page: fingers that come down, fields that are filled in.

/** A person's hands on `page`: every tap and every input is counted. */
export function hands(page) {
  const done = { taps: 0, inputs: 0 };
  return {
    done,
    async tap(what) {
      done.taps += 1;
      await (typeof what === "string" ? page.locator(what).first() : what).tap();
    },
    /** A tap that leads to another page; waits until it is there. */
    async tapAway(what) {
      const [, answer] = await Promise.all([this.tap(what), page.waitForNavigation({ waitUntil: "load" })]);
      return answer;
    },
    async fill(field, text) {
      done.inputs += 1;
      await page.fill(field, text);
    },
    async attach(field, file) {
      done.inputs += 1;
      await page.setInputFiles(field, file);
    },
  };
}

/** Links, buttons and boxes that a finger would miss: smaller than 24 by 24 pixels (WCAG 2.2), words in a sentence excepted. */
async function smallTargets(page) {
  return page.evaluate(() => [...document.querySelectorAll("main a[href], main button, main input:not([type=hidden]), main select, main summary")]
    .filter((one) => one.checkVisibility() && !one.closest(".vh") && getComputedStyle(one).display !== "inline")
    .map((one) => ({ one: one.closest("label") ?? one, box: (one.closest("label") ?? one).getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
    .map(({ one, box }) => `${one.tagName} "${one.textContent.trim().slice(0, 30)}" ${Math.round(box.width)}×${Math.round(box.height)}`));
}

/** The page as it stands is looked at by the rules, then kept for people to look at. */
export async function lookAt(t, page, name) {
  await t.fits(page);
  await t.accessible(page);
  t.assert.deepEqual(await smallTargets(page), [], `targets on ${page.url()}`);
  await t.keep(page, name);
}
