//! Pieces shared by pages: the lines of a thread, what each vendor will read.

use leptos::prelude::*;
use market::inquiries::lines::Line;
use market::inquiries::together::{Plan, VendorPlan};

use crate::context::Req;
use crate::i18n::{basket as w, files as w_files, inquiries as i};
use crate::inquiries::rest::outlook;
use crate::ui::day;

/// What is asked for, line by line.
pub fn lines(req: &Req, lines: &[Line]) -> AnyView {
    let items = lines.iter().map(|line| one(req, line)).collect::<Vec<_>>();
    view! { <ul class="lines plain mb-4" aria-label=w::items(req.lang())>{items}</ul> }.into_any()
}

fn one(req: &Req, line: &Line) -> AnyView {
    let lang = req.lang();
    let fact = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <dt>{name}</dt><dd>{value}</dd> })
    };
    let due = line.due.map(|due| day(lang, due)).unwrap_or_default();
    let href = req.href(&format!("/listings/{}", line.slug));
    view! {
        <li>
            <b><a href=href>{line.title.clone()}</a></b>
            <dl class="kv mt-1">
                {fact(i::fact_quantity(lang), line.quantity.clone())}
                {fact(w::field_spec(lang), line.spec.clone())}
                {fact(w::field_target(lang), line.target_price.clone())}
                {fact(w::field_due(lang), due)}
            </dl>
        </li>
    }
    .into_any()
}

/// What each vendor will read, with the names of the files it gets.
pub fn preview(req: &Req, plan: &Plan, files: &[String]) -> AnyView {
    letters(req, plan, (true, files))
}

/// What each vendor has to read already: no deadline of what would be sent now.
pub fn sent(req: &Req, plan: &Plan) -> AnyView {
    letters(req, plan, (false, &[]))
}

fn letters(req: &Req, plan: &Plan, (ahead, files): (bool, &[String])) -> AnyView {
    let letters = plan.vendors.iter().map(|vendor| letter(req, vendor, (plan.body(), ahead, files)));
    letters.collect::<Vec<_>>().into_any()
}

fn letter(req: &Req, vendor: &VendorPlan, (body, ahead, files): (&str, bool, &[String])) -> AnyView {
    let lang = req.lang();
    let page = &vendor.page;
    let open = (vendor.open)
        .iter()
        .map(|thread| {
            let href = req.href(&format!("/inquiries/{}", thread.id));
            view! { <p class="small"><span class="tag tag-warn">{w::already(lang)}</span>" "<a href=href>{thread.subject.clone()}</a></p> }
        })
        .collect::<Vec<_>>();
    let files = (!files.is_empty()).then(|| {
        view! { <dl class="kv mt-3"><dt>{w_files::attached(lang)}</dt><dd>{files.join(", ")}</dd></dl> }
    });
    view! {
        <section class="sec">
            <div class="rule-head"><h2 class="t-l">{lang.pick(&page.name_ko, &page.name_en).to_owned()}</h2></div>
            {ahead.then(|| view! { {outlook(req, &page.ahead())}{open} })}
            {lines(req, &vendor.lines)}
            <div class="msgs"><article class="msg mine"><p class="letter">{body.to_owned()}</p></article></div>
            {files}
        </section>
    }
    .into_any()
}
