//! The form of the basket: from what was typed to the draft and back.

use leptos::prelude::*;
use market::accounts::consent::is_asked;
use market::accounts::model::ConsentKind;
use market::files::AttachedFile;
use market::inquiries::InquiryDraft;
use market::inquiries::service::AskPage;
use market::inquiries::together::{BatchDraft, ItemDraft};
use uuid::Uuid;

use crate::accounts::consent::{self, Receivers, is_given};
use crate::context::Req;
use crate::files::composer::{self, Composer};
use crate::form::{Form, Submitted};
use crate::i18n::basket as w;
use crate::inquiries::form::{TRAP, example, guest_fields, trap};
use crate::inquiries::rest::outlook;
use crate::ui::{self, Field, Tone};

/// Fields of the form that stand once, and their values.
const COMMON: [&str; 6] = ["body", "email", "name", "company", "country", TRAP];

/// What was typed.
pub fn draft(sent: &Submitted) -> BatchDraft {
    let mut items = Vec::new();
    for number in 1_usize.. {
        let field = |name: &str| sent.text(&format!("{name}-{number}"));
        let Ok(listing_id) = Uuid::parse_str(&field("listing")) else { break };
        items.push(ItemDraft {
            listing_id,
            quantity: field("quantity"),
            spec: field("spec"),
            target_price: field("target"),
            due: field("due"),
        });
    }
    let common = InquiryDraft {
        body: sent.text("body"),
        email: sent.text("email"),
        name: sent.text("name"),
        company: sent.text("company"),
        country: sent.text("country"),
        agreed: is_given(sent),
        trap: sent.text(TRAP),
        ..InquiryDraft::default()
    };
    BatchDraft { common, items }
}

/// A line of the form without anything typed.
pub fn fresh_item(page: &AskPage) -> ItemDraft {
    ItemDraft { listing_id: page.id, ..ItemDraft::default() }
}

/// The draft as fields.
pub fn values(draft: &BatchDraft) -> Vec<(String, String)> {
    let mut values = Vec::new();
    for (number, item) in (1..).zip(&draft.items) {
        let mut put = |name: &str, value: &str| values.push((format!("{name}-{number}"), value.to_owned()));
        put("listing", &item.listing_id.to_string());
        put("quantity", &item.quantity);
        put("spec", &item.spec);
        put("target", &item.target_price);
        put("due", &item.due);
    }
    let common = &draft.common;
    let texts = [&common.body, &common.email, &common.name, &common.company, &common.country, &common.trap];
    values.extend(COMMON.iter().zip(texts).map(|(name, value)| ((*name).to_owned(), value.clone())));
    values.extend(common.agreed.then(|| (ConsentKind::ThirdParty.code().to_owned(), "yes".to_owned())));
    values
}

/// Everything typed and attached, in fields that are not shown: the preview sends it on.
pub fn hidden(draft: &BatchDraft, files: &[AttachedFile]) -> AnyView {
    let files = files.iter().map(|file| (composer::FILE.to_owned(), file.id.to_string()));
    values(draft)
        .into_iter()
        .chain(files)
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect::<Vec<_>>()
        .into_any()
}

/// The form: listings under their vendors, then what all of them read.
pub fn fields(
    req: &Req,
    (pages, draft): (&[AskPage], &BatchDraft),
    (form, composer): (&Form, &Composer),
) -> AnyView {
    let lang = req.lang();
    let mut vendors: Vec<Uuid> = Vec::new();
    for item in &draft.items {
        let vendor = pages.iter().find(|page| page.id == item.listing_id).map(|page| page.vendor_id);
        vendors.extend(vendor.filter(|id| !vendors.contains(id)));
    }
    let groups = vendors
        .into_iter()
        .map(|vendor| {
            let mine = (1..)
                .zip(&draft.items)
                .filter_map(|(number, item)| {
                    pages
                        .iter()
                        .find(|p| p.id == item.listing_id && p.vendor_id == vendor)
                        .map(|p| (number, p))
                })
                .collect::<Vec<_>>();
            group(req, &mine, form)
        })
        .collect::<Vec<_>>();
    view! {
        {ui::on_enter("preview", "1", w::preview(lang))}
        {groups}
        <section class="sec">
            <h2>{w::common(lang)}</h2>
            {Field::area("body", w::field_body(lang), 5).hint(w::field_body_hint(lang)).max(req.cx.settings().message_max).view(lang, form)}
            {composer.view(req, form)}
            {req.person().is_none().then(|| guest_fields(lang, form))}
            {is_asked(req.person()).then(|| consent::to_vendors(lang, form, Receivers::Chosen))}
            {trap(lang)}
            <button class="btn btn-primary btn-big btn-wide mt-5" name="preview" value="1">{w::preview(lang)}</button>
        </section>
    }
    .into_any()
}

fn group(req: &Req, mine: &[(usize, &AskPage)], form: &Form) -> Option<AnyView> {
    let lang = req.lang();
    let (_, first) = mine.first()?;
    let vendor = req.href(&format!("/vendors/{}", first.vendor_slug));
    let items = mine.iter().map(|(number, page)| item(req, *number, page, form)).collect::<Vec<_>>();
    let view = view! {
        <section class="sec">
            <div class="rule-head"><h2 class="t-l"><a href=vendor>{lang.pick(&first.name_ko, &first.name_en).to_owned()}</a></h2></div>
            {outlook(req, &first.ahead())}
            <ul class="lines">{items}</ul>
        </section>
    };
    Some(view.into_any())
}

fn item(req: &Req, number: usize, page: &AskPage, form: &Form) -> AnyView {
    let lang = req.lang();
    let title = lang.pick(&page.title_ko, &page.title_en).to_owned();
    let name = |field: &str| format!("{field}-{number}");
    let remove = w::remove_this(lang, &title);
    let gone = (!page.is_visible(req.cx.now())).then(|| ui::notice(Tone::Bad, w::gone(lang)));
    let (quantity, spec, target, due) = (name("quantity"), name("spec"), name("target"), name("due"));
    // what is said already, or wrong, is not folded away
    let open = [&spec, &target, &due]
        .iter()
        .any(|name| !form.value(name).is_empty() || form.problem(name).is_some());
    let hint = w::field_quantity_hint(lang, &example(lang, &page.unit, page.moq));
    // what is wrong is said of the product
    let form = &form.within(title.clone());
    view! {
        <li>
            <div class="line between">
                <h3 class="t-m grow"><a href=req.href(&format!("/listings/{}", page.slug))>{title}</a></h3>
                <button class="link-btn small" name="remove" value=page.id.to_string() aria-label=remove>{w::remove(lang)}</button>
            </div>
            {gone}
            <input type="hidden" name=name("listing") value=page.id.to_string() />
            {Field::text(&quantity, w::field_quantity(lang)).hint(hint).view(lang, form)}
            <details class="mt-3" open=open><summary>{w::more(lang)}</summary>
                <div class="split cols-half tight">
                    {Field::text(&spec, w::field_spec(lang)).optional().view(lang, form)}
                    {Field::text(&target, w::field_target(lang)).hint(w::field_target_hint(lang)).optional().view(lang, form)}
                    {Field::date(&due, w::field_due(lang)).optional().view(lang, form)}
                </div>
            </details>
        </li>
    }
    .into_any()
}
