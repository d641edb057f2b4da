//! Public requests for quotes in every state, some with quotes of several vendors.

use time::Duration;
use uuid::Uuid;

use super::goods::Goods;
use super::people::People;
use super::{companies::Company, days_ago, sql};
use crate::calendar;
use crate::catalog::ListingState;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::Result;
use crate::inquiries::quote::{Quote, QuoteLine, UnitPrice, Vat};
use crate::lang::Lang;
use crate::money::Currency;
use crate::rfqs::parse;
use crate::rfqs::store::INSERT_BATCH;
use crate::time::{DAY, HOUR, Timestamp};

/// A request in any state.
pub const RFQ: &str = "INSERT INTO rfqs (id, buyer_id, state, title, body, lines, category, region, place, due_date, visibility, lang, created_at, \
    submitted_at, opened_at, closes_at, closed_at, reason, answers, version) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'public', $11, $12, $12, $13, $14, $15, $16, $17, 1)";
/// Makes a thread the answer to a request.
pub const ANSWERS: &str = "UPDATE threads SET batch_id = $2 WHERE id = $1";

/// How many vendors answered a request; one that still has places is not full.
pub const ANSWERED: &str = "UPDATE rfqs SET answers = CAST($2 AS BIGINT), state = CASE WHEN state = 'filled' AND $2 < $3 THEN 'open' ELSE state END WHERE id = $1";

/// State, days since it was handed in, quotes, language, region, reason, and the words.
type Sample = (&'static str, i64, usize, Lang, &'static str, Option<&'static str>, &'static str);

/// Category of each sample.
const CATEGORIES: [&str; 11] = [
    "metal.machining.milling",
    "pipes.weldfit",
    "fasteners.bolts.hex",
    "valves.ball",
    "motors.induction",
    "construction.insulation.pipe",
    "hvac.duct.rect",
    "pipes.steel.structural",
    "metal.machining.turning",
    "rubber.gasket",
    "machines.tools.lathe",
];

const SAMPLES: [Sample; 11] = [
    ("draft", 1, 0, Lang::Ko, "41", Some("도면이나 규격을 더 적어 주세요."), "브라켓 가공 견적 부탁드립니다"),
    (
        "in_review",
        0,
        0,
        Lang::Ko,
        "26",
        None,
        "STS 용접 티 Φ100 40개\nSTS 용접 티 Φ150 40개\n부산 사하구로 보내 주세요",
    ),
    ("in_review", 0, 0, Lang::En, "", None, "Hex bolts M8×20 A2-70, 20,000 pcs, CIF Hai Phong"),
    ("open", 1, 0, Lang::Ko, "28", None, "황동볼밸브 15A 600개 인천 서구 납품"),
    ("open", 3, 3, Lang::Ko, "47", None, "삼상 유도전동기 2.2kW 4P 12대 경북 구미시"),
    ("open", 6, 9, Lang::Ko, "41", None, "섬유단열재 50T 1,200㎡ 경기 평택시 현장 도착"),
    ("filled", 5, 10, Lang::Ko, "30", None, "아연도 사각덕트 0.8T 320㎡, 대전 유성구"),
    ("expired", 20, 2, Lang::Ko, "29", None, "스테인리스 각관 50x50x2t 6m 40본, 광주 하남산단"),
    ("closed", 18, 4, Lang::Ko, "48", Some("awarded"), "S45C 샤프트 φ30×450 15개 경남 창원시"),
    ("closed", 9, 0, Lang::En, "", Some("not_needed"), "Rubber gasket EPDM DN100, qty 250, FOB Busan"),
    ("removed", 7, 0, Lang::Ko, "11", Some("거래할 수 없는 물건이에요."), "중고 부품 일괄 1식"),
];

pub(super) async fn write(
    cx: &Cx,
    tx: &mut Tx,
    goods: &[Goods],
    vendors: &[Company],
    people: &People,
) -> Result<usize> {
    let shown: Vec<&Goods> = goods.iter().filter(|item| item.state == ListingState::Published).collect();
    for (place, (sample, category)) in SAMPLES.iter().zip(CATEGORIES).enumerate() {
        // makers of the same trade quote
        let trade = category.split('.').next().unwrap_or(category);
        let offers = || shown.iter().copied().filter(|item| item.made_from.category.starts_with(trade));
        let buyer = people.buyers.get(usize::from(sample.3 == Lang::En));
        let Some(buyer) = buyer.or(people.buyers.first()) else { continue };
        let id = write_one(cx, tx, (sample, place), (*buyer, category)).await?;
        let mut answered: Vec<usize> = Vec::new();
        for (nth, offer) in offers().enumerate() {
            if answered.len() >= sample.2 {
                break;
            }
            if answered.contains(&offer.vendor) {
                continue;
            }
            let Some(vendor) = vendors.get(offer.vendor) else { continue };
            answered.push(offer.vendor);
            let first = answered.len() == 1;
            quote(cx, tx, (id, *buyer, vendor.id), (sample, offer), (nth, first)).await?;
        }
        // as many as there are makers for it
        let count = i64::try_from(answered.len()).unwrap_or_default();
        crate::execute!(*tx, ANSWERED, id, count, cx.settings().rfq_answers)?;
    }
    Ok(SAMPLES.len())
}

