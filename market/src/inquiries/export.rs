//! A thread as a file its two sides may keep: everything they can read on its page, and nothing else.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::service::ThreadView;
use super::store::Message;
use crate::time::Timestamp;

/// Moments as machines read them, in Seoul.
fn moment(at: Timestamp) -> String {
    at.to_seoul().format(&time::format_description::well_known::Rfc3339).unwrap_or_default()
}

/// The thread as JSON; amounts and times are exact.
pub fn as_json(view: &ThreadView) -> Value {
    let thread = &view.thread;
    let messages: Vec<Value> = view.messages.iter().map(|message| message_json(view, message)).collect();
    let lines: Vec<Value> = view
        .lines
        .iter()
        .map(|line| json!({ "title": line.title, "quantity": line.quantity, "spec": line.spec, "target_price": line.target_price, "due": line.due.map(|day| day.to_string()) }))
        .collect();
    json!({
        "format": "yunghap-thread-1",
        "id": thread.id,
        "subject": thread.subject,
        "state": thread.state.code(),
        "quantity": thread.quantity,
        "asked_at": moment(thread.created_at),
        "closed_at": thread.closed_at.map(moment),
        "vendor": { "name_ko": view.around.name_ko, "name_en": view.around.name_en },
        "buyer": { "name": view.around.buyer_name, "company": view.around.buyer_company, "country": view.around.buyer_country },
        "lines": lines,
        "messages": messages,
    })
}

fn message_json(view: &ThreadView, message: &Message) -> Value {
    let earlier: Vec<Value> = view
        .earlier
        .iter()
        .filter(|old| old.seq == message.seq)
        .map(|old| json!({ "body": old.body, "replaced_at": moment(old.replaced_at) }))
        .collect();
    json!({
        "seq": message.seq,
        "side": message.side.code(),
        "kind": message.kind.code(),
        "at": moment(message.created_at),
        "body": message.body,
        "language": message.lang.map(crate::Lang::code),
        "reason": message.reason,
        "quoting": message.quoting,
        "automatic": message.automatic,
        "earlier": earlier,
        "quote": message.quote,
        "total": message.quote.as_ref().and_then(super::quote::Quote::total).map(crate::money::Money::plain),
    })
}

/// The thread as text: `say` puts what is no words (quotes, decisions) into the reader's language, a line each.
pub fn as_text(
    view: &ThreadView,
    say: impl Fn(&Message) -> Vec<String>,
    name: impl Fn(&Message) -> String,
) -> String {
    let mut out = format!("\u{feff}{}\r\n\r\n", view.thread.subject);
    for message in &view.messages {
        let _ = write!(out, "[{}] #{} {}\r\n", moment(message.created_at), message.seq, name(message));
        for line in say(message).iter().flat_map(|text| text.lines()).chain(message.body.lines()) {
            let _ = write!(out, "{line}\r\n");
        }
        out.push_str("\r\n");
    }
    out
}
