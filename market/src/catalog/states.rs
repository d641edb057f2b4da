//! States of listings and revisions, and the one function each that changes them.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Where a listing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListingState {
    /// Being written.
    Draft,
    /// Waits for a curator.
    InReview,
    /// Returned with a reason.
    ChangesRequested,
    /// Everybody may see it while its window lasts.
    Published,
    /// Taken out of sight by the federation.
    Hidden,
    /// Its window is over.
    Expired,
    /// Put away by its vendor.
    Archived,
}

/// What can happen to a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The vendor sends it to review.
    Submit,
    /// The vendor takes it back from review.
    Withdraw,
    /// A curator publishes it.
    Approve,
    /// A curator returns it with a reason.
    Return,
    /// The federation takes it out of sight.
    Hide,
    /// The federation shows it again.
    Unhide,
    /// The window ends.
    Expire,
    /// The vendor opens a new window.
    Renew,
    /// The vendor puts it away.
    Archive,
}

/// Where a staged edit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevisionState {
    /// Waits for a curator; the live version stays.
    Pending,
    /// Became the live version.
    Applied,
    /// Refused with a reason.
    Declined,
    /// Taken back or replaced by its vendor.
    Withdrawn,
}

/// What can happen to a staged edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RevisionAction {
    /// A curator makes it live.
    Apply,
    /// A curator refuses it.
    Decline,
    /// The vendor takes it back.
    Withdraw,
}

impl ListingState {
    /// Every state, in the order in which a listing meets them.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::InReview,
        Self::ChangesRequested,
        Self::Published,
        Self::Hidden,
        Self::Expired,
        Self::Archived,
    ];

    /// The word in the database and in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::ChangesRequested => "changes_requested",
            Self::Published => "published",
            Self::Hidden => "hidden",
            Self::Expired => "expired",
            Self::Archived => "archived",
        }
    }

    /// The state of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether a save changes the listing itself.
    pub const fn is_editable(self) -> bool {
        matches!(self, Self::Draft | Self::ChangesRequested)
    }

    /// Whether a save becomes a staged edit: it has been shown, so what people saw stays until a decision.
    pub const fn is_staged(self) -> bool {
        matches!(self, Self::Published | Self::Expired)
    }
}

impl RevisionState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Applied, Self::Declined, Self::Withdrawn];

    /// The word in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Applied => "applied",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 9] = [
        Self::Submit,
        Self::Withdraw,
        Self::Approve,
        Self::Return,
        Self::Hide,
        Self::Unhide,
        Self::Expire,
        Self::Renew,
        Self::Archive,
    ];

    /// The word after `listing.` in the audit log.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Withdraw => "withdraw",
            Self::Approve => "approve",
            Self::Return => "return",
            Self::Hide => "hide",
            Self::Unhide => "unhide",
            Self::Expire => "expire",
            Self::Renew => "renew",
            Self::Archive => "archive",
        }
    }
}

/// The only way the state of a listing changes.
///
/// # Errors
/// `Conflict("listing_state")` when this cannot happen to a listing in this state.
#[expect(clippy::match_same_arms, reason = "a table with one line per action")]
pub fn transition(state: ListingState, action: Action) -> Result<ListingState> {
    use ListingState as S;
    match (action, state) {
        (Action::Submit, S::Draft | S::ChangesRequested) => Ok(S::InReview),
        (Action::Withdraw, S::InReview) => Ok(S::Draft),
        (Action::Approve, S::InReview) => Ok(S::Published),
        (Action::Return, S::InReview) => Ok(S::ChangesRequested),
        (Action::Hide, S::Published) => Ok(S::Hidden),
        (Action::Unhide, S::Hidden) => Ok(S::Published),
        (Action::Expire, S::Published) => Ok(S::Expired),
        (Action::Renew, S::Published | S::Expired) => Ok(S::Published),
        (Action::Archive, S::Draft | S::ChangesRequested | S::Published | S::Expired) => Ok(S::Archived),
        _ => Err(Error::conflict("listing_state")),
    }
}

/// The only way the state of a staged edit changes.
///
/// # Errors
/// `Conflict("revision_state")` when it was decided before.
pub fn transition_revision(state: RevisionState, action: RevisionAction) -> Result<RevisionState> {
    if state != RevisionState::Pending {
        return Err(Error::conflict("revision_state"));
    }
    Ok(match action {
        RevisionAction::Apply => RevisionState::Applied,
        RevisionAction::Decline => RevisionState::Declined,
        RevisionAction::Withdraw => RevisionState::Withdrawn,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole table: everything not named here is refused.
    #[test]
    fn every_pair_of_state_and_action_is_decided() {
        let allowed = [
            "draft submit in_review",
            "changes_requested submit in_review",
            "in_review withdraw draft",
            "in_review approve published",
            "in_review return changes_requested",
            "published hide hidden",
            "hidden unhide published",
            "published expire expired",
            "published renew published",
            "expired renew published",
            "draft archive archived",
            "changes_requested archive archived",
            "published archive archived",
            "expired archive archived",
        ];
        let mut seen = 0;
        for state in ListingState::ALL {
            for action in Action::ALL {
                let start = format!("{} {} ", state.code(), action.code());
                let expected = allowed
                    .iter()
                    .find_map(|line| line.strip_prefix(start.as_str()))
                    .and_then(ListingState::from_code);
                assert_eq!(transition(state, action).ok(), expected, "{start}");
                seen += usize::from(expected.is_some());
            }
        }
        assert_eq!(seen, allowed.len());
    }

    #[test]
    fn a_revision_is_decided_once() {
        for action in [RevisionAction::Apply, RevisionAction::Decline, RevisionAction::Withdraw] {
            assert!(transition_revision(RevisionState::Pending, action).is_ok());
            for decided in [RevisionState::Applied, RevisionState::Declined, RevisionState::Withdrawn] {
                assert!(transition_revision(decided, action).is_err());
            }
        }
    }

    #[test]
    fn words_come_back() {
        assert!(
            ListingState::ALL.into_iter().all(|state| ListingState::from_code(state.code()) == Some(state))
        );
        assert!(
            RevisionState::ALL.into_iter().all(|state| RevisionState::from_code(state.code()) == Some(state))
        );
    }
}
