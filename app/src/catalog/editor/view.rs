//! The editor: one page with numbered sections, the advice beside it, the ways on at its end.

use leptos::prelude::*;
use market::Lang;
use market::catalog::draft::{DESCRIPTION_MAX, TITLE_EN_MAX, TITLE_MAX};
use market::catalog::service::Editing;
use market::catalog::{ListingContent, ListingState, completeness};

use super::parts::{self, Found};
use super::{actions, advice, pictures};
use crate::catalog::islands::DraftAutosave;
use crate::context::Req;
use crate::form::Form;
use crate::i18n::{catalog as w, problems};
use crate::ui::{self, Crumb, Field, breadcrumbs, error_line};

/// Everything the editor page needs.
pub struct Editor<'a> {
    /// The listing as stored.
    pub editing: &'a Editing,
    /// The form.
    pub form: &'a Form,
    /// What was looked for in the category picker.
    pub found: Option<Found>,
    /// A picture that was refused, in words.
    pub refused: Option<String>,
}

/// The content the form starts from: the waiting edit, or the listing itself.
pub fn shown_content(editing: &Editing) -> &ListingContent {
    editing.pending.as_ref().map_or(&editing.listing.content, |revision| &revision.content)
}

/// The page.
pub fn page(req: &Req, editor: &Editor) -> AnyView {
    let lang = req.lang();
    let listing = &editor.editing.listing;
    let title = title_of(lang, shown_content(editor.editing));
    let completeness = completeness(shown_content(editor.editing), editor.editing.images.len());
    let may_write = listing.state.is_editable() || listing.state.is_staged();
    let body = if may_write { writing(req, editor) } else { actions::reading(req, editor.editing) };
    view! {
        {breadcrumbs(lang, vec![Crumb::link(w::my_listings(lang), req.href("/vendor/listings")), Crumb::here(title.clone())])}
        {may_write.then(|| steps(lang))}
        <div class="page-head"><h1>{title}</h1></div>
        {actions::notices(req, editor.editing)}
        <div class="split">
            <div>
                {body}
                {actions::closing(req, editor.editing)}
            </div>
            {may_write.then(|| advice::block(lang, &completeness))}
        </div>
    }
    .into_any()
}

/// The title, or words for "none yet".
pub fn title_of(lang: Lang, content: &ListingContent) -> String {
    let title = content.title(lang);
    if title.is_empty() { w::untitled(lang).to_owned() } else { title.to_owned() }
}

fn steps(lang: Lang) -> AnyView {
    let names = [
        ("basics", w::step_basics(lang)),
        ("specification", w::step_specs(lang)),
        ("terms", w::step_terms(lang)),
        ("text", w::step_text(lang)),
        ("pictures", w::step_pictures(lang)),
        ("check", w::step_check(lang)),
    ];
    let items = names.map(|(id, name)| view! { <li><a href=format!("#{id}")>{name}</a></li> });
    view! { <ol class="steps" aria-label=w::steps(lang)>{items.into_iter().collect::<Vec<_>>()}</ol> }
        .into_any()
}

fn writing(req: &Req, editor: &Editor) -> AnyView {
    let lang = req.lang();
    let listing = &editor.editing.listing;
    let address = req.href(&format!("/vendor/listings/{}", listing.id));
    let revision =
        editor.editing.pending.as_ref().map(|revision| revision.id.to_string()).unwrap_or_default();
    let version = match editor.form.value("version") {
        "" => listing.version.to_string(),
        typed => typed.to_owned(),
    };
    view! {
        <form method="post" action=address id="editor" class="form" novalidate>
            {ui::error_summary(lang, editor.form)}
            {ui::on_enter("act", "save", w::save_draft(lang))}
            <input type="hidden" name="idem" value=editor.form.idem.to_string() />
            <input type="hidden" name="version" value=version />
            <input type="hidden" name="revision" value=revision />
            {basics(lang, editor)}
            {section("specification", w::step_specs(lang), parts::specs(lang, editor.form))}
            {section("terms", w::step_terms(lang), terms(lang, editor.form))}
            {section("text", w::step_text(lang), text(lang, editor.form))}
        </form>
        {pictures::section(req, editor.editing, editor.refused.as_deref())}
        {check(req, editor.editing)}
    }
    .into_any()
}

fn section(id: &'static str, title: &'static str, content: AnyView) -> AnyView {
    let heading = format!("{id}-title");
    let labelled = heading.clone();
    view! { <section class="sec" id=id aria-labelledby=labelled><h2 id=heading class="mb-3">{title}</h2>{content}</section> }.into_any()
}

