// Ten questions that other sites do not understand, typed into the box as people type them: what the page says it made
// of them, the way back, the filters it read out of the words, and what stands first.
import { test } from "../lib/journey.mjs";

const PHOTOGRAPHED = Boolean(process.env.TEN_QUESTIONS_SHOTS);

const rows = (page) => page.locator("main ul.rows > li");
const first = (page) => rows(page).first().innerText();
const said = async (page) => (await page.locator("main").innerText()).replace(/\s+/g, " ");

/** Types the words and sends them, as with any other text in the box. */
async function ask(t, page, words) {
  await page.fill("#q", words);
  await Promise.all([page.waitForURL(/\/search\?q=/), page.press("#q", "Enter")]);
  await page.waitForSelector("main h1");
  t.assert.equal(await page.inputValue("#q"), words, "the box keeps what was typed");
}

/** Titles of the rows that are no near matches. */
async function whole(page, near) {
  const texts = await rows(page).allInnerTexts();
  return texts.filter((text) => !text.includes(near)).map((text) => text.trim().split("\n")[0]);
}

const QUESTIONS = {
  ko: [
    ["initials", "ㅅㅌㅇㄹㅅ", async (t, page) => {
      t.assert.match(await first(page), /스테인리스[\s\S]*초성으로 찾았어요/);
    }],
    ["half a syllable", "육각볼ㅌ", async (t, page) => {
      t.assert.match(await first(page), /육각볼트[\s\S]*적다 만 말로 찾았어요/);
    }],
    ["the other keyboard", "tmxpdls", async (t, page) => {
      t.assert.match(await said(page), /다른 자판으로 적은 ‘tmxpdls’ 대신 ‘스테인’ 제품을 찾았어요/);
      t.assert.match(await first(page), /스테인리스/);
      await page.click("main a:has-text('‘tmxpdls’ 그대로 찾기')");
      await page.waitForURL(/literal=1/);
      t.assert.match(await said(page), /적은 말 그대로 찾았어요/);
      t.assert.match(await page.innerText("main h1"), /제품 0개/);
      t.assert.equal(await page.locator("main a:has-text('견적 요청 올리기')").count(), 1, "nothing found is no dead end");
      await page.goBack();
    }],
    ["a loan word", "레듀샤", async (t, page) => {
      t.assert.match(await first(page), /레듀서[\s\S]*같은 뜻의 말로 찾았어요/);
    }],
    ["a size that is no other size", "용접 엘보 D15", async (t, page) => {
      const full = await whole(page, "가까운 제품");
      t.assert.ok(full.length > 0 && full.every((title) => /용접 엘보/.test(title) && /D15(?!\d)/.test(title)), full.join(" | "));
    }],
    ["a part number without its hyphen", null, async (t, page, code) => {
      t.assert.match(await page.innerText("main section.direct"), new RegExp(code));
      t.assert.match(await first(page), new RegExp(`${code}[\\s\\S]*품번 일치`));
    }],
    ["a sentence", "스테인리스 플랜지를 찾습니다", async (t, page) => {
      t.assert.match(await first(page), /플랜지/);
      t.assert.doesNotMatch(await said(page), /‘찾습니다’|‘플랜지를’/, "particles and courtesy are no words");
    }],
    ["conditions that exclude each other", "볼밸브 5만원 이하 10만원 이상", async (t, page) => {
      t.assert.match(await said(page), /범위의 시작이 끝보다 커요\. 하나를 빼 주세요/);
      await page.click("main .chips a:has-text('100,000')");
      await page.waitForSelector("main ul.rows > li");
      t.assert.match(await page.innerText("main .chips"), /50,000/, "the other one stays");
    }],
    ["a size that nobody has", "육각볼트 M8×22", async (t, page) => {
      t.assert.match(await said(page), /M8×22 제품은 없고 (M8×\d+(, )?)+ 제품이 있어요/);
      t.assert.match(await first(page), /육각볼트 M8×\d+[\s\S]*가까운 제품/);
    }],
    ["English in the plural", "ball bearings", async (t, page) => {
      t.assert.match(await first(page), /볼베어링/);
    }],
  ],
  en: [
    ["initials", "ㅅㅌㅇㄹㅅ", async (t, page) => {
      t.assert.match(await first(page), /Stainless[\s\S]*Found by initial consonants/);
    }],
    ["half a syllable", "육각볼ㅌ", async (t, page) => {
      t.assert.match(await first(page), /Hex bolt[\s\S]*Found by the beginning of the word/);
    }],
    ["the other keyboard", "tmxpdls", async (t, page) => {
      t.assert.match(await said(page), /Read ‘tmxpdls’ as typed on the other keyboard: ‘스테인’/);
      t.assert.match(await first(page), /Stainless/);
    }],
    ["a loan word", "레듀샤", async (t, page) => {
      t.assert.match(await first(page), /reducer[\s\S]*Found by a word of the same meaning/);
    }],
    ["a size that is no other size", "weld elbow D15", async (t, page) => {
      const full = await whole(page, "Near match");
      t.assert.ok(full.length > 0 && full.every((title) => /elbow/i.test(title) && /D15(?!\d)/.test(title)), full.join(" | "));
    }],
    ["a part number without its hyphen", null, async (t, page, code) => {
      t.assert.match(await page.innerText("main section.direct"), new RegExp(code));
      t.assert.match(await first(page), /Part number match/);
    }],
    ["a sentence", "looking for reducers in Busan", async (t, page) => {
      t.assert.match(await first(page), /reducer[\s\S]*Busan/i);
      t.assert.match(await said(page), /From your words: Busan/);
    }],
    ["conditions that exclude each other", "ball valve under 50,000 won over 100,000 won", async (t, page) => {
      t.assert.match(await said(page), /The lower end of a range is above its upper end\. Remove one of them/);
      await page.click("main .chips a:has-text('or more')");
      await page.waitForSelector("main ul.rows > li");
    }],
    ["a size that nobody has", "hex bolt M8x22", async (t, page) => {
      t.assert.match(await said(page), /There is no M8x22, but there is (M8×\d+(, )?)+/);
    }],
    ["English in the plural", "ball bearings", async (t, page) => {
      t.assert.match(await first(page), /ball bearing/i);
    }],
  ],
};

for (const [lang, questions] of Object.entries(QUESTIONS)) {
  for (const size of ["phone", "desk"]) {
    test(`ten hard questions in ${lang} at ${size} width`, { size }, async (t) => {
      const { page } = t;
      const home = lang === "en" ? "/en" : "/";
      // a part number of the demo, as it stands in a title
      let code = null;
      for (let at = 1; !code && at < 9; at += 1) {
        await t.open(page, `${home === "/" ? "" : home}/search?q=${encodeURIComponent("볼트")}&page=${at}`);
        code = (await page.locator("main").innerText()).match(/\(([A-Z]{3}-\d{4})\)/)?.[1];
      }
      await t.open(page, home);
      for (const [name, words, check] of questions) {
        await ask(t, page, words ?? code.replace("-", "").toLowerCase());
        await t.fits(page);
        if (PHOTOGRAPHED) await t.keep(page, `ten ${name} ${lang} ${size}`);
        await check(t, page, code);
      }
    });
  }
}
