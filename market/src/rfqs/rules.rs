//! The one table of a request's transitions. `docs/RFQS.md` is generated from it.

use std::fmt::Write as _;

use super::model::RfqState;
use crate::error::{Error, Result};
use RfqState as S;

/// What can happen to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The buyer hands it to the curators.
    Submit,
    /// A curator gives it back with a reason.
    Return,
    /// A curator opens it.
    Open,
    /// The last vendor who may answer has answered.
    Fill,
    /// The buyer adds days, once.
    Extend,
    /// Its days are over.
    Expire,
    /// The buyer ends it with a reason.
    Close,
    /// The federation takes it away with a reason.
    Remove,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 8] = [
        Self::Submit,
        Self::Return,
        Self::Open,
        Self::Fill,
        Self::Extend,
        Self::Expire,
        Self::Close,
        Self::Remove,
    ];

    /// The word in the audit log and in the documentation.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Return => "return",
            Self::Open => "open",
            Self::Fill => "fill",
            Self::Extend => "extend",
            Self::Expire => "expire",
            Self::Close => "close",
            Self::Remove => "remove",
        }
    }

    /// Who may do it.
    pub const fn by(self) -> &'static str {
        match self {
            Self::Submit | Self::Extend | Self::Close => "buyer",
            Self::Return | Self::Open | Self::Remove => "curator",
            Self::Fill | Self::Expire => "system",
        }
    }
}

/// What must be true besides the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Nothing.
    Always,
    /// It was not extended before.
    NotExtended,
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// State before.
    pub from: RfqState,
    /// What happens.
    pub action: Action,
    /// State after.
    pub to: RfqState,
    /// What else must be true.
    pub guard: Guard,
}

const fn line(from: RfqState, action: Action, to: RfqState) -> Transition {
    Transition { from, action, to, guard: Guard::Always }
}

/// Every allowed transition; what is not here cannot happen.
pub const TRANSITIONS: [Transition; 14] = [
    line(S::Draft, Action::Submit, S::InReview),
    line(S::Draft, Action::Close, S::Closed),
    line(S::InReview, Action::Return, S::Draft),
    line(S::InReview, Action::Open, S::Open),
    line(S::InReview, Action::Close, S::Closed),
    line(S::InReview, Action::Remove, S::Removed),
    line(S::Open, Action::Fill, S::Filled),
    Transition { from: S::Open, action: Action::Extend, to: S::Open, guard: Guard::NotExtended },
    line(S::Open, Action::Expire, S::Expired),
    line(S::Open, Action::Close, S::Closed),
    line(S::Open, Action::Remove, S::Removed),
    line(S::Filled, Action::Close, S::Closed),
    line(S::Filled, Action::Remove, S::Removed),
    line(S::Expired, Action::Close, S::Closed),
];

/// What happens to a request in `from` when somebody does `action`.
///
/// # Errors
/// `Conflict("rfq.state")` when the state does not allow it, `Conflict("rfq.extended")` the second time.
pub fn transition(from: RfqState, action: Action, extended: bool) -> Result<Transition> {
    let found = TRANSITIONS
        .into_iter()
        .find(|line| line.from == from && line.action == action)
        .ok_or_else(|| Error::conflict("rfq.state"))?;
    match found.guard {
        Guard::NotExtended if extended => Err(Error::conflict("rfq.extended")),
        _ => Ok(found),
    }
}

/// The table as it stands in the documentation.
pub fn table() -> String {
    let mut out = String::from("| from | action | by | needs | to |\n| --- | --- | --- | --- | --- |\n");
    for line in TRANSITIONS {
        let needs = if line.guard == Guard::NotExtended { "not extended before" } else { "" };
        let _ = writeln!(
            out,
            "| {} | {} | {} | {needs} | {} |",
            line.from.code(),
            line.action.code(),
            line.action.by(),
            line.to.code()
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_in_the_table_cannot_happen() {
        for &state in RfqState::ALL {
            for action in Action::ALL {
                let known =
                    TRANSITIONS.iter().filter(|line| line.from == state && line.action == action).count();
                assert!(known <= 1, "{state:?} {action:?}");
                assert_eq!(transition(state, action, false).is_ok(), known == 1);
            }
        }
        assert!(transition(S::Open, Action::Extend, true).is_err());
        for state in [S::Closed, S::Removed] {
            assert!(Action::ALL.into_iter().all(|action| transition(state, action, false).is_err()));
        }
    }

    #[test]
    fn the_documentation_says_the_same() {
        let docs = include_str!("../../../docs/RFQS.md");
        assert!(docs.contains(&table()), "docs/RFQS.md should hold:\n{}", table());
    }
}
