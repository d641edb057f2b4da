//! Rows of vendors, their certificates and teams.

use uuid::Uuid;

use super::BusinessNumber;
use super::model::{Certificate, RegistryState, Staged, Vendor, VendorProfile, VendorState};
use crate::db::{DatabaseError, Handle};
use crate::error::Result;
use crate::time::Timestamp;

/// Begins a company.
pub const INSERT: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, \
    email, website, intro_ko, intro_en, founded_year, employees, chapter_id, registry_status, created_at, updated_at, version) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'unknown', $18, $18, 1)";
/// One company.
pub const FIND: &str = "SELECT id, slug, business_number, state, state_reason, name_ko, name_en, representative, region, address, phone, \
    email, website, intro_ko, intro_en, founded_year, employees, chapter_id, registry_status, registry_checked_at, holiday_until, \
    submitted_at, approved_at, created_at, version, staged, staged_at FROM vendors WHERE id = $1";
/// Rewrites what a company says of itself; changes no row when it changed meanwhile. What the registry said of another number
/// says nothing about this one.
pub const UPDATE_PROFILE: &str = "UPDATE vendors SET business_number = $3, name_ko = $4, name_en = $5, representative = $6, region = $7, \
    address = $8, phone = $9, email = $10, website = $11, intro_ko = $12, intro_en = $13, founded_year = $14, employees = $15, \
    chapter_id = $16, updated_at = $17, version = version + 1, \
    registry_status = CASE WHEN business_number = $3 THEN registry_status ELSE 'unknown' END, \
    registry_checked_at = CASE WHEN business_number = $3 THEN registry_checked_at END WHERE id = $1 AND version = $2";
/// Moves a company to another state; changes no row when somebody was faster.
pub const SET_STATE: &str = "UPDATE vendors SET state = $3, state_reason = $4, updated_at = $5, version = version + 1, \
    submitted_at = CASE WHEN $3 = 'in_review' THEN $5 ELSE submitted_at END, \
    approved_at = CASE WHEN $3 = 'approved' AND approved_at IS NULL THEN $5 ELSE approved_at END WHERE id = $1 AND state = $2 AND version = $6";
/// Sets or ends a holiday.
pub const SET_HOLIDAY: &str =
    "UPDATE vendors SET holiday_until = $2, updated_at = $3, version = version + 1 WHERE id = $1";
/// Notes what the registry said of a number; changes no row when the company has another one by now.
pub const SET_REGISTRY: &str = "UPDATE vendors SET registry_status = $2, registry_checked_at = $3 WHERE id = $1 AND business_number = $4";
/// Companies whose registry state is asked next, the longest unasked first.
pub const DUE_FOR_REGISTRY: &str = "SELECT id, business_number, registry_status FROM vendors \
    WHERE state IN ('in_review', 'approved', 'suspended') AND (registry_checked_at IS NULL OR registry_checked_at < $1) \
    ORDER BY registry_checked_at NULLS FIRST, id LIMIT 100";
/// Certificates in order.
pub const CERTIFICATES: &str = "SELECT name, issuer, number, valid_until FROM vendor_certificates WHERE vendor_id = $1 ORDER BY position";
/// Forgets all certificates (they are rewritten as a whole).
pub const DELETE_CERTIFICATES: &str = "DELETE FROM vendor_certificates WHERE vendor_id = $1";
/// Adds a certificate.
pub const INSERT_CERTIFICATE: &str = "INSERT INTO vendor_certificates (id, vendor_id, position, name, issuer, number, valid_until) VALUES ($1, $2, $3, $4, $5, $6, $7)";
/// Adds a member of the team.
pub const INSERT_MEMBER: &str =
    "INSERT INTO vendor_members (vendor_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)";
/// The team with names and addresses.
pub const TEAM: &str = "SELECT u.id, u.name, u.email, u.lang, m.role FROM vendor_members m JOIN users u ON u.id = m.user_id \
    WHERE m.vendor_id = $1 AND u.closed_at IS NULL ORDER BY m.created_at, u.id";
/// Keeps the same person from beginning twice at once (PostgreSQL locks the row; SQLite has one writer).
pub const HOLD_PERSON: &str = "UPDATE users SET updated_at = updated_at WHERE id = $1";
/// The first company somebody owns that is not closed.
pub const BEGUN_BY: &str = "SELECT m.vendor_id FROM vendor_members m JOIN vendors v ON v.id = m.vendor_id \
    WHERE m.user_id = $1 AND m.role = 'owner' AND v.state <> 'closed' ORDER BY m.created_at, m.vendor_id LIMIT 1";
/// Every chapter.
pub const CHAPTERS: &str = "SELECT id, slug, name_ko, name_en, region FROM chapters ORDER BY name_ko";

#[derive(sqlx::FromRow)]
struct VendorRow {
    id: Uuid,
    slug: String,
    business_number: String,
    state: String,
    state_reason: Option<String>,
    name_ko: String,
    name_en: String,
    representative: String,
    region: String,
    address: String,
    phone: String,
    email: String,
    website: Option<String>,
    intro_ko: String,
    intro_en: String,
    founded_year: Option<i64>,
    employees: Option<i64>,
    chapter_id: Option<Uuid>,
    registry_status: String,
    registry_checked_at: Option<Timestamp>,
    holiday_until: Option<Timestamp>,
    submitted_at: Option<Timestamp>,
    approved_at: Option<Timestamp>,
    created_at: Timestamp,
    version: i64,
    staged: Option<String>,
    staged_at: Option<Timestamp>,
}

