//! Rules of vendors: which state follows which, and what a profile must look like.

use uuid::Uuid;

use super::BusinessNumber;
use super::model::{Certificate, VendorDraft, VendorProfile, VendorState};
use crate::error::{Error, FieldErrors, Problem, Result};
use crate::{accounts, text};

/// What can happen to a vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VendorAction {
    /// The company begins to fill in its application.
    Begin,
    /// The company asks for review.
    Submit,
    /// A curator lets it in.
    Approve,
    /// A curator returns it with a reason.
    Return,
    /// A curator refuses it with a reason.
    Reject,
    /// A refused company starts over.
    Reapply,
    /// A curator takes it out of sight.
    Suspend,
    /// A curator lifts a suspension.
    Lift,
    /// A curator closes it for good.
    Close,
    /// Its owner closes it for good, or takes its application back.
    Leave,
}

impl VendorAction {
    /// Every action.
    pub const ALL: [Self; 10] = [
        Self::Begin,
        Self::Submit,
        Self::Approve,
        Self::Return,
        Self::Reject,
        Self::Reapply,
        Self::Suspend,
        Self::Lift,
        Self::Close,
        Self::Leave,
    ];

    /// The word in the audit log, after `vendor.`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Begin => "begin",
            Self::Submit => "submit",
            Self::Approve => "approve",
            Self::Return => "return",
            Self::Reject => "reject",
            Self::Reapply => "reapply",
            Self::Suspend => "suspend",
            Self::Lift => "lift",
            Self::Close => "close",
            Self::Leave => "leave",
        }
    }

    /// Whether a reason must be given.
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Return | Self::Reject | Self::Suspend)
    }
}

/// The state after `action`. Reject is for applicants only, suspend for the approved only: neither can
/// be used as the other.
///
/// # Errors
/// `Conflict("vendor.transition")` when the action does not fit the state.
pub fn transition(state: VendorState, action: VendorAction) -> Result<VendorState> {
    use VendorAction as A;
    use VendorState as S;
    match (state, action) {
        (S::Invited, A::Begin) | (S::Rejected, A::Reapply) => Ok(S::Applying),
        (S::Applying | S::ChangesRequested, A::Submit) => Ok(S::InReview),
        (S::InReview, A::Approve) | (S::Suspended, A::Lift) => Ok(S::Approved),
        (S::InReview, A::Return) => Ok(S::ChangesRequested),
        (S::InReview, A::Reject) => Ok(S::Rejected),
        (S::Approved, A::Suspend) => Ok(S::Suspended),
        (S::Approved | S::Suspended, A::Close) => Ok(S::Closed),
        // nobody is kept here
        (S::Applying | S::InReview | S::ChangesRequested | S::Approved | S::Suspended, A::Leave) => {
            Ok(S::Closed)
        }
        _ => Err(Error::conflict("vendor.transition")),
    }
}

/// Certificates a company may state.
pub const CERTIFICATES_MAX: usize = 20;
/// Longest introduction, in characters.
pub const INTRO_MAX: usize = 2_000;
/// Longest reason a curator gives, in characters.
pub const REASON_MAX: usize = 500;

/// Checks a profile; every problem is named beside its field.
///
/// # Errors
/// `Invalid` with all problems.
pub fn validate(draft: &VendorDraft, this_year: i64) -> Result<VendorProfile> {
    let mut errors = FieldErrors::new();
    let business_number = errors.take("business_number", BusinessNumber::parse(&draft.business_number));
    let name_ko = errors.take("name_ko", text::name_within(&draft.name_ko, 2, 60));
    let name_en = errors.take("name_en", text::name_within(&draft.name_en, 0, 80));
    let representative = errors.take("representative", text::name_within(&draft.representative, 2, 40));
    let region = errors.take("region", region(&draft.region));
    let address = errors.take("address", text::line_within(&draft.address, 5, 200));
    let phone = errors.take("phone", text::telephone(&draft.phone));
    let email = errors.take("email", accounts::rules::email(&draft.email));
    let website = errors.take("website", text::web_address(&draft.website));
    let intro_ko = errors.take("intro_ko", text::block_within(&draft.intro_ko, 20, INTRO_MAX));
    let intro_en = errors.take("intro_en", text::block_within(&draft.intro_en, 0, INTRO_MAX));
    let founded_year = errors.take("founded_year", text::whole_number(&draft.founded_year, 1880, this_year));
    let employees = errors.take("employees", text::whole_number(&draft.employees, 1, 100_000));
    let chapter_id = errors.take("chapter", chapter(&draft.chapter));
    let certificates = errors.take("certificates", certificates(&draft.certificates));
    errors.into_result()?;
    let complete = || {
        Some(VendorProfile {
            business_number: business_number?,
            name_ko: name_ko?,
            name_en: name_en?,
            representative: representative?,
            region: region?,
            address: address?,
            phone: phone?,
            email: email?,
            website: website?,
            intro_ko: intro_ko?,
            intro_en: intro_en?,
            founded_year: founded_year?,
            employees: employees?,
            chapter_id: chapter_id?,
            certificates: certificates?,
        })
    };
    complete().ok_or_else(|| Error::internal("a checked profile is incomplete"))
}

fn region(code: &str) -> std::result::Result<String, Problem> {
    crate::regions::find(code).map(|sido| sido.code.to_owned()).ok_or(Problem::NotChoice)
}

fn chapter(text: &str) -> std::result::Result<Option<Uuid>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    Uuid::parse_str(text).map(Some).map_err(|_| Problem::NotChoice)
}

