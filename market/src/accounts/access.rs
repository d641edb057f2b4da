//! Who may do what: one function, [`can`]. Ownership stands in the SQL as well; this is the first
//! door, not the only one.

use std::fmt;

use uuid::Uuid;

use crate::error::{Error, ErrorKind, Result};
use crate::words::stored_words;

stored_words! {
    /// A role in the federation's team.
    PlatformRole {
        /// Decides on vendors and listings, features them.
        Curator => "curator",
        /// Decides on listings and conversations.
        Moderator => "moderator",
        /// Everything.
        Admin => "admin",
        /// Sees money.
        Finance => "finance",
    }
}

stored_words! {
    /// A role in a company's team; a later one may do what an earlier one may.
    VendorRole {
        /// Lists and answers.
        Staff => "staff",
        /// Also edits the company's profile.
        Manager => "manager",
        /// Also decides on the team and on leaving.
        Owner => "owner",
    }
}

/// Membership of a person in a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The company.
    pub vendor_id: Uuid,
    /// The role there.
    pub role: VendorRole,
    /// Whether the company is closed for good: its records stay open, and it is no company to work for.
    pub closed: bool,
}

/// A signed-in person with everything the decisions need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Identity.
    pub id: Uuid,
    /// The session they came with.
    pub session_id: Uuid,
    /// What to call them.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Whether the address is confirmed.
    pub email_confirmed: bool,
    /// Roles in the federation's team.
    pub roles: Vec<PlatformRole>,
    /// Companies they work for.
    pub memberships: Vec<Membership>,
    /// Chapters they are an officer of.
    pub officer_of: Vec<Uuid>,
    /// Unread notifications, for the header.
    pub unread: i64,
    /// Whether they agreed to today's words about vendors (`accounts::consent`).
    pub shares: bool,
    /// Listings in the basket, for the header.
    pub collected: Vec<Uuid>,
    /// Name of the clock they go by.
    pub time_zone: Option<String>,
    /// The company whose desk they chose to see, among several.
    pub desk: Option<Uuid>,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody known.
    Visitor,
    /// Somebody signed in.
    Person(Box<Person>),
    /// The holder of a mail's link to one thread, on the vendor's or the buyer's side.
    Link {
        /// The thread it opens, and nothing else.
        thread_id: Uuid,
        /// The person the mail went to.
        user_id: Uuid,
        /// The company on whose side it is; none for the buyer's.
        vendor_id: Option<Uuid>,
    },
    /// The site itself: worker, seeding, command line.
    System,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}

impl Actor {
    /// The site itself.
    pub const fn system() -> Self {
        Self::System
    }

    /// Identity of the person behind it.
    pub fn user_id(&self) -> Option<Uuid> {
        match self {
            Self::Person(person) => Some(person.id),
            Self::Link { user_id, .. } => Some(*user_id),
            Self::Visitor | Self::System => None,
        }
    }

    /// The person, when signed in.
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Person(person) => Some(person),
            _ => None,
        }
    }

    /// The person, or `NotSignedIn`.
    ///
    /// # Errors
    /// `NotSignedIn` for everybody else.
    pub fn signed_in(&self) -> Result<&Person> {
        self.person().ok_or_else(|| Error::new(ErrorKind::NotSignedIn))
    }

    /// The word in the audit log.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Person(_) => "user",
            Self::Link { .. } => "mail_link",
            Self::System => "system",
        }
    }
}

impl Person {
    /// True with the role or as admin.
    pub fn has(&self, role: PlatformRole) -> bool {
        self.roles.contains(&role) || self.roles.contains(&PlatformRole::Admin)
    }

    /// The role in a company.
    pub fn role_in(&self, vendor_id: Uuid) -> Option<VendorRole> {
        self.memberships
            .iter()
            .find(|membership| membership.vendor_id == vendor_id)
            .map(|membership| membership.role)
    }

