//! Listings of the demo companies in every state, staged edits, and what stands on the home page.

use uuid::Uuid;

use super::companies::Company;
use super::people::People;
use super::{days_ago, sql};
use crate::catalog::rules::next_window_end;
use crate::catalog::store::price_columns;
use crate::catalog::{ListingContent, ListingState, Price, SpecRow, Tier};
use crate::cx::Cx;
use crate::db::Tx;
use crate::demo::{DemoListing, DemoPrice, DemoVendor};
use crate::error::Result;
use crate::money::Money;
use crate::slug::slug;
use crate::time::{DAY, Timestamp};
use crate::vendors::VendorState;

/// A written listing with what it was made from.
pub(super) struct Goods {
    pub id: Uuid,
    pub vendor: usize,
    pub state: ListingState,
    pub made_from: DemoListing,
}

/// Featured listings of the home page are taken this far apart, so that they come from different companies.
const FEATURED_EVERY: usize = 411;

pub(super) async fn write(
    cx: &Cx,
    tx: &mut Tx,
    companies: &[DemoVendor],
    vendors: &[Company],
    people: &People,
) -> Result<Vec<Goods>> {
    let mut goods = Vec::new();
    for (company, vendor) in companies.iter().zip(vendors) {
        for listing in crate::demo::listings(company) {
            let place = goods.len();
            let state = state_of(place, vendor.state);
            let id = write_one(cx, tx, vendor, &listing, state, place).await?;
            goods.push(Goods { id, vendor: company.index, state, made_from: listing });
        }
    }
    write_revisions(cx, tx, &goods, vendors).await?;
    write_slots(cx, tx, &goods, people).await?;
    Ok(goods)
}

fn state_of(place: usize, vendor: VendorState) -> ListingState {
    match vendor {
        VendorState::Approved | VendorState::Suspended | VendorState::Closed => {}
        _ => return ListingState::Draft,
    }
    match place % 130 {
        17 => ListingState::InReview,
        43 => ListingState::Expired,
        61 => ListingState::Draft,
        87 => ListingState::ChangesRequested,
        111 => ListingState::Hidden,
        _ => ListingState::Published,
    }
}

async fn write_one(
    cx: &Cx,
    tx: &mut Tx,
    vendor: &Company,
    listing: &DemoListing,
    state: ListingState,
    place: usize,
) -> Result<Uuid> {
    let id = cx.new_id();
    let content = content(listing);
    let window = cx.settings().free_window_days;
    let age =
        if state == ListingState::Expired { window + 3 } else { i64::from(listing.age_days) % (window - 3) };
    let begun = days_ago(cx, age, place * 13);
    let shown = matches!(state, ListingState::Published | ListingState::Expired | ListingState::Hidden);
    let published: Option<Timestamp> = shown.then_some(begun);
    let submitted = match state {
        ListingState::Draft => None,
        ListingState::InReview | ListingState::ChangesRequested => {
            Some(days_ago(cx, i64::try_from(place % 5).unwrap_or(0), place))
        }
        _ => Some(begun),
    };
    let reason = match state {
        ListingState::ChangesRequested => Some("첫 사진을 제품이 보이는 사진으로 바꿔 주세요."),
        ListingState::Hidden => Some("같은 제품이 두 번 올라와 있어 하나를 내렸습니다."),
        _ => None,
    };
    let price = price_columns(&content.price)?;
    let drawing = content.drawing.as_ref().map(ToString::to_string);
    crate::execute!(
        *tx,
        sql::LISTING,
        id,
        vendor.id,
        slug(content.title(crate::Lang::En), id),
        state.code(),
        reason,
        &content.category,
        &content.title_ko,
        &content.title_en,
        &content.description_ko,
        &content.description_en,
        serde_json::to_string(&content.specs)?,
        &content.unit,
        price.kind,
        price.minor,
        price.tiers,
        content.moq,
        content.lead_time_days,
        &content.origin,
        &content.hs_code,
        &content.part_number,
        drawing,
        begun,
        submitted,
        published,
        published.map(|at| next_window_end(None, at, window))
    )?;
    crate::execute!(*tx, sql::CHANGE, id, cx.now())?;
    Ok(id)
}

fn content(listing: &DemoListing) -> ListingContent {
    let spec = |s: &crate::demo::DemoSpec| SpecRow {
        name_ko: s.name_ko.into(),
        name_en: s.name_en.into(),
        value: if s.value_ko == s.value_en {
            s.value_ko.clone()
        } else {
            format!("{} ({})", s.value_ko, s.value_en)
        },
        unit: s.unit.into(),
    };
    let price = match &listing.price {
        DemoPrice::Public(won) => Price::Public(Money::won(*won)),
        DemoPrice::Tiers(tiers) => Price::Tiers(
            tiers.iter().map(|(from, won)| Tier { from: i64::from(*from), minor: *won }).collect(),
        ),
        DemoPrice::Negotiable => Price::Negotiable,
    };
    ListingContent {
        category: listing.category.into(),
        title_ko: listing.title_ko.clone(),
        title_en: listing.title_en.clone(),
        description_ko: listing.description_ko.clone(),
        description_en: listing.description_en.clone(),
        specs: listing.specs.iter().map(spec).collect(),
        unit: listing.unit.ko.into(),
        price,
        moq: Some(i64::from(listing.moq)),
        lead_time_days: Some(i64::from(listing.lead_days)),
        origin: listing.origin.into(),
        hs_code: listing.hs.into(),
        part_number: listing.model.clone(),
        drawing: serde_json::to_value(&listing.drawing).ok(),
    }
}

/// Edits that wait for a curator: the title says more than it did.
async fn write_revisions(cx: &Cx, tx: &mut Tx, goods: &[Goods], vendors: &[Company]) -> Result<()> {
    for (place, item) in
        goods.iter().filter(|item| item.state == ListingState::Published).step_by(331).take(8).enumerate()
    {
        let Some(vendor) = vendors.get(item.vendor) else { continue };
        let mut edited = content(&item.made_from);
        edited.title_ko.push_str(" (개선품)");
        edited.lead_time_days = edited.lead_time_days.map(|days| days + 2);
        let at = days_ago(cx, i64::try_from(place % 4).unwrap_or(0), place * 71);
        crate::execute!(
            *tx,
            sql::REVISION,
            cx.new_id(),
            item.id,
            serde_json::to_string(&edited)?,
            vendor.owner,
            at
        )?;
    }
    Ok(())
}

async fn write_slots(cx: &Cx, tx: &mut Tx, goods: &[Goods], people: &People) -> Result<()> {
    let shown = goods.iter().filter(|item| item.state == ListingState::Published).step_by(FEATURED_EVERY);
    for (position, item) in (1_i64..).zip(shown.take(cx.settings().home_slots)) {
        let starts = days_ago(cx, 2, 0);
        crate::execute!(
            *tx,
            sql::SLOT,
            cx.new_id(),
            position,
            item.id,
            "이달의 제품",
            starts,
            starts.plus(28 * DAY),
            people.curator
        )?;
    }
    Ok(())
}
