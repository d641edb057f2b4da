//! What a vendor is: the company, its state, what it says of itself.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::BusinessNumber;
use crate::time::Timestamp;

/// State of a company on the site (PRODUCT §4). A holiday is an overlay, not a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VendorState {
    /// Asked by the federation to join.
    Invited,
    /// Filling in the application.
    Applying,
    /// Waits for a curator.
    InReview,
    /// Returned with a reason.
    ChangesRequested,
    /// May be seen.
    Approved,
    /// Taken out of sight by a curator.
    Suspended,
    /// Gone for good.
    Closed,
    /// Refused; may apply anew.
    Rejected,
}

impl VendorState {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Invited,
        Self::Applying,
        Self::InReview,
        Self::ChangesRequested,
        Self::Approved,
        Self::Suspended,
        Self::Closed,
        Self::Rejected,
    ];

    /// The word in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Applying => "applying",
            Self::InReview => "in_review",
            Self::ChangesRequested => "changes_requested",
            Self::Approved => "approved",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
            Self::Rejected => "rejected",
        }
    }

    /// The state of a stored word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What the tax office says of the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistryState {
    /// Not asked yet, or it did not answer.
    Unknown,
    /// 계속.
    Active,
    /// 휴업.
    Paused,
    /// 폐업: listings are out of sight.
    Closed,
}

impl RegistryState {
    /// The word in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Closed => "closed",
        }
    }

    /// The state of a stored word; anything unknown is unknown.
    pub fn from_code(code: &str) -> Self {
        match code {
            "active" => Self::Active,
            "paused" => Self::Paused,
            "closed" => Self::Closed,
            _ => Self::Unknown,
        }
    }
}

/// What a company says of itself, as typed into the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VendorDraft {
    /// 사업자등록번호.
    pub business_number: String,
    /// Korean name.
    pub name_ko: String,
    /// English name.
    pub name_en: String,
    /// 대표자.
    pub representative: String,
    /// Region code.
    pub region: String,
    /// Street address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// Address for business mail.
    pub email: String,
    /// Web address.
    pub website: String,
    /// Korean introduction.
    pub intro_ko: String,
    /// English introduction.
    pub intro_en: String,
    /// Year of foundation.
    pub founded_year: String,
    /// Number of employees.
    pub employees: String,
    /// Chapter's id, or empty.
    pub chapter: String,
    /// Certificates, one a line: `name | issuer | number | valid until`.
    pub certificates: String,
}

/// A checked profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorProfile {
    /// 사업자등록번호.
    pub business_number: BusinessNumber,
    /// Korean name.
    pub name_ko: String,
    /// English name; may be empty.
    pub name_en: String,
    /// 대표자.
    pub representative: String,
    /// Region code.
    pub region: String,
    /// Street address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// Address for business mail.
    pub email: String,
    /// Web address.
    pub website: Option<String>,
    /// Korean introduction.
    pub intro_ko: String,
    /// English introduction; may be empty.
    pub intro_en: String,
    /// Year of foundation.
    pub founded_year: Option<i64>,
    /// Number of employees.
    pub employees: Option<i64>,
    /// The chapter they belong to.
    pub chapter_id: Option<Uuid>,
    /// Certificates as text.
    pub certificates: Vec<Certificate>,
}

/// A certificate as the vendor states it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "backend", derive(sqlx::FromRow))]
pub struct Certificate {
    /// What it is, e.g. ISO 9001.
    pub name: String,
    /// Who issued it.
    pub issuer: String,
    /// Its number.
    pub number: String,
    /// Last day, `YYYY-MM-DD`; none when it does not expire.
    pub valid_until: Option<String>,
}

/// The part of a profile that a curator approves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Korean name.
    pub name_ko: String,
    /// English name; may be empty.
    pub name_en: String,
    /// 대표자.
    pub representative: String,
    /// Region code.
    pub region: String,
    /// Street address.
    pub address: String,
    /// The chapter they belong to.
    pub chapter_id: Option<Uuid>,
    /// Certificates as text.
    pub certificates: Vec<Certificate>,
}

impl Identity {
    /// That of a profile.
    pub fn of(profile: &VendorProfile) -> Self {
        Self {
            name_ko: profile.name_ko.clone(),
            name_en: profile.name_en.clone(),
            representative: profile.representative.clone(),
            region: profile.region.clone(),
            address: profile.address.clone(),
            chapter_id: profile.chapter_id,
            certificates: profile.certificates.clone(),
        }
    }

    /// A profile with this identity.
    #[must_use]
    pub fn put_into(self, profile: VendorProfile) -> VendorProfile {
        VendorProfile {
            name_ko: self.name_ko,
            name_en: self.name_en,
            representative: self.representative,
            region: self.region,
            address: self.address,
            chapter_id: self.chapter_id,
            certificates: self.certificates,
            ..profile
        }
    }
}

/// An identity that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    /// What the company wants to be shown as.
    pub identity: Identity,
    /// Since when it waits.
    pub at: Timestamp,
}

/// A company with its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vendor {
    /// Identity.
    pub id: Uuid,
    /// Address on the site.
    pub slug: String,
    /// State.
    pub state: VendorState,
    /// Why it was returned, rejected or suspended.
    pub state_reason: Option<String>,
    /// What it says of itself.
    pub profile: VendorProfile,
    /// What the tax office says.
    pub registry: RegistryState,
    /// When the tax office was asked last.
    pub registry_checked_at: Option<Timestamp>,
    /// On holiday until.
    pub holiday_until: Option<Timestamp>,
    /// When it was last submitted.
    pub submitted_at: Option<Timestamp>,
    /// When it was first approved.
    pub approved_at: Option<Timestamp>,
    /// Begun.
    pub created_at: Timestamp,
    /// Counts changes, for stale edits.
    pub version: i64,
    /// What it wants to be shown as, when that waits for a curator.
    pub staged: Option<Staged>,
}

impl Vendor {
    /// The profile as its team wants it: with what still waits.
    pub fn wanted(&self) -> VendorProfile {
        match &self.staged {
            Some(staged) => staged.identity.clone().put_into(self.profile.clone()),
            None => self.profile.clone(),
        }
    }
}
