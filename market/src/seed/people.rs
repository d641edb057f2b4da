//! The demo sign-ins, one for each role, and the invented buyers.

use uuid::Uuid;

use super::{days_ago, sql};
use crate::accounts::access::PlatformRole;
use crate::accounts::model::CONSENT_VERSION;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::Result;

/// The sign-ins of the demo.
pub(super) struct People {
    pub vendor: Uuid,
    pub manager: Uuid,
    pub staff: Uuid,
    pub vendor2: Uuid,
    pub officer: Uuid,
    pub curator: Uuid,
    /// `buyer@`, `buyer2@`, then the invented ones, in the order of [`crate::demo::buyers`].
    pub buyers: Vec<Uuid>,
}

struct Newcomer<'a> {
    email: &'a str,
    name: &'a str,
    company: &'a str,
    country: &'a str,
    english: bool,
}

pub(super) async fn write(cx: &Cx, tx: &mut Tx, hash: &str) -> Result<People> {
    let member = |email, name| Newcomer { email, name, company: "", country: "KR", english: false };
    let buyer =
        add(cx, tx, hash, &Newcomer { company: "한빛설비", ..member("buyer@demo.test", "이수진") }).await?;
    let buyer2 = add(
        cx,
        tx,
        hash,
        &Newcomer {
            company: "Northgate Supply",
            country: "GB",
            english: true,
            ..member("buyer2@demo.test", "Emma Clarke")
        },
    )
    .await?;
    let vendor = add(cx, tx, hash, &member("vendor@demo.test", "박정호")).await?;
    let manager = add(cx, tx, hash, &member("manager@demo.test", "최은영")).await?;
    let staff = add(cx, tx, hash, &member("staff@demo.test", "김도윤")).await?;
    let vendor2 = add(cx, tx, hash, &member("vendor2@demo.test", "정미란")).await?;
    let officer = add(cx, tx, hash, &member("officer@demo.test", "남궁현")).await?;
    let curator = add(cx, tx, hash, &member("curator@demo.test", "윤가람")).await?;
    let finance = add(cx, tx, hash, &member("finance@demo.test", "한지우")).await?;
    let admin = add(cx, tx, hash, &member("admin@demo.test", "서다온")).await?;
    for (person, role) in
        [(curator, PlatformRole::Curator), (finance, PlatformRole::Finance), (admin, PlatformRole::Admin)]
    {
        crate::execute!(*tx, sql::ROLE, person, role.code(), cx.now())?;
    }
    let mut customers = vec![buyer, buyer2];
    for person in crate::demo::buyers() {
        let newcomer = Newcomer {
            email: &person.email,
            name: &person.name,
            company: person.company,
            country: person.country,
            english: person.english,
        };
        customers.push(add(cx, tx, hash, &newcomer).await?);
    }
    Ok(People { vendor, manager, staff, vendor2, officer, curator, buyers: customers })
}

/// The owner of an invented company: address and name.
pub(super) async fn owner(cx: &Cx, tx: &mut Tx, hash: &str, who: (&str, &str)) -> Result<Uuid> {
    add(cx, tx, hash, &Newcomer { email: who.0, name: who.1, company: "", country: "KR", english: false })
        .await
}

async fn add(cx: &Cx, tx: &mut Tx, hash: &str, person: &Newcomer<'_>) -> Result<Uuid> {
    let (id, joined) = (cx.new_id(), days_ago(cx, 120, person.email.len()));
    let company = (!person.company.is_empty()).then_some(person.company);
    let lang = if person.english { "en" } else { "ko" };
    crate::execute!(
        *tx,
        sql::PERSON,
        id,
        person.email,
        person.name,
        company,
        person.country,
        lang,
        hash,
        joined,
        true
    )?;
    for (kind, granted) in [("terms", true), ("privacy", true), ("third_party", true), ("marketing", false)] {
        crate::execute!(*tx, sql::CONSENT, cx.new_id(), id, kind, CONSENT_VERSION, granted, joined)?;
    }
    Ok(id)
}
