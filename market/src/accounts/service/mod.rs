//! The verbs of accounts: joining, signing in, keeping one's own data, leaving.

mod joining;
mod leaving;
mod own;
mod passwords_new;
mod signing_in;
mod team;

pub(super) use joining::Joining;
pub use joining::{confirm_email, link_state, resend_confirmation, sign_up};
pub use leaving::{obstacles, withdraw};
pub use own::{
    change_consent, export, find_own, list_consents, list_devices, revoke_device, revoke_other_devices,
    update_profile,
};
pub use passwords_new::{change_password, request_reset, reset_password};
pub use signing_in::{sign_in, sign_out};
use team::mark_confirmed;
pub use team::{create_admin, ensure_guest, prove_guest};
