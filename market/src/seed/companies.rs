//! Chapters and companies: most of them in, some at every step on the way.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::people::People;
use super::{days_ago, sql};
use crate::accounts::access::VendorRole;
use crate::cx::Cx;
use crate::db::Tx;
use crate::demo::DemoVendor;
use crate::error::Result;
use crate::slug::{romanise, slug};
use crate::time::Timestamp;
use crate::vendors::{Certificate, VendorState};

/// A written company.
pub(super) struct Company {
    pub id: Uuid,
    pub state: VendorState,
    /// Who does what the company does.
    pub owner: Uuid,
}

/// Companies from this place on are not simply in: they fill the curators' inbox and the other states.
const SPECIAL: usize = 126;

fn state_of(index: usize) -> (VendorState, Option<&'static str>) {
    match index {
        SPECIAL..=131 => (VendorState::InReview, None),
        132..=134 => (
            VendorState::ChangesRequested,
            Some("사업자등록증의 대표자 이름과 적은 이름이 달라요. 확인해 주세요."),
        ),
        135 | 136 => (VendorState::Applying, None),
        137 => (VendorState::Suspended, Some("문의 열두 건에 답이 없어 노출을 멈췄습니다.")),
        138 => (VendorState::Rejected, Some("제조가 아니라 소비재 소매만 하는 것으로 확인했습니다.")),
        139 => (VendorState::Closed, Some("회사의 요청")),
        _ => (VendorState::Approved, None),
    }
}

pub(super) async fn write(
    cx: &Cx,
    tx: &mut Tx,
    (companies, people): (&[DemoVendor], &People),
    hash: &str,
) -> Result<Vec<Company>> {
    let chapters = write_chapters(cx, tx, companies).await?;
    let mut written = Vec::with_capacity(companies.len());
    for company in companies {
        let chapter = chapters.get(company.chapter_ko.as_str()).copied();
        let (id, state) = write_one(cx, tx, company, chapter).await?;
        // somebody reads the mails of every company
        let owner = match company.index {
            0 => people.vendor,
            1 => people.vendor2,
            _ => super::people::owner(cx, tx, hash, (&office(company), &company.representative_ko)).await?,
        };
        join(cx, tx, id, owner, VendorRole::Owner).await?;
        written.push(Company { id, state, owner });
    }
    if let Some(company) = written.first() {
        join(cx, tx, company.id, people.manager, VendorRole::Manager).await?;
        join(cx, tx, company.id, people.staff, VendorRole::Staff).await?;
    }
    let own_chapter = companies.first().and_then(|company| chapters.get(company.chapter_ko.as_str()));
    if let Some(chapter) = own_chapter {
        crate::execute!(*tx, sql::OFFICER, *chapter, people.officer, cx.now())?;
    }
    Ok(written)
}

async fn join(cx: &Cx, tx: &mut Tx, vendor: Uuid, person: Uuid, role: VendorRole) -> Result<()> {
    crate::execute!(*tx, crate::vendors::store::INSERT_MEMBER, vendor, person, role.code(), cx.now())?;
    Ok(())
}

/// Address of a company, and of its owner.
fn office(company: &DemoVendor) -> String {
    format!("office-{}@demo.test", company.index + 1)
}

async fn write_chapters<'a>(
    cx: &Cx,
    tx: &mut Tx,
    companies: &'a [DemoVendor],
) -> Result<BTreeMap<&'a str, Uuid>> {
    let mut chapters = BTreeMap::new();
    for company in companies {
        if chapters.contains_key(company.chapter_ko.as_str()) {
            continue;
        }
        let id = cx.new_id();
        let address = format!("{}-{}", romanise(&company.chapter_ko), chapters.len() + 1);
        crate::execute!(
            *tx,
            sql::CHAPTER,
            id,
            &address,
            &company.chapter_ko,
            &company.chapter_en,
            company.sido
        )?;
        chapters.insert(company.chapter_ko.as_str(), id);
    }
    Ok(chapters)
}

async fn write_one(
    cx: &Cx,
    tx: &mut Tx,
    company: &DemoVendor,
    chapter: Option<Uuid>,
) -> Result<(Uuid, VendorState)> {
    let (id, (state, reason)) = (cx.new_id(), state_of(company.index));
    let waiting =
        matches!(state, VendorState::InReview | VendorState::ChangesRequested | VendorState::Applying);
    let age = if waiting { i64::try_from(company.index % 6).unwrap_or(0) } else { 95 };
    let begun = days_ago(cx, age, company.index * 37);
    let submitted = (state != VendorState::Applying).then_some(begun);
    let approved: Option<Timestamp> =
        matches!(state, VendorState::Approved | VendorState::Suspended | VendorState::Closed)
            .then_some(begun);
    let email = office(company);
    crate::execute!(
        *tx,
        sql::VENDOR,
        id,
        slug(&company.name_en, id),
        &company.business_number,
        state.code(),
        reason,
        &company.name_ko,
        &company.name_en,
        &company.representative_ko,
        company.sido,
        &company.address_ko,
        &company.phone,
        &email,
        &company.intro_ko,
        &company.intro_en,
        i64::from(company.founded),
        i64::from(company.employees),
        chapter,
        cx.now(),
        submitted,
        approved,
        begun
    )?;
    let certificates: Vec<Certificate> = company
        .certificates
        .iter()
        .map(|c| Certificate {
            name: c.name_ko.into(),
            issuer: c.issuer_ko.into(),
            number: c.number.clone(),
            valid_until: Some(c.valid_until.to_string()),
        })
        .collect();
    let rows = certificates.iter().map(|certificate| (cx.new_id(), certificate)).collect();
    crate::vendors::store::replace_certificates(tx, id, rows).await?;
    Ok((id, state))
}
