//! One form to several vendors: what was collected becomes one thread for each vendor, all in one transaction
//! or none. Guests confirm first, as with a single inquiry.

pub mod draft;
pub mod plan;
pub(super) mod send;
pub mod view;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::model::InquiryDraft;

pub use draft::{ConfirmedBatch, PendingBatch, confirm_batch, pending_batch};
pub use plan::{OpenThread, Plan, VendorPlan, plan};
pub use send::send;
pub use view::{BatchThread, BatchView, batch_view, open_batch};

/// One listing of the form, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemDraft {
    /// The listing.
    pub listing_id: Uuid,
    /// How much is needed, with the unit.
    pub quantity: String,
    /// What it has to be like; may stay empty.
    pub spec: String,
    /// What they hope to pay; may stay empty.
    pub target_price: String,
    /// The day it is needed, `YYYY-MM-DD`; may stay empty.
    pub due: String,
}

/// The whole form as typed: what all vendors read, and a line for each listing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchDraft {
    /// What all vendors read; guests also say who they are. Its quantity stays empty.
    pub common: InquiryDraft,
    /// The listings.
    pub items: Vec<ItemDraft>,
}

/// What became of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchOutcome {
    /// It is with the vendors.
    Sent(Uuid),
    /// A mail waits for the guest's confirmation; the vendors know nothing yet.
    ConfirmationSent,
}
