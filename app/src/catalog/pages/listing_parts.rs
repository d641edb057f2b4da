//! Parts of the page of a listing: gallery, terms, specification, certificates, promotion period.

use leptos::prelude::*;
use market::Lang;
use market::catalog::badges;
use market::catalog::browse::{Certificate, ListingPage, today};
use market::catalog::drawing;
use market::catalog::values::value_in;
use market::time::DAY;

use crate::context::Req;
use crate::i18n::{listing as l, search as s};
use crate::ui::{Place, alt, date, icon, image, quantity, unit};

/// Pictures side by side with thumbnails that are links; without a picture the drawing with the listing's dimensions.
pub fn gallery(lang: Lang, listing: &ListingPage) -> AnyView {
    if listing.pictures.is_empty() {
        return drawn(lang, listing);
    }
    let title = listing.title(lang);
    let large = listing
        .pictures
        .iter()
        .enumerate()
        .map(|(at, picture)| {
            let place = if at == 0 { Place::First } else { Place::Gallery };
            view! { <span class="pic pic-all" id=format!("ph{}", at + 1)>{image(picture, place, alt(lang, picture, title))}</span> }
        })
        .collect::<Vec<_>>();
    let small = (listing.pictures.len() > 1).then(|| {
        let links = listing
            .pictures
            .iter()
            .enumerate()
            .map(|(at, picture)| {
                let number = at + 1;
                view! { <li><a href=format!("#ph{number}") aria-label=l::picture_number(lang, number)><span class="pic">{image(picture, Place::Row, String::new())}</span></a></li> }
            })
            .collect::<Vec<_>>();
        view! { <ul class="thumbs" aria-label=l::pictures(lang, listing.pictures.len())>{links}</ul> }
    });
    view! { <div class="gallery" tabindex="0" role="group" aria-label=l::pictures(lang, listing.pictures.len())>{large}</div>{small} }.into_any()
}

fn drawn(lang: Lang, listing: &ListingPage) -> AnyView {
    let drawing = listing.shown_drawing();
    let mut svg = drawing::svg(&drawing);
    if lang == Lang::En {
        svg = svg.replacen(drawing.family.name_ko(), drawing.family.name_en(), 1);
    }
    view! { <div class="pic pic-draw" inner_html=svg></div><p class="small mute mt-2">{l::drawing_note(lang)}</p> }.into_any()
}

/// Smallest order and delivery.
pub fn terms(lang: Lang, listing: &ListingPage) -> Option<AnyView> {
    let moq = listing.moq.map(|moq| (s::least_order(lang), quantity(lang, moq, &listing.unit)));
    let lead = listing.lead_time_days.map(|days| (s::lead_time(lang), s::lead_days(lang, days)));
    let origin =
        (!listing.origin.is_empty()).then(|| (l::origin(lang), l::made_in(lang, &listing.origin).to_owned()));
    let terms: Vec<AnyView> = [moq, lead, origin]
        .into_iter()
        .flatten()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any())
        .collect();
    (!terms.is_empty()).then(|| view! { <dl class="facts three">{terms}</dl> }.into_any())
}

/// Two tables of half the rows each; what is unknown has no row.
pub fn specifications(lang: Lang, listing: &ListingPage) -> Option<AnyView> {
    let mut lines: Vec<AnyView> = listing
        .specs
        .iter()
        .filter(|row| !row.value.is_empty())
        .map(|row| {
            let of = (!row.unit.is_empty()).then(|| view! { <span class="u">{unit(lang, &row.unit).to_owned()}</span> });
            view! { <tr><th scope="row">{row.name(lang).to_owned()}</th><td>{value_in(lang, &row.value).to_owned()}{of}</td></tr> }.into_any()
        })
        .collect();
    let extra = [(l::hs_code(lang), hs(&listing.hs_code))].into_iter().filter(|(_, value)| !value.is_empty());
    lines.extend(
        extra.map(|(name, value)| view! { <tr><th scope="row">{name}</th><td>{value}</td></tr> }.into_any()),
    );
    if lines.is_empty() {
        return None;
    }
    let second = lines.split_off(lines.len().div_ceil(2));
    let table = |lines: Vec<AnyView>| {
        (!lines.is_empty()).then(|| view! { <table class="spec"><caption class="vh">{l::specifications(lang)}</caption><tbody>{lines}</tbody></table> })
    };
    Some(view! { <section class="sec"><h2>{l::specifications(lang)}</h2><div class="split two cols-half mt-3">{table(lines)}{table(second)}</div></section> }.into_any())
}

