//! What each vendor will read: the form checked, its listings grouped by vendor, and the open threads that ask
//! the same already.

use uuid::Uuid;

use super::BatchDraft;
use crate::abuse::blocks;
use crate::calendar;
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{Error, FieldErrors, Problem, Result};
use crate::inquiries::ask::{self, Checked, QUANTITY_MAX};
use crate::inquiries::lines::{Line, SPEC_MAX, TARGET_MAX};
use crate::inquiries::page::AskPage;
use crate::inquiries::several::{self, MOST_PAGES};
use crate::text;
use crate::time::{DAY, Timestamp};

/// The furthest day that may be asked for, in days.
const DUE_MAX: i64 = 730;

/// Open threads of a buyer and the listings they are about.
pub const OPEN_THREADS: &str = "SELECT t.id, t.listing_id, t.subject FROM threads t \
    WHERE t.buyer_id = $1 AND t.state IN ('new', 'waiting_vendor', 'waiting_buyer', 'quoted') \
    UNION SELECT t.id, l.listing_id, t.subject FROM threads t JOIN thread_lines l ON l.thread_id = t.id \
    WHERE t.buyer_id = $1 AND t.state IN ('new', 'waiting_vendor', 'waiting_buyer', 'quoted')";

/// A thread that asks about the same listing already.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OpenThread {
    /// The thread.
    pub id: Uuid,
    /// The listing.
    pub listing_id: Uuid,
    /// What it is called.
    pub subject: String,
}

/// What one vendor will read.
#[derive(Clone, Debug)]
pub struct VendorPlan {
    /// The first listing, with the vendor's names.
    pub page: AskPage,
    /// Every listing.
    pub pages: Vec<AskPage>,
    /// The lines.
    pub lines: Vec<Line>,
    /// Threads that ask about one of these listings already.
    pub open: Vec<OpenThread>,
}

/// What will be sent.
#[derive(Clone, Debug)]
pub struct Plan {
    /// One thread each.
    pub vendors: Vec<VendorPlan>,
    pub(super) checked: Checked,
}

impl Plan {
    /// What every vendor reads.
    pub fn body(&self) -> &str {
        &self.checked.body
    }
}

/// Checks the form and says what each vendor will read. Writes nothing.
///
/// # Errors
/// `Invalid` by field; fields of lines are numbered from 1 as on the form: `quantity-1`.
pub async fn plan(cx: &Cx, draft: &BatchDraft) -> Result<Plan> {
    plan_in(cx, &mut cx.read().await?, draft).await
}

pub(super) async fn plan_in(cx: &Cx, db: &mut impl Handle, draft: &BatchDraft) -> Result<Plan> {
    let person = cx.actor.person();
    let mut errors = FieldErrors::new();
    if draft.items.is_empty() {
        return Err(Error::invalid("", Problem::Rule("basket.empty".into())));
    }
    if draft.items.len() > MOST_PAGES {
        return Err(Error::invalid("", Problem::TooMany { max: MOST_PAGES }));
    }
    let ids: Vec<Uuid> = draft.items.iter().map(|item| item.listing_id).collect();
    let pages = several::pages_in(db, &ids).await?;
    let open = match person {
        Some(person) => crate::fetch_all!(*db, OpenThread, OPEN_THREADS, person.id)?,
        None => Vec::new(),
    };
    let closed = match person {
        Some(person) => blocks::closed_vendors(db, person.id).await?,
        None => Vec::new(),
    };
    let mut vendors: Vec<VendorPlan> = Vec::new();
    for (number, item) in (1..).zip(&draft.items) {
        let line = check_line(cx, (number, item), &mut errors);
        let page = pages.iter().find(|page| page.id == item.listing_id && page.is_visible(cx.now()));
        let Some(page) = page else {
            errors.add(format!("quantity-{number}"), Problem::Rule("basket.gone".into()));
            continue;
        };
        if person.is_some_and(|person| person.role_in(page.vendor_id).is_some()) {
            errors.add(format!("quantity-{number}"), Problem::Rule("basket.own".into()));
        }
        if closed.contains(&page.vendor_id) {
            errors.add(format!("quantity-{number}"), Problem::Rule("basket.not_taking".into()));
        }
        let line = Line {
            slug: page.slug.clone(),
            title: cx.lang.pick(&page.title_ko, &page.title_en).into(),
            ..line
        };
        put(&mut vendors, page, line, &open);
    }
    let mut checked = ask::check_into(cx, &draft.common, person.is_none(), &mut errors);
    errors.into_result()?;
    checked.guest = checked.guest.or_else(|| ask::unconfirmed(person, draft.common.agreed));
    Ok(Plan { vendors, checked })
}

fn put(vendors: &mut Vec<VendorPlan>, page: &AskPage, line: Line, open: &[OpenThread]) {
    let already = open.iter().filter(|thread| thread.listing_id == page.id).cloned();
    if let Some(plan) = vendors.iter_mut().find(|plan| plan.page.vendor_id == page.vendor_id) {
        if plan.lines.iter().all(|known| known.listing_id != page.id) {
            plan.open.extend(already);
            plan.pages.push(page.clone());
            plan.lines.push(line);
        }
        return;
    }
    vendors.push(VendorPlan {
        page: page.clone(),
        pages: vec![page.clone()],
        open: already.collect(),
        lines: vec![line],
    });
}

fn check_line(cx: &Cx, of: (usize, &super::ItemDraft), errors: &mut FieldErrors) -> Line {
    let (number, item) = of;
    let name = |field: &str| format!("{field}-{number}");
    Line {
        listing_id: item.listing_id,
        slug: String::new(),
        title: String::new(),
        quantity: errors
            .take(name("quantity"), text::line_within(&item.quantity, 1, QUANTITY_MAX))
            .unwrap_or_default(),
        spec: errors.take(name("spec"), text::line_within(&item.spec, 0, SPEC_MAX)).unwrap_or_default(),
        target_price: errors
            .take(name("target"), text::line_within(&item.target_price, 0, TARGET_MAX))
            .unwrap_or_default(),
        due: errors.take(name("due"), due(&item.due, cx.now())).flatten(),
    }
}

fn due(typed: &str, now: Timestamp) -> Result<Option<time::Date>, Problem> {
    let clean = text::line(typed);
    if clean.is_empty() {
        return Ok(None);
    }
    let wrong = || Problem::Rule("basket.due".into());
    let day = text::day(&clean).ok_or_else(wrong)?;
    let (today, last) =
        (calendar::seoul_date(now.0), calendar::seoul_date(now.plus(DUE_MAX.saturating_mul(DAY)).0));
    if (today..=last).contains(&day) { Ok(Some(day)) } else { Err(wrong()) }
}
