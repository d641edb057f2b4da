//! The steps people take in a thread: one address, one question, one form each.

use leptos::prelude::*;
use market::inquiries::service::{self, ThreadView};
use market::inquiries::{DeclineDraft, DeclineReason, QuestionDraft, RejectReason, Side, ThreadState};
use market::{Cx, Lang};
use uuid::Uuid;

use crate::context::Req;
use crate::files;
use crate::files::composer::Composer;
use crate::form::{Form, Submitted};
use crate::i18n::{inquiries as w, threads as t};
use crate::inquiries::{message_parts, quote_form, quote_view};
use crate::ui::{self, Field};

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The vendor sends a quote.
    Quote,
    /// The vendor asks back.
    Ask,
    /// The vendor says no.
    Decline,
    /// Either side writes.
    Reply,
    /// The buyer takes the quote.
    Accept,
    /// The buyer does not take the quote.
    Reject,
    /// The buyer calls it off.
    Withdraw,
}

impl Step {
    /// The end of its address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Ask => "ask",
            Self::Decline => "decline",
            Self::Reply => "reply",
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Withdraw => "withdraw",
        }
    }

    /// Whether this side takes such steps.
    pub fn is_for(self, side: Side) -> bool {
        match self {
            Self::Quote | Self::Ask | Self::Decline => side == Side::Vendor,
            Self::Accept | Self::Reject | Self::Withdraw => side == Side::Buyer,
            Self::Reply => true,
        }
    }

    /// Whether its form is of use: after a quote was taken, words are all that is left.
    pub const fn is_possible_in(self, state: ThreadState) -> bool {
        state.is_open() || matches!(self, Self::Reply) && state.is_talked_in()
    }

    /// Whether files may go with it.
    pub const fn takes_files(self) -> bool {
        matches!(self, Self::Quote | Self::Ask | Self::Reply)
    }

    /// Heading of its page.
    pub const fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Quote => w::quote_title(lang),
            Self::Ask => w::ask_back_title(lang),
            Self::Decline => w::decline_title(lang),
            Self::Reply => w::reply_title(lang),
            Self::Accept => w::accept_title(lang),
            Self::Reject => w::reject_title(lang),
            Self::Withdraw => w::withdraw_title(lang),
        }
    }

    /// Whether what was typed may be kept for later.
    pub const fn keeps(self) -> bool {
        matches!(self, Self::Quote | Self::Ask | Self::Reply)
    }

    /// The field a saved reply is put into.
    pub const fn words_field(self) -> &'static str {
        if matches!(self, Self::Quote) { "note" } else { "body" }
    }

    /// Values of a fresh form: what the thread already tells need not be typed again.
    pub fn values(self, req: &Req, view: &ThreadView) -> Vec<(String, String)> {
        let pair = |name: &str, value: String| (name.to_owned(), value);
        match self {
            Self::Quote => quote_form::values(view),
            Self::Accept => vec![pair(
                "version",
                view.quote.as_ref().map(|quote| quote.version.to_string()).unwrap_or_default(),
            )],
            Self::Reply => {
                let lapsed = view.quote.as_ref().filter(|quote| !quote.holds(req.cx.now()));
                let asks = lapsed.filter(|_| req.query_value("new_quote") == "1" && view.side == Side::Buyer);
                let body = asks
                    .map(|quote| w::new_quote_please(view.thread.lang, quote.version))
                    .unwrap_or_default();
                vec![pair("quoting", req.query_value("quote")), pair("body", body)]
            }
            _ => Vec::new(),
        }
    }

    /// Takes the step with what was sent.
    ///
    /// # Errors
    /// Those of the verb.
    pub async fn take(self, cx: &Cx, thread: Uuid, sent: &Submitted) -> market::Result<()> {
        let idem = sent.idem()?;
        if self.takes_files() {
            market::files::sending::hold(cx, idem, &files::named(sent)).await?;
        }
        match self {
            Self::Quote => service::send_quote(cx, thread, &quote_form::draft(sent), idem).await,
            Self::Ask => {
                service::ask_back(cx, thread, &QuestionDraft { body: sent.text("body") }, idem).await
            }
            Self::Decline => service::decline(cx, thread, &decline_draft(sent), idem).await,
            Self::Reply => {
                service::reply_to(cx, thread, sent.get("body"), sent.get("quoting").parse().ok(), idem).await
            }
            Self::Accept => {
                service::accept(cx, thread, sent.get("version").parse().unwrap_or_default(), idem).await
            }
            Self::Reject => service::decline_quote(cx, thread, &decline_draft(sent), idem).await,
            Self::Withdraw => service::withdraw(cx, thread, idem).await,
        }
    }

    /// The form of its page, posting to `action`.
    pub fn form(self, req: &Req, view: &ThreadView, form: (&Form, &Composer), action: &str) -> AnyView {
        let (form, composer) = form;
        let lang = req.lang();
        let content = match self {
            Self::Quote => quote_form::fields(lang, view.quote.is_some(), form),
            Self::Ask => message_field(req, form, w::reply_body(lang), Some(w::ask_back_hint(lang))),
            Self::Reply => {
                let quoting = form.value("quoting").to_owned();
                let quoted = quoting.parse().ok().and_then(|seq| message_parts::excerpt(req, view, seq));
                view! { {quoted}<input type="hidden" name="quoting" value=quoting />{message_field(req, form, w::reply_body(lang), None)} }.into_any()
            }
            Self::Decline => {
                let reasons = DeclineReason::ALL
                    .iter()
                    .map(|reason| (reason.code().to_owned(), w::decline_reason(lang, *reason).to_owned()));
                view! { {reason_fields(lang, form, reasons.collect(), w::decline_note(lang))}<p class="small mute mt-2">{w::decline_hint(lang)}</p> }.into_any()
            }
            Self::Reject => {
                let reasons = RejectReason::chosen()
                    .map(|reason| (reason.code().to_owned(), reason.words(lang).to_owned()));
                reason_fields(lang, form, reasons.collect(), w::reject_note(lang))
            }
            Self::Accept => accept_fields(req, view, form),
            Self::Withdraw => view! { <p>{w::withdraw_explain(lang)}</p> }.into_any(),
        };
        let class = if self == Self::Withdraw {
            "btn btn-danger btn-wide btn-big"
        } else {
            "btn btn-primary btn-wide btn-big"
        };
        let files = self.takes_files().then(|| composer.view(req, form));
        let content = view! {
            {content}{files}<button class=format!("{class} mt-5")>{self.button(lang)}</button>
            {self.keeps().then(|| keeping(lang))}
        };
        if self.takes_files() {
            ui::form_with_files(lang, form, action, content.into_any())
        } else {
            ui::form(lang, form, action, content.into_any())
        }
    }

    const fn button(self, lang: Lang) -> &'static str {
        match self {
            Self::Quote => w::quote_send(lang),
            Self::Ask => w::ask_back_send(lang),
            Self::Decline => w::decline_send(lang),
            Self::Reply => w::reply_send(lang),
            Self::Accept => w::accept_send(lang),
            Self::Reject => w::reject_send(lang),
            Self::Withdraw => w::withdraw_send(lang),
        }
    }
}