async fn write_one(cx: &Cx, tx: &mut Tx, what: (&Sample, usize), who: (Uuid, &str)) -> Result<Uuid> {
    let ((state, days, quotes, lang, region, reason, words), place) = what;
    let (buyer, category) = who;
    let today = calendar::seoul_date(cx.now().0);
    let read = parse::parse(words, today);
    let title: String = read.lines.first().map_or_else(|| (*words).to_owned(), |line| line.words(*lang));
    let lines = serde_json::to_string(&read.lines)?;
    let due = (today + Duration::days(21)).to_string();
    let at = days_ago(cx, *days, place * 41);
    let opened = (!matches!(*state, "draft" | "in_review")).then(|| at.plus(HOUR));
    let closes = opened.map(|at| at.plus(cx.settings().rfq_days * DAY));
    let ended = matches!(*state, "closed" | "removed" | "expired").then(|| cx.now().plus(-DAY));
    let id = cx.new_id();
    crate::execute!(
        *tx,
        RFQ,
        id,
        buyer,
        *state,
        &title,
        *words,
        &lines,
        category,
        *region,
        &read.place,
        &due,
        lang.code(),
        at,
        opened,
        closes,
        ended,
        *reason,
        i64::try_from(*quotes).unwrap_or_default()
    )?;
    if opened.is_some() {
        crate::execute!(*tx, INSERT_BATCH, id, buyer, lang.code(), at)?;
    }
    Ok(id)
}

async fn quote(
    cx: &Cx,
    tx: &mut Tx,
    who: (Uuid, Uuid, Uuid),
    what: (&Sample, &Goods),
    nth: (usize, bool),
) -> Result<()> {
    let ((rfq, buyer, vendor), (sample, offer)) = (who, what);
    let (state, reason) = match (sample.0, nth.1) {
        ("closed", true) => ("accepted", None),
        ("closed", false) => ("declined", Some("elsewhere")),
        _ => ("quoted", None),
    };
    let (id, at) = (cx.new_id(), days_ago(cx, (sample.1 - 1).max(0), nth.0 * 17).min(cx.now()));
    // how the buyer ended it, an hour after the quote
    let ending = match state {
        "accepted" => Some(("accept", "{}".to_owned())),
        "declined" => Some(("decline", serde_json::json!({ "reason": reason }).to_string())),
        _ => None,
    };
    let last = if ending.is_some() { at.plus(HOUR).min(cx.now()) } else { at };
    let count = if ending.is_some() { 3_i64 } else { 2 };
    let until = cx.now().plus(20 * DAY);
    let open = state == "quoted";
    let due: Option<Timestamp> = open.then_some(until);
    let closed: Option<Timestamp> = (!open).then_some(last);
    let subject = sample.6.lines().next().unwrap_or_default();
    crate::execute!(
        *tx,
        sql::THREAD,
        id,
        offer.id,
        vendor,
        buyer,
        state,
        reason,
        subject,
        "",
        sample.3.code(),
        due,
        at,
        Some(at),
        last,
        closed,
        count,
        count,
        if open { 1_i64 } else { count },
        2_i64,
        if open { 1_i64 } else { count }
    )?;
    crate::execute!(*tx, ANSWERS, id, rfq)?;
    let data =
        serde_json::json!({ "quote": of(sample, offer, (nth.0, until, calendar::seoul_date(cx.now().0))) })
            .to_string();
    let begun = [("buyer", "text", sample.6, "{}", at), ("vendor", "quote", "", data.as_str(), at)];
    let ended = ending.as_ref().map(|(kind, data)| ("buyer", *kind, "", data.as_str(), last));
    for (seq, (side, kind, body, data, at)) in (1_i64..).zip(begun.into_iter().chain(ended)) {
        let author = (side == "buyer").then_some(buyer);
        crate::execute!(*tx, sql::MESSAGE, cx.new_id(), id, seq, side, author, kind, body, data, at)?;
    }
    Ok(())
}

/// A quote for what the request asks, line by line.
fn of(sample: &Sample, offer: &Goods, (nth, valid_until, today): (usize, Timestamp, time::Date)) -> Quote {
    let base = offer.made_from.base_price.max(1_000);
    let step = i64::try_from(nth % 9).unwrap_or_default();
    let asked = parse::parse(sample.6, today).lines;
    let several = asked.len() > 1;
    let unit = |code: &str| parse::units::all().find(|(known, ..)| *known == code);
    let lines = asked.iter().map(|line| QuoteLine {
        item: if several {
            format!("{} {}", line.item, line.dimension).trim().to_owned()
        } else {
            String::new()
        },
        quantity: line.quantity.parse().ok(),
        unit: unit(&line.unit).map(|(_, ko, en)| sample.3.pick(ko, en).to_owned()).unwrap_or_default(),
        price: UnitPrice::whole(base + base * step / 20),
        breaks: Vec::new(),
    });
    let lines = lines.collect();
    Quote {
        version: 1,
        currency: Currency::Krw,
        vat: if step == 3 { Vat::Included } else { Vat::Excluded },
        lines,
        lead_time_days: 3 + step,
        valid_until,
        incoterm: None,
        place: String::new(),
        payment: if step % 2 == 0 { "출고 뒤 30일".into() } else { String::new() },
        sample: String::new(),
    }
}
