// What a vendor does: apply, write a listing with a picture, submit it.
import { businessNumber, send } from "./demo.mjs";
import { picture } from "./picture.mjs";

/** Fills in the application and sends it to review. */
export async function apply(t, page, { company, seed }) {
  await t.open(page, "/vendor/apply");
  await page.fill("#business_number", businessNumber(seed));
  await page.fill("#name_ko", company);
  await page.fill("#representative", "오세라");
  await page.selectOption("#region", { index: 2 });
  await page.fill("#address", "3공단로 12, 2동");
  await page.fill("#phone", "053-555-0142");
  await page.fill("#intro_ko", "스테인리스 볼트와 너트를 만들어요. 도면을 보내 주시면 하루 안에 답해요.");
  await t.fits(page);
  await t.accessible(page);
  await send(page, "main form button[name=then][value=submit]");
  t.assert.match(new URL(page.url()).pathname, /^\/vendor$/, "the application was sent");
  await t.fits(page);
}

/** Writes a listing from its title to "검토 요청", with the category finder, autosave and an uploaded picture. */
export async function list(t, page, title) {
  await t.open(page, "/vendor/listings/new");
  await page.fill("#title_ko", title);
  await send(page);
  await t.hydrated(page);
  await page.fill("#category-q", "육각볼트");
  await page.waitForFunction(() => document.querySelector("#category-q-note")?.textContent.trim());
  await page.selectOption("#category", { index: 1 });
  await page.fill("#spec-name-ko-0", "규격");
  await page.fill("#spec-value-0", "M10 × 40");
  await page.fill("#spec-name-ko-1", "재질");
  await page.fill("#spec-value-1", "A2-70");
  await page.check("input[name=price_kind][value=public]");
  await page.fill("#price", "1,300");
  await page.fill("#unit", "개");
  await page.fill("#moq", "100");
  await page.fill("#lead_time_days", "7");
  await page.fill("#description_ko", "해안 설비에 쓰는 **스테인리스** 볼트예요.\n\n- 전산, 반산 모두\n- 성적서 함께 보내요");
  await page.setInputFiles("#images", await picture(t, title));
  await page.waitForSelector("#picture-list li img");
  await page.waitForFunction(() => [...document.querySelectorAll("#check [role=status]")].some((line) => line.textContent.trim()));
  await t.fits(page);
  await t.accessible(page);
  await send(page, "button[form=editor][value=submit]");
  t.assert.match(page.url(), /done=submitted/, "the listing waits for review");
}