    /// The company whose desk they see: the one they chose, else their own one, else the first whose team they are in.
    pub fn first_vendor(&self) -> Option<Uuid> {
        self.desk.filter(|desk| self.role_in(*desk).is_some()).or_else(|| self.owned_vendor()).or_else(|| {
            let open = self.memberships.iter().find(|membership| !membership.closed);
            open.or(self.memberships.first()).map(|membership| membership.vendor_id)
        })
    }

    /// The company they own (of several the one whose desk they see); being in somebody else's team is no application of
    /// one's own, and a closed company leaves room for another one.
    pub fn owned_vendor(&self) -> Option<Uuid> {
        let owned = || {
            let own = |membership: &&Membership| membership.role == VendorRole::Owner && !membership.closed;
            self.memberships.iter().filter(own)
        };
        let chosen = owned().find(|membership| Some(membership.vendor_id) == self.desk);
        chosen.or_else(|| owned().next()).map(|membership| membership.vendor_id)
    }

    fn works_for(&self, vendor_id: Uuid, least: VendorRole) -> bool {
        self.role_in(vendor_id).is_some_and(|role| role >= least)
    }

    fn is_officer_of(&self, chapter: Option<Uuid>) -> bool {
        chapter.is_some_and(|chapter| self.officer_of.contains(&chapter))
    }
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Open the desk of the federation's team.
    OpenDesk,
    /// Approve, return, reject a vendor.
    DecideVendor,
    /// Suspend a vendor, lift a suspension, close.
    SuspendVendor,
    /// Read what waits for a decision, with everything around it.
    ReviewListing,
    /// Approve or return a listing or a revision.
    DecideListing,
    /// Take a published listing out of sight.
    HideListing,
    /// Choose what stands on the home page.
    Feature,
    /// See what was searched for in vain, and make rules of it.
    CurateSearch,
    /// Decide about what is held, and about reports.
    DecideHeld,
    /// Read somebody's personal data (recorded).
    ReadPersonalData,
    /// Read the audit log.
    ReadAudit,
    /// See money.
    ReadMoney,
    /// Keep the table of exchange rates.
    KeepRates,
    /// Give and take roles in the federation's team and offices in its chapters.
    KeepTeam,
    /// Import declared days off.
    KeepCalendar,
    /// Look at waiting and failed jobs.
    ReadMachinery,
    /// See a company's desk.
    OpenVendorDesk,
    /// Edit a company's profile.
    EditVendor,
    /// Decide on a company's team, submit its application, close it.
    OwnVendor,
    /// Create and edit listings of a company.
    EditListing,
    /// Answer inquiries of a company.
    AnswerThread,
    /// Write into a thread as the buyer.
    AskInThread,
    /// Read a thread.
    ReadThread,
}

/// What it is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// The site as a whole.
    Site,
    /// A company (or something it owns) and its chapter.
    Vendor {
        /// The company.
        vendor_id: Uuid,
        /// Its chapter.
        chapter_id: Option<Uuid>,
    },
    /// A thread between a buyer and a company.
    Thread {
        /// The thread.
        thread_id: Uuid,
        /// The company.
        vendor_id: Uuid,
        /// The buyer.
        buyer_id: Uuid,
    },
}

/// May `actor` do `verb` to `object`?
pub fn can(actor: &Actor, verb: Verb, object: Object) -> bool {
    match actor {
        Actor::System => true,
        Actor::Visitor => false,
        Actor::Link { thread_id, vendor_id, .. } => link_can(*thread_id, *vendor_id, verb, object),
        Actor::Person(person) => person_can(person, verb, object),
    }
}

fn link_can(opens: Uuid, side: Option<Uuid>, verb: Verb, object: Object) -> bool {
    let Object::Thread { thread_id, vendor_id, .. } = object else { return false };
    thread_id == opens
        && side.is_none_or(|side| side == vendor_id)
        && match verb {
            Verb::ReadThread => true,
            Verb::AnswerThread => side.is_some(),
            Verb::AskInThread => side.is_none(),
            _ => false,
        }
}