fn basics(lang: Lang, editor: &Editor) -> AnyView {
    let form = editor.form;
    let content = view! {
        {Field::text("title_ko", w::title_ko(lang)).hint(w::start_hint(lang)).max(TITLE_MAX).content_lang("ko").autocomplete("off").view(lang, form)}
        {Field::text("title_en", w::title_en(lang)).optional().max(TITLE_EN_MAX).content_lang("en").autocomplete("off").view(lang, form)}
        {parts::category(lang, form, editor.found.as_ref())}
        {Field::text("part_number", w::part_number(lang)).optional().autocomplete("off").view(lang, form)}
    };
    section("basics", w::step_basics(lang), content.into_any())
}

fn terms(lang: Lang, form: &Form) -> AnyView {
    view! {
        {price_kind(lang, form)}
        {Field::number("price", w::price(lang)).optional().hint(w::price_hint(lang)).unit(w::won(lang)).autocomplete("off").view(lang, form)}
        {parts::tiers(lang, form)}
        <div class="pair mt-6">
            {Field::text("unit", w::unit(lang)).hint(w::unit_hint(lang)).autocomplete("off").view(lang, form)}
            {Field::number("moq", w::moq(lang)).optional().autocomplete("off").view(lang, form)}
        </div>
        <div class="pair mt-6">
            {Field::number("lead_time_days", w::lead_time(lang)).optional().unit(w::days(lang)).autocomplete("off").view(lang, form)}
            {Field::text("origin", w::origin(lang)).optional().autocomplete("off").view(lang, form)}
        </div>
        <div class="mt-6">{Field::text("hs_code", w::hs_code(lang)).optional().hint(w::hs_code_hint(lang)).autocomplete("off").view(lang, form)}</div>
    }
    .into_any()
}

fn price_kind(lang: Lang, form: &Form) -> AnyView {
    let kinds = [
        ("public", w::price_public(lang), w::price_public_more(lang)),
        ("tiers", w::price_tiers(lang), w::price_tiers_more(lang)),
        ("negotiable", w::price_negotiable(lang), w::price_negotiable_more(lang)),
    ];
    let chosen = match form.value("price_kind") {
        "" => "negotiable",
        kind => kind,
    };
    let boxes = kinds.into_iter().enumerate().map(|(n, (kind, label, more))| {
        let id = if n == 0 { "price_kind".to_owned() } else { format!("price_kind-{kind}") };
        view! {
            <label class="check"><input type="radio" id=id name="price_kind" value=kind checked={kind == chosen} /><span>{label}<small>{more}</small></span></label>
        }
    });
    let problem = form.problem("price_kind").map(|found| problems::problem(lang, found));
    let class = if problem.is_some() { "choices has-err" } else { "choices" };
    let problem = problem.map(|text| error_line("price_kind", text));
    view! { <fieldset class=class><legend>{w::price_kind(lang)}</legend>{problem}{boxes.collect::<Vec<_>>()}</fieldset> }.into_any()
}

fn text(lang: Lang, form: &Form) -> AnyView {
    view! {
        {Field::area("description_ko", w::description(lang), 10).hint(w::description_hint(lang)).max(DESCRIPTION_MAX).content_lang("ko").view(lang, form)}
        {Field::area("description_en", w::description_en(lang), 6).optional().max(DESCRIPTION_MAX).content_lang("en").view(lang, form)}
    }
    .into_any()
}

/// The end of the page: its buttons belong to the form above, whose fields they send.
fn check(req: &Req, editing: &Editing) -> AnyView {
    let lang = req.lang();
    let listing = &editing.listing;
    let staged = listing.state.is_staged();
    let (label, note) = if staged {
        (w::submit_edit(lang), w::edit_note(lang))
    } else {
        (w::submit(lang), w::submit_note(lang))
    };
    let preview = req.href(&format!("/vendor/listings/{}/preview", listing.id));
    let public =
        (listing.state == ListingState::Published).then(|| req.href(&format!("/listings/{}", listing.slug)));
    let content = view! {
        <p class="mute">{note}</p>
        <div class="actions">
            <button class="btn btn-primary btn-big" form="editor" name="act" value="submit">{label}</button>
            {(!staged).then(|| view! { <button class="btn btn-big" form="editor" name="act" value="save">{w::save_draft(lang)}</button> })}
            <a class="link-btn" href=preview>{w::preview(lang)}</a>
            {public.map(|href| view! { <a class="link-btn" href=href>{w::see_public(lang)}</a> })}
        </div>
        {(!staged).then(|| view! { <DraftAutosave url=format!("/api/listings/{}/autosave", listing.id) lang=lang /> })}
    };
    section("check", w::step_check(lang), content.into_any())
}