/// A member of a company's team.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TeamMember {
    /// The person.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Language of mails.
    pub lang: String,
    /// Role in the company.
    pub role: String,
}

/// A chapter of the federation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Chapter {
    /// Identity.
    pub id: Uuid,
    /// Address.
    pub slug: String,
    /// Korean name.
    pub name_ko: String,
    /// English name.
    pub name_en: String,
    /// Region code.
    pub region: String,
}

fn unreadable(column: &'static str, value: &str) -> DatabaseError {
    DatabaseError { table: "vendors", column, value: value.to_owned() }
}

impl VendorRow {
    fn into_vendor(self, certificates: Vec<Certificate>) -> Result<Vendor> {
        let state = VendorState::from_code(&self.state).ok_or_else(|| unreadable("state", &self.state))?;
        let staged = match self.staged.as_deref().zip(self.staged_at) {
            Some((identity, at)) => Some(Staged { identity: serde_json::from_str(identity)?, at }),
            None => None,
        };
        let business_number = BusinessNumber::parse(&self.business_number)
            .map_err(|_| unreadable("business_number", &self.business_number))?;
        Ok(Vendor {
            id: self.id,
            slug: self.slug,
            state,
            state_reason: self.state_reason,
            profile: VendorProfile {
                business_number,
                name_ko: self.name_ko,
                name_en: self.name_en,
                representative: self.representative,
                region: self.region,
                address: self.address,
                phone: self.phone,
                email: self.email,
                website: self.website,
                intro_ko: self.intro_ko,
                intro_en: self.intro_en,
                founded_year: self.founded_year,
                employees: self.employees,
                chapter_id: self.chapter_id,
                certificates,
            },
            registry: RegistryState::from_code(&self.registry_status),
            registry_checked_at: self.registry_checked_at,
            holiday_until: self.holiday_until,
            submitted_at: self.submitted_at,
            approved_at: self.approved_at,
            created_at: self.created_at,
            version: self.version,
            staged,
        })
    }
}

/// One company with its certificates.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn find(db: &mut impl Handle, id: Uuid) -> Result<Option<Vendor>> {
    let Some(row) = crate::fetch_optional!(*db, VendorRow, FIND, id)? else { return Ok(None) };
    let certificates = crate::fetch_all!(*db, Certificate, CERTIFICATES, id)?;
    row.into_vendor(certificates).map(Some)
}

/// Begins a company in `state`.
///
/// # Errors
/// A unique violation on `business_number` when a company that was handed in or let in has it.
pub async fn insert(
    db: &mut impl Handle,
    id: Uuid,
    slug: &str,
    state: VendorState,
    profile: &VendorProfile,
    now: Timestamp,
) -> Result<()> {
    let p = profile;
    crate::execute!(
        *db,
        INSERT,
        id,
        slug,
        p.business_number.digits(),
        state.code(),
        &p.name_ko,
        &p.name_en,
        &p.representative,
        &p.region,
        &p.address,
        &p.phone,
        &p.email,
        p.website.as_deref(),
        &p.intro_ko,
        &p.intro_en,
        p.founded_year,
        p.employees,
        p.chapter_id,
        now
    )?;
    Ok(())
}

/// Rewrites the profile if the company is still at `version`.
///
/// # Errors
/// A unique violation on `business_number` when both this company and another one with the number were handed in or let in.
pub async fn update_profile(
    db: &mut impl Handle,
    id: Uuid,
    version: i64,
    profile: &VendorProfile,
    now: Timestamp,
) -> Result<bool> {
    let p = profile;
    let changed = crate::execute!(
        *db,
        UPDATE_PROFILE,
        id,
        version,
        p.business_number.digits(),
        &p.name_ko,
        &p.name_en,
        &p.representative,
        &p.region,
        &p.address,
        &p.phone,
        &p.email,
        p.website.as_deref(),
        &p.intro_ko,
        &p.intro_en,
        p.founded_year,
        p.employees,
        p.chapter_id,
        now
    )?;
    Ok(changed == 1)
}

/// Rewrites all certificates.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn replace_certificates(
    db: &mut impl Handle,
    vendor_id: Uuid,
    rows: Vec<(Uuid, &Certificate)>,
) -> Result<()> {
    crate::execute!(*db, DELETE_CERTIFICATES, vendor_id)?;
    for (position, (id, c)) in (0_i64..).zip(rows) {
        crate::execute!(
            *db,
            INSERT_CERTIFICATE,
            id,
            vendor_id,
            position,
            &c.name,
            &c.issuer,
            &c.number,
            c.valid_until.as_deref()
        )?;
    }
    Ok(())
}

/// The team.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn team(db: &mut impl Handle, vendor_id: Uuid) -> Result<Vec<TeamMember>> {
    crate::fetch_all!(*db, TeamMember, TEAM, vendor_id)
}

/// Every chapter of the federation.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn chapters(db: &mut impl Handle) -> Result<Vec<Chapter>> {
    crate::fetch_all!(*db, Chapter, CHAPTERS)
}