fn person_can(person: &Person, verb: Verb, object: Object) -> bool {
    match object {
        Object::Site => site_can(person, verb),
        Object::Vendor { vendor_id, chapter_id } => match verb {
            // whoever works for a company decides nothing about it, whatever else they are
            Verb::DecideListing | Verb::HideListing | Verb::DecideVendor | Verb::SuspendVendor
                if person.role_in(vendor_id).is_some() =>
            {
                false
            }
            Verb::ReviewListing | Verb::DecideListing | Verb::HideListing => {
                site_can(person, verb) || person.is_officer_of(chapter_id)
            }
            Verb::OpenVendorDesk | Verb::EditListing => person.works_for(vendor_id, VendorRole::Staff),
            Verb::EditVendor => person.works_for(vendor_id, VendorRole::Manager),
            Verb::OwnVendor => person.works_for(vendor_id, VendorRole::Owner),
            _ => site_can(person, verb),
        },
        Object::Thread { vendor_id, buyer_id, .. } => match verb {
            Verb::ReadThread => person.id == buyer_id || person.works_for(vendor_id, VendorRole::Staff),
            Verb::AskInThread => person.id == buyer_id,
            Verb::AnswerThread => person.works_for(vendor_id, VendorRole::Staff),
            _ => site_can(person, verb),
        },
    }
}

fn site_can(person: &Person, verb: Verb) -> bool {
    match verb {
        // finance sees money, which is not what waits here
        Verb::OpenDesk => {
            person.has(PlatformRole::Curator)
                || person.has(PlatformRole::Moderator)
                || !person.officer_of.is_empty()
        }
        Verb::DecideVendor | Verb::SuspendVendor | Verb::Feature | Verb::CurateSearch => {
            person.has(PlatformRole::Curator)
        }
        Verb::ReviewListing
        | Verb::DecideListing
        | Verb::HideListing
        | Verb::DecideHeld
        | Verb::ReadPersonalData => person.has(PlatformRole::Curator) || person.has(PlatformRole::Moderator),
        Verb::ReadMoney | Verb::KeepRates => person.has(PlatformRole::Finance),
        Verb::ReadAudit | Verb::KeepCalendar | Verb::ReadMachinery | Verb::KeepTeam => {
            person.has(PlatformRole::Admin)
        }
        _ => false,
    }
}

/// [`can`] as a result: `NotSignedIn` for visitors, `Forbidden` for the rest.
///
/// # Errors
/// As said.
pub fn demand(actor: &Actor, verb: Verb, object: Object) -> Result<()> {
    if can(actor, verb, object) {
        return Ok(());
    }
    Err(Error::new(if *actor == Actor::Visitor { ErrorKind::NotSignedIn } else { ErrorKind::Forbidden }))
}

/// Like [`demand`], but what is not theirs does not exist for them: `NotFound` instead of `Forbidden`.
///
/// # Errors
/// As said.
pub fn demand_own(actor: &Actor, verb: Verb, object: Object) -> Result<()> {
    demand(actor, verb, object)
        .map_err(|error| if error.kind == ErrorKind::Forbidden { ErrorKind::NotFound.into() } else { error })
}

/// Nobody decides for the federation about what they wrote, what they were asked, or what concerns a company they work for.
///
/// # Errors
/// `Conflict("desk.own_company")`.
pub fn demand_no_part(actor: &Actor, person_id: Option<Uuid>, vendor_id: Option<Uuid>) -> Result<()> {
    let Some(me) = actor.person() else { return Ok(()) };
    let works_there = vendor_id.is_some_and(|vendor| me.role_in(vendor).is_some());
    if person_id == Some(me.id) || works_there {
        return Err(Error::conflict("desk.own_company"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