/// Reads certificates, one a line: `name | issuer | number | valid until`; only the name is needed.
///
/// # Errors
/// `TooMany`, or `vendor.certificate_date` for a date that is not `YYYY-MM-DD`.
pub fn certificates(input: &str) -> std::result::Result<Vec<Certificate>, Problem> {
    let clean = text::block_within(input, 0, 4_000)?;
    let lines: Vec<&str> = clean.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() > CERTIFICATES_MAX {
        return Err(Problem::TooMany { max: CERTIFICATES_MAX });
    }
    lines.into_iter().map(certificate).collect()
}

fn certificate(line: &str) -> std::result::Result<Certificate, Problem> {
    let mut parts = line.split('|').map(text::line);
    let mut next = || parts.next().unwrap_or_default();
    let (name, issuer, number, until) = (next(), next(), next(), next());
    let name = text::line_within(&name, 1, 80)?;
    let valid_until = if until.is_empty() { None } else { Some(calendar_date(&until)?) };
    Ok(Certificate {
        name,
        issuer: text::line_within(&issuer, 0, 80)?,
        number: text::line_within(&number, 0, 80)?,
        valid_until,
    })
}

fn calendar_date(input: &str) -> std::result::Result<String, Problem> {
    let dashed = input.trim_end_matches('.').replace(['.', '/'], "-").replace(' ', "");
    text::day(&dashed).map(|_| dashed).ok_or_else(|| Problem::Rule("vendor.certificate_date".into()))
}

/// Certificates as the form shows them.
pub fn certificates_as_text(certificates: &[Certificate]) -> String {
    let line = |c: &Certificate| {
        let parts = [c.name.as_str(), &c.issuer, &c.number, c.valid_until.as_deref().unwrap_or_default()];
        parts.join(" | ").trim_end_matches([' ', '|']).to_owned()
    };
    certificates.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> VendorDraft {
        VendorDraft {
            business_number: "123-45-67891".into(),
            name_ko: "가온벼리볼트".into(),
            representative: "홍길동".into(),
            region: crate::regions::all().first().unwrap().code.to_owned(),
            address: "경기도 시흥시 공단대로 1".into(),
            phone: "031-123-4567".into(),
            email: "Sales@Example.kr".into(),
            intro_ko: "냉간 압조로 볼트를 만듭니다. 작은 수량도 받습니다.".into(),
            certificates: "ISO 9001 | KAB | Q-123 | 2027.01.31\n이노비즈".into(),
            ..VendorDraft::default()
        }
    }

    #[test]
    fn a_good_profile_passes() {
        let profile = validate(&good(), 2026).unwrap();
        assert_eq!(profile.email, "sales@example.kr");
        assert_eq!(profile.certificates.len(), 2);
        assert_eq!(profile.certificates[0].valid_until.as_deref(), Some("2027-01-31"));
        assert_eq!(certificates(&certificates_as_text(&profile.certificates)).unwrap(), profile.certificates);
    }

    #[test]
    fn an_empty_form_names_every_needed_field() {
        let error = validate(&VendorDraft::default(), 2026).unwrap_err();
        let crate::ErrorKind::Invalid(errors) = error.kind else { panic!("{error}") };
        for field in [
            "business_number",
            "name_ko",
            "representative",
            "region",
            "address",
            "phone",
            "email",
            "intro_ko",
        ] {
            assert!(errors.of(field).is_some(), "{field}");
        }
        assert!(errors.of("website").is_none());
    }

    #[test]
    fn the_address_of_a_company_is_an_address_like_any_other() {
        let kept = |email: &str| {
            validate(&VendorDraft { email: email.into(), ..good() }, 2026).map(|profile| profile.email)
        };
        assert_eq!(kept("ｓａｌｅｓ＠ｅｘａｍｐｌｅ．ｋｒ").unwrap(), "sales@example.kr");
        for wrong in ["a@1.2", "a@b.c", "a@b_c.kr", "영업@example.kr"] {
            assert!(kept(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn companies_and_those_who_speak_for_them_have_names() {
        let named = |name: &str| VendorDraft {
            name_ko: name.into(),
            name_en: name.into(),
            representative: name.into(),
            ..good()
        };
        let problems = |name: &str| match validate(&named(name), 2026).unwrap_err().kind {
            crate::ErrorKind::Invalid(errors) => {
                ["name_ko", "name_en", "representative"].map(|field| errors.of(field).cloned())
            }
            other => panic!("{other:?}"),
        };
        let letters = Some(Problem::Rule("name.letters".into()));
        assert_eq!(problems("--"), [letters.clone(), letters.clone(), letters]);
        assert_eq!(problems("\u{3164}\u{3164}"), [Some(Problem::Required), None, Some(Problem::Required)]);
    }

    #[test]
    fn rejecting_is_not_suspending() {
        assert!(transition(VendorState::Approved, VendorAction::Reject).is_err());
        assert!(transition(VendorState::InReview, VendorAction::Suspend).is_err());
        assert_eq!(transition(VendorState::Rejected, VendorAction::Reapply).unwrap(), VendorState::Applying);
        let allowed = VendorState::ALL
            .iter()
            .flat_map(|s| VendorAction::ALL.map(|a| transition(*s, a)))
            .flatten()
            .count();
        assert_eq!(allowed, 16, "a new way between states needs a decision, not an accident");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_answered(input in ".{0,300}") {
            let draft = VendorDraft { name_ko: input.clone(), email: input.clone(), website: input.clone(), certificates: input.clone(), business_number: input.clone(), founded_year: input.clone(), ..good() };
            let _ = validate(&draft, 2026);
        }
    }
}