/// `7318152000` as customs papers write it: `7318.15-2000`.
fn hs(code: &str) -> String {
    match (code.get(..4), code.get(4..6), code.get(6..)) {
        (Some(heading), Some(sub), Some("")) => format!("{heading}.{sub}"),
        (Some(heading), Some(sub), Some(rest)) => format!("{heading}.{sub}-{rest}"),
        _ => code.to_owned(),
    }
}

/// Certificates, each a button that opens what is known about it.
pub fn evidence(req: &Req, certificates: &[Certificate]) -> Option<AnyView> {
    if certificates.is_empty() {
        return None;
    }
    let lang = req.lang();
    let today = today(req.cx.now());
    let badges = certificates
        .iter()
        .enumerate()
        .map(|(at, certificate)| badge(lang, at, certificate, &today))
        .collect::<Vec<_>>();
    let view = view! {
        <section class="sec"><h2>{l::evidence(lang)}</h2><p class="small mute mt-1 mb-3">{l::evidence_hint(lang)}</p><div class="line">{badges}</div></section>
    };
    Some(view.into_any())
}

/// A certificate as its holder wrote it; in English, a Korean name that is known is said in English.
fn certificate_name(lang: Lang, name: &str) -> &str {
    let known = if lang == Lang::En && !name.is_ascii() { badges::recognise(name) } else { None };
    known.map_or(name, |badge| badge.name(lang))
}

fn badge(lang: Lang, at: usize, certificate: &Certificate, today: &str) -> AnyView {
    let id = format!("cert-{at}");
    let (opens, closes) = (id.clone(), id.clone());
    let heading = format!("{id}-t");
    let labelled = heading.clone();
    let expired = certificate.is_expired(today);
    let class = if expired { "badge badge-out" } else { "badge" };
    let name = certificate_name(lang, &certificate.name);
    let name = if expired { format!("{name} · {}", l::expired(lang)) } else { name.to_owned() };
    let until = certificate.valid_until.clone().unwrap_or_else(|| l::no_end(lang).to_owned());
    let lines = [
        (l::issuer(lang), certificate.issuer.clone()),
        (l::number(lang), certificate.number.clone()),
        (l::valid_until(lang), until),
    ];
    let lines = lines
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(term, value)| view! { <dt>{term}</dt><dd>{value}</dd> })
        .collect::<Vec<_>>();
    view! {
        <button type="button" class=class popovertarget=opens>{icon("shield-check")}{name}</button>
        <div class="pop sheet" id=id popover="auto" role="dialog" aria-labelledby=labelled>
            <div class="sheet-top"><h3 id=heading>{l::evidence_of(lang, certificate_name(lang, &certificate.name))}</h3>
                <button type="button" class="link-btn" popovertarget=closes popovertargetaction="hide">{icon("x")}{s::close(lang)}</button></div>
            <dl class="kv">{lines}</dl>
        </div>
    }
    .into_any()
}

/// How far the free window has run.
pub fn period(req: &Req, listing: &ListingPage) -> AnyView {
    let lang = req.lang();
    let now = req.cx.now();
    let whole = listing.free_until.since(listing.published_at).max(1);
    let done = (now.since(listing.published_at).clamp(0, whole)) * 100 / whole;
    let renewable = (100 - 14 * DAY * 100 / whole).clamp(0, 100);
    let day = now.since(listing.published_at) / DAY + 1;
    let left = (listing.free_until.since(now) + DAY - 1) / DAY;
    view! {
        <section class="sec"><h2>{l::promotion(lang)}</h2>
            <div class="period">
                <div class="bar" aria-hidden="true"><svg viewBox="0 0 100 10" preserveAspectRatio="none">
                    <rect class="done" width=done height="10" /><line class="now" x1=done x2=done y1="-6" y2="16" /><line class="mark" x1=renewable x2=renewable y2="10" />
                </svg></div>
                <div class="ends"><span>{l::period_start(lang, &date(lang, listing.published_at))}</span><span>{l::period_today(lang, day)}</span><span>{l::period_end(lang, &date(lang, listing.free_until))}</span></div>
                <p class="small mt-2">{l::period_left(lang, left, req.cx.settings().renewal_response_rate)}</p>
            </div>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::hs;

    #[test]
    fn customs_codes_are_written_as_on_papers() {
        assert_eq!(hs("7318152000"), "7318.15-2000");
        assert_eq!(hs("731815"), "7318.15");
        assert_eq!((hs("7318").as_str(), hs("").as_str()), ("7318", ""));
    }
}
