//! When somebody else was faster: both versions side by side, nothing lost; or why it cannot be done now.

use http::StatusCode;
use leptos::prelude::*;
use market::catalog::rules::RENEWABLE_DAYS;
use market::catalog::{ListingDraft, ListingId, service};
use market::{Error, ErrorKind, Lang};

use super::fields;
use super::view::shown_content;
use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::{IDEM, Submitted};
use crate::i18n::{catalog as w, problems};
use crate::page::{self, Meta};
use crate::ui::{Tone, link_button, notice};

/// Both versions of a form that was saved elsewhere meanwhile.
pub async fn compare(req: &Req, id: ListingId, form: Submitted) -> PageResult {
    let lang = req.lang();
    let editing = service::open_editor(&req.cx, id).await?;
    let theirs = shown_content(&editing);
    let mine = fields::draft_of(&form);
    let rows = differences(
        lang,
        &ListingDraft::from_content(theirs),
        &ListingDraft::from_content(&mine.read(market::catalog::Depth::Draft, theirs).0),
    );
    let address = req.href(&format!("/vendor/listings/{id}"));
    let revision = editing.pending.as_ref().map(|revision| revision.id.to_string()).unwrap_or_default();
    let act = if form.get("act") == "submit" { "submit" } else { "save" };
    let kept =
        form.0.iter().filter(|(name, _)| !matches!(name.as_str(), IDEM | "version" | "revision" | "act"));
    let kept = kept
        .map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone() /> })
        .collect::<Vec<_>>();
    let view = view! {
        <div class="page-head"><h1>{w::conflict_title(lang)}</h1><p>{w::conflict_text(lang)}</p></div>
        {table(lang, rows)}
        <form method="post" action=address.clone() class="actions">
            {kept}
            <input type="hidden" name=IDEM value=req.cx.new_id().to_string() />
            <input type="hidden" name="version" value=editing.listing.version />
            <input type="hidden" name="revision" value=revision />
            <button class="btn btn-primary" name="act" value=act>{w::conflict_keep_mine(lang)}</button>
            {link_button(&address, w::conflict_keep_theirs(lang))}
        </form>
    };
    Ok(page::render_status(
        req,
        StatusCode::CONFLICT,
        Meta::private(w::conflict_title(lang)),
        view.into_any(),
    ))
}

struct Difference {
    name: String,
    theirs: String,
    mine: String,
}

/// Fields that differ. Numbered lines are compared as a whole table.
fn differences(lang: Lang, theirs: &ListingDraft, mine: &ListingDraft) -> Vec<Difference> {
    let text = |draft: &ListingDraft| {
        let specs = draft.specs.iter().map(|row| {
            format!("{} {} {} {}", row.name_ko, row.value, row.unit, row.name_en).trim().to_owned()
        });
        let tiers = draft.tiers.iter().map(|tier| format!("{}: {}", tier.from, tier.price));
        let mut fields: Vec<(String, String)> =
            fields::pairs_of(draft).into_iter().filter(|(name, _)| !name.contains('-')).collect();
        fields.push(("specs".into(), specs.collect::<Vec<_>>().join("\n")));
        fields.push(("tiers".into(), tiers.collect::<Vec<_>>().join("\n")));
        fields
    };
    let pairs = text(theirs).into_iter().zip(text(mine));
    pairs
        .filter(|((_, theirs), (_, mine))| theirs != mine)
        .map(|((name, theirs), (_, mine))| Difference {
            name: problems::field_name(lang, &name).to_owned(),
            theirs,
            mine,
        })
        .collect()
}

fn table(lang: Lang, rows: Vec<Difference>) -> AnyView {
    if rows.is_empty() {
        return notice(Tone::Info, w::conflict_same(lang));
    }
    let shown = |text: String| if text.is_empty() { w::none_value(lang).to_owned() } else { text };
    let rows = rows.into_iter().map(|row| {
        view! { <tr><th scope="row">{row.name}</th><td class="letter">{shown(row.theirs)}</td><td class="letter">{shown(row.mine)}</td></tr> }
    });
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=w::conflict_title(lang)>
            <table class="spec grid">
                <caption class="vh">{w::conflict_title(lang)}</caption>
                <thead><tr><td></td><th scope="col">{w::conflict_theirs(lang)}</th><th scope="col">{w::conflict_mine(lang)}</th></tr></thead>
                <tbody>{rows.collect::<Vec<_>>()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A page that says why it cannot be done now, with the way back.
pub fn explain(req: &Req, id: ListingId, error: Error) -> PageResult {
    let lang = req.lang();
    let ErrorKind::Conflict(rule) = &error.kind else { return Err(PageError(error)) };
    let text = match rule.as_ref() {
        "vendor_state" => w::conflict_vendor(lang).to_owned(),
        "renewal_too_early" => w::conflict_early(lang, RENEWABLE_DAYS),
        "renewal_rate" => w::conflict_rate(lang, req.cx.settings().renewal_response_rate),
        _ => w::conflict_state(lang).to_owned(),
    };
    let address = req.href(&format!("/vendor/listings/{id}"));
    let title = crate::i18n::common::error_conflict_title(lang);
    let view = view! {
        <div class="page-head"><h1>{title}</h1></div>
        {notice(Tone::Warn, text)}
        <p class="actions">{link_button(&address, w::see_listing(lang))}</p>
    };
    Ok(page::render_status(req, StatusCode::CONFLICT, Meta::private(title), view.into_any()))
}

#[cfg(test)]
mod tests {
    use market::catalog::{ListingContent, SpecRow};

    use super::*;

    #[test]
    fn every_part_that_differs_is_named() {
        let theirs = ListingContent { title_ko: "볼트".into(), ..ListingContent::default() };
        let mine = ListingContent {
            title_ko: "너트".into(),
            specs: vec![SpecRow { name_ko: "나사".into(), value: "M8".into(), ..SpecRow::default() }],
            ..ListingContent::default()
        };
        let (theirs, mine) = (ListingDraft::from_content(&theirs), ListingDraft::from_content(&mine));
        assert!(differences(Lang::Ko, &theirs, &theirs).is_empty());
        let rows = differences(Lang::Ko, &theirs, &mine);
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["제품 이름(한국어)", "규격"]);
    }
}
