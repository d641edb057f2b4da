//! Forms in which a field was filled in that no person sees. Their sender gets the same friendly page as everybody, no
//! mail goes out, and the form is kept for a look: a browser that fills in too much must not cost anybody an answer.

use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::held::{self, Held, NewHeld};
use super::model::{HeldKind, HoldReason};
use crate::accounts::access::Actor;
use crate::audit;
use crate::cx::Cx;
use crate::error::{Error, Result};
use crate::files::guests::NOBODY;
use crate::idempotency::{self, IdemKey};
use crate::inquiries::InquiryDraft;
use crate::inquiries::offered::network_mark;
use crate::inquiries::together::{self, BatchDraft};
use crate::lang::Lang;
use crate::rfqs::RfqDraft;
use crate::saved_searches::Condition;
use crate::throttle::{self, Limit};
use crate::time::HOUR;

/// Forms of one network that are kept in an hour.
const PER_NETWORK: u32 = 20;
/// Forms that are kept in an hour at all.
const PER_HOUR: u32 = 200;
/// Longest form that is kept, in bytes.
const LONGEST: usize = 40_000;

/// A form as it was sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum TrappedForm {
    /// An inquiry about one listing.
    Inquiry {
        /// The listing.
        listing: Uuid,
        /// What was typed.
        draft: InquiryDraft,
    },
    /// A basket.
    Basket {
        /// What was typed.
        draft: BatchDraft,
    },
    /// A public request.
    Rfq {
        /// What was typed.
        draft: RfqDraft,
    },
    /// A saved search.
    Alert {
        /// What somebody wants to be told about.
        condition: Condition,
        /// The address.
        email: String,
    },
    /// A sign-up; its password is not kept, so it cannot be sent on.
    SignUp {
        /// The address.
        email: String,
        /// The name.
        name: String,
    },
}

/// A form with the language of its page.
#[derive(Serialize, Deserialize)]
struct Kept {
    lang: String,
    form: TrappedForm,
}

impl TrappedForm {
    /// The words a curator reads.
    pub fn words(&self) -> &str {
        match self {
            Self::Inquiry { draft, .. } => &draft.body,
            Self::Basket { draft } => &draft.common.body,
            Self::Rfq { draft } => &draft.body,
            Self::Alert { condition, .. } => &condition.title,
            Self::SignUp { name, .. } => name,
        }
    }

    /// The address that was typed.
    pub fn email(&self) -> &str {
        match self {
            Self::Inquiry { draft, .. } => &draft.email,
            Self::Basket { draft } => &draft.common.email,
            Self::Rfq { draft } => &draft.email,
            Self::Alert { email, .. } | Self::SignUp { email, .. } => email,
        }
    }

    /// What it is, as a stable word.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Inquiry { .. } => "inquiry",
            Self::Basket { .. } => "basket",
            Self::Rfq { .. } => "rfq",
            Self::Alert { .. } => "alert",
            Self::SignUp { .. } => "sign_up",
        }
    }
}

/// Keeps a form of somebody unknown; one more than may be kept, or a very long one, is let go.
pub(crate) async fn keep(cx: &Cx, form: &TrappedForm, idem: Uuid) -> Result<()> {
    let kept = Kept { lang: cx.lang.code().to_owned(), form: form.clone() };
    let content = serde_json::to_string(&kept)?;
    if content.len() > LONGEST {
        return Ok(());
    }
    let net = cx.ip.map_or_else(String::new, network_mark);
    let limit = |bucket: String, max: u32| Limit { bucket, max, window: HOUR };
    let limits = [limit(format!("trap:net:{net}"), PER_NETWORK), limit("trap:all".into(), PER_HOUR)];
    let key = IdemKey::new("trap", idem, &content);
    let mut tx = cx.write().await?;
    if idempotency::earlier(&mut tx, &key).await.is_ok_and(|earlier| earlier.is_some())
        || throttle::hit(&mut tx, cx.now(), &limits).await.is_err()
    {
        return Ok(());
    }
    let title = if form.words().trim().is_empty() { form.email() } else { form.words() };
    let new = NewHeld {
        kind: HeldKind::Form,
        thread: None,
        sender: None,
        vendor: None,
        title,
        reasons: &[HoldReason::Trap],
        content,
    };
    let id = held::keep(cx, &mut tx, new).await?;
    // its files stay as long as it does, and go on with it
    crate::execute!(tx, held::TAKE_FILES, id, idem, NOBODY)?;
    audit::record(cx, &mut tx, "held.keep", ("held", Some(id)), json!({ "form": form.code() })).await?;
    match idempotency::keep(&mut tx, &key, "", cx.now()).await {
        Ok(()) => tx.commit().await,
        // the same form a second time: the first one is kept
        Err(_) => Ok(()),
    }
}

/// The form of something held.
///
/// # Errors
/// `Internal` for content nobody can read.
pub fn form_of(held: &Held) -> Result<TrappedForm> {
    Ok(serde_json::from_str::<Kept>(&held.content)?.form)
}

/// Sends a kept form on as if the field had been empty: its sender gets the confirmation mail.
pub(super) async fn send(cx: &Cx, held: &Held) -> Result<()> {
    let Kept { lang, form } = serde_json::from_str(&held.content)?;
    let cx = Cx { lang: Lang::from_code(&lang), ip: None, ..cx.as_actor(Actor::Visitor) };
    match form {
        TrappedForm::Inquiry { listing, mut draft } => {
            draft.trap.clear();
            crate::inquiries::service::ask(&cx, listing, &draft, held.id).await?;
        }
        TrappedForm::Basket { mut draft } => {
            draft.common.trap.clear();
            together::send(&cx, &draft, held.id).await?;
        }
        TrappedForm::Rfq { mut draft } => {
            draft.trap.clear();
            crate::rfqs::service::submit(&cx, &draft, held.id).await?;
        }
        TrappedForm::Alert { condition, email } => {
            crate::saved_searches::ask(&cx, &condition, &email, held.id).await?;
        }
        TrappedForm::SignUp { .. } => return Err(Error::conflict("held.sign_up")),
    }
    Ok(())
}