/// Buttons that keep what was typed, after the one that sends it.
fn keeping(lang: Lang) -> AnyView {
    view! {
        <p class="line mt-3">
            <button class="btn" name="keep" value="1">{t::keep(lang)}</button>
            <button class="link-btn" name="drop" value="1">{t::keep_drop(lang)}</button>
        </p>
    }
    .into_any()
}

fn decline_draft(sent: &Submitted) -> DeclineDraft {
    DeclineDraft { reason: sent.text("reason").into(), note: sent.text("note") }
}

fn message_field(req: &Req, form: &Form, label: &str, hint: Option<&'static str>) -> AnyView {
    let lang = req.lang();
    let field = Field::area("body", label, 6).max(req.cx.settings().message_max);
    hint.map_or_else(
        || Field::area("body", label, 6).max(req.cx.settings().message_max),
        |hint| field.hint(hint),
    )
    .view(lang, form)
}

fn reason_fields(lang: Lang, form: &Form, reasons: Vec<(String, String)>, note: &'static str) -> AnyView {
    view! {
        {ui::choices(lang, form, "reason", w::reason_choose(lang), reasons)}
        {Field::area("note", note, 3).optional().max(service::NOTE_MAX).view(lang, form)}
    }
    .into_any()
}

fn accept_fields(req: &Req, view: &ThreadView, form: &Form) -> AnyView {
    let lang = req.lang();
    let version = form.value("version").to_owned();
    let vendor = lang.pick(&view.around.name_ko, &view.around.name_en).to_owned();
    let note = view.quotes.first().map(|message| message.body.clone()).filter(|note| !note.is_empty());
    view! {
        <p><b lang=ui::tongue(lang, &vendor)>{vendor.clone()}</b></p>
        {view.quote.as_ref().map(|quote| quote_view::facts(lang, &view.zone, quote, req.cx.now()))}
        {note.map(|note| view! { <p class="mt-4"><b>{w::quote_note(lang)}</b><br />{note}</p> })}
        {quote_view::difference(lang, &view.zone, &view.quotes)}
        <p class="mt-4">{w::accept_text(lang)}</p>
        <input type="hidden" name="version" value=version />
    }
    .into_any()
}
