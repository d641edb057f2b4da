//! What waits for a look in the demo: held inquiries, a form that a program filled in, reports, a block.

use serde_json::json;
use uuid::Uuid;

use super::companies::Company;
use super::goods::Goods;
use super::people::People;
use super::sql;
use crate::abuse::{HoldReason, blocks, held, reports};
use crate::calendar;
use crate::catalog::ListingState;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::Result;
use crate::time::{HOUR, Timestamp};

/// Words, why they are held, and how many hours ago they were written.
const HELD: [(&str, HoldReason, i64); 4] = [
    (
        "안녕하세요. 귀사의 무궁한 발전을 기원합니다. 저희는 해외 판로 개척을 돕는 회사로, 이번 달에만 특별한 조건을 드리고 있습니다.",
        HoldReason::Similar,
        30,
    ),
    (
        "도면이 커서 클라우드에 올렸습니다. https://files.example.net/s/8812 에서 받아 보시고 200개 단가를 알려 주세요.",
        HoldReason::Link,
        6,
    ),
    ("전에도 물었는데 씨발 왜 답이 없습니까. 볼트 300개 언제 됩니까.", HoldReason::Insult, 3),
    ("SUS304 플랜지 40개 납기를 알려 주세요.", HoldReason::Trap, 2),
];
/// A conversation of a company that waits for its answer.
const TO_REPORT: &str = "SELECT id, buyer_id FROM threads WHERE vendor_id = $1 AND state = 'waiting_vendor' ORDER BY created_at DESC, id LIMIT 1";
/// A conversation of a buyer that its vendor answered.
const ANSWERED: &str = "SELECT id FROM threads WHERE buyer_id = $1 AND state IN ('quoted', 'waiting_buyer') ORDER BY created_at DESC, id LIMIT 1";

pub(super) async fn write(
    cx: &Cx,
    tx: &mut Tx,
    goods: &[Goods],
    vendors: &[Company],
    people: &People,
) -> Result<()> {
    let shown = goods.iter().filter(|item| item.state == ListingState::Published);
    let newcomers = [
        newcomer(cx, tx, ("new1@demo.test", "오하늘")).await?,
        newcomer(cx, tx, ("new2@demo.test", "민서라")).await?,
    ];
    let mut known = people.buyers.iter().skip(4);
    let mut new = newcomers.iter();
    for (words, item) in HELD.iter().zip(shown.step_by(97)) {
        let unknown = matches!(words.1, HoldReason::Link | HoldReason::Trap);
        let Some(buyer) = (if unknown { new.next() } else { known.next() }) else { continue };
        let Some(vendor) = vendors.get(item.vendor) else { continue };
        hold(cx, tx, (item, vendor.id, *buyer), *words).await?;
    }
    form(cx, tx).await?;
    let Some(first) = vendors.first() else { return Ok(()) };
    if let Some((thread, _)) = crate::fetch_optional!(*tx, (Uuid, Uuid), TO_REPORT, first.id)? {
        report(cx, tx, (thread, "vendor", people.vendor), ("spam", "같은 글이 세 번째 왔어요.")).await?;
    }
    if let Some((thread,)) = crate::fetch_optional!(*tx, (Uuid,), ANSWERED, people.buyers.first())? {
        let buyer = people.buyers.first().copied().unwrap_or_default();
        report(cx, tx, (thread, "buyer", buyer), ("fraud", "계좌를 바꿔 달라고 해요.")).await?;
    }
    if let Some(blocked) = people.buyers.last() {
        let at = cx.now().plus(-40 * HOUR);
        crate::execute!(*tx, blocks::INSERT, cx.new_id(), first.id, *blocked, "vendor", people.vendor, at)?;
    }
    Ok(())
}

/// Somebody who came yesterday and cannot sign in.
async fn newcomer(cx: &Cx, tx: &mut Tx, who: (&str, &str)) -> Result<Uuid> {
    let (id, at) = (cx.new_id(), cx.now().plus(-20 * HOUR));
    crate::execute!(*tx, sql::PERSON, id, who.0, who.1, None::<&str>, "KR", "ko", None::<&str>, at, true)?;
    Ok(id)
}

fn due(cx: &Cx) -> Timestamp {
    let days = u16::try_from(cx.settings().held_business_days).unwrap_or(2);
    Timestamp(calendar::add_business_days(cx.now().0, days))
}

async fn hold(
    cx: &Cx,
    tx: &mut Tx,
    about: (&Goods, Uuid, Uuid),
    what: (&str, HoldReason, i64),
) -> Result<()> {
    let ((item, vendor, buyer), (words, reason, hours)) = (about, what);
    let (id, at, due) = (cx.new_id(), cx.now().plus(-hours * HOUR), due(cx));
    let subject = &item.made_from.title_ko;
    crate::execute!(
        *tx,
        sql::THREAD,
        id,
        item.id,
        vendor,
        buyer,
        "new",
        None::<&str>,
        subject,
        "",
        "ko",
        Some(due),
        at,
        None::<Timestamp>,
        at,
        None::<Timestamp>,
        1_i64,
        0_i64,
        1_i64,
        0_i64,
        1_i64
    )?;
    crate::execute!(*tx, sql::WITHHOLD, id, at)?;
    crate::execute!(
        *tx,
        sql::MESSAGE,
        cx.new_id(),
        id,
        1_i64,
        "buyer",
        Some(buyer),
        "text",
        words,
        "{}",
        at
    )?;
    let title: String = words.chars().take(80).collect();
    crate::execute!(
        *tx,
        held::INSERT,
        cx.new_id(),
        "inquiry",
        Some(id),
        Some(buyer),
        Some(vendor),
        &title,
        reason.code(),
        "{}",
        at,
        due
    )?;
    Ok(())
}

async fn form(cx: &Cx, tx: &mut Tx) -> Result<()> {
    let content = json!({
        "lang": "en",
        "form": { "form": "sign_up", "email": "seo-master@demo.test", "name": "Best backlinks for your site" }
    });
    let none = None::<Uuid>;
    let at = cx.now().plus(-5 * HOUR);
    crate::execute!(
        *tx,
        held::INSERT,
        cx.new_id(),
        "form",
        none,
        none,
        none,
        "Best backlinks for your site",
        HoldReason::Trap.code(),
        &content.to_string(),
        at,
        due(cx)
    )?;
    Ok(())
}

async fn report(cx: &Cx, tx: &mut Tx, by: (Uuid, &str, Uuid), what: (&str, &str)) -> Result<()> {
    let at = cx.now().plus(-4 * HOUR);
    crate::execute!(*tx, reports::INSERT, cx.new_id(), by.0, by.1, by.2, what.0, what.1, at)?;
    Ok(())
}
