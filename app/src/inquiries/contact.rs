//! What both sides need once a quote was taken: how to reach each other, and what comes next.

use leptos::prelude::*;
use market::inquiries::service::ThreadView;
use market::inquiries::{Side, ThreadState};

use crate::context::Req;
use crate::i18n::inquiries as w;
use crate::inquiries::parts::On;

/// The block at the top of a thread whose quote was taken.
pub fn section(req: &Req, view: &ThreadView, on: On) -> Option<AnyView> {
    if view.thread.state != ThreadState::Accepted {
        return None;
    }
    let lang = req.lang();
    let (next, rows) = if view.side == Side::Vendor {
        match &view.contact {
            None => (w::contact_gone(lang), Vec::new()),
            Some(buyer) => {
                let phone = buyer.phone.as_deref().unwrap_or_default();
                let name = [Some(buyer.name.as_str()), buyer.company.as_deref()];
                let name: Vec<&str> = name.into_iter().flatten().filter(|part| !part.is_empty()).collect();
                let rows = rows((req, on), (w::fact_buyer(lang), name.join(" · ")), (phone, &buyer.email));
                (w::contact_next_vendor(lang), rows)
            }
        }
    } else {
        let around = &view.around;
        let name = lang.pick(&around.name_ko, &around.name_en).to_owned();
        let rows = rows((req, on), (w::fact_vendor(lang), name), (&around.phone, &around.vendor_email));
        (w::contact_next_buyer(lang), rows)
    };
    let view = view! {
        <section class="sec" aria-labelledby="contact"><h2 id="contact">{w::contact_title(lang)}</h2>
            <p class="mt-2">{next}</p>
            <dl class="kv mt-3">{rows}</dl>
        </section>
    };
    Some(view.into_any())
}

/// Name, telephone and mail of the other side, as far as they are known.
fn rows(
    (req, on): (&Req, On),
    (label, name): (&'static str, String),
    (phone, mail): (&str, &str),
) -> Vec<AnyView> {
    let lang = req.lang();
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let reach = |label: &'static str, href: String, text: &str| {
        let text = text.to_owned();
        let link = match on {
            On::Page => view! { <a class="link-btn" href=href>{text.clone()}</a> }.into_any(),
            On::Record => text.clone().into_any(),
        };
        (!text.is_empty()).then(|| view! { <dt>{label}</dt><dd class="long">{link}</dd> }.into_any())
    };
    let name = view! { <dt>{label}</dt><dd>{name}</dd> }.into_any();
    let phone = reach(w::contact_phone(lang), format!("tel:{digits}"), phone);
    let mail = reach(w::contact_mail(lang), format!("mailto:{mail}"), mail);
    [Some(name), phone, mail].into_iter().flatten().collect()
}
