//! Why a listing is among the results, in words under its name; for curators also the parts of its score.

use leptos::prelude::*;
use market::Lang;
use market::search::Evidence;
use market::search::service::{Mark, ResultsPage};

use crate::context::Req;
use crate::i18n::{josa, search_page as p};
use market::accounts::access::{Object, Verb, can};

/// Whether the parts of scores are asked for, by somebody who may see them.
pub fn explains(req: &Req) -> bool {
    req.query_value("explain") == "1" && can(req.actor(), Verb::CurateSearch, Object::Site)
}

/// The line under the name; none where the words stand as typed.
pub fn line(req: &Req, mark: &Mark) -> Option<AnyView> {
    let lang = req.lang();
    let neighbour = (!mark.full).then(|| view! { <span class="tag">{p::nearby(lang)}</span>" " });
    let code = if mark.exact {
        Some(view! { <span class="tag tag-ok">{p::part_number_hit(lang)}</span>" " }.into_any())
    } else {
        (mark.full && mark.why.contains(&Evidence::PartNumber))
            .then(|| view! { <span class="tag">{p::part_number_part(lang)}</span>" " }.into_any())
    };
    let told = mark.why.iter().filter_map(|evidence| word(lang, *evidence)).take(2).collect::<Vec<_>>();
    let explain = mark.explain.clone().map(|parts| view! { <br /><code class="small">{parts}</code> });
    if neighbour.is_none() && code.is_none() && told.is_empty() && explain.is_none() {
        return None;
    }
    let why = (!told.is_empty()).then(|| found_by(lang, &told));
    Some(view! { <p class="small mute">{neighbour}{code}{why}{explain}</p> }.into_any())
}

/// `초성으로 찾았어요`, `같은 뜻의 말로 찾았어요`: the particle follows the sound of the last word.
fn found_by(lang: Lang, told: &[&str]) -> String {
    let told = told.join(" · ");
    match lang {
        Lang::Ko => p::found_by(lang, &josa(&told, "으로", "로")),
        Lang::En => p::found_by(lang, &told),
    }
}

/// Above the rows: straight to the one listing whose part number was typed, and to asking its maker.
pub fn direct(req: &Req, found: &ResultsPage) -> Option<AnyView> {
    let (lang, card) = (req.lang(), found.direct()?);
    let address = req.href(&format!("/listings/{}", card.slug));
    let ask = format!("{address}/ask");
    let title = lang.pick(&card.title_ko, &card.title_en).to_owned();
    let name = lang.pick(&card.vendor.name_ko, &card.vendor.name_en).to_owned();
    Some(
        view! {
            <section class="direct" aria-labelledby="direct">
                <h2 class="t-m" id="direct"><span class="tag tag-ok">{p::part_number_hit(lang)}</span>" "{title}" "<span class="mute small">{name}</span></h2>
                <p class="actions"><a class="btn" href=address>{p::direct_open(lang)}</a>" "<a class="btn" href=ask>{p::direct_ask(lang)}</a></p>
            </section>
        }
        .into_any(),
    )
}

/// Evidence worth telling: what stands there as typed needs no words.
const fn word(lang: Lang, evidence: Evidence) -> Option<&'static str> {
    Some(match evidence {
        Evidence::Literal
        | Evidence::PartNumber
        | Evidence::Compound
        | Evidence::Context
        | Evidence::Spec => return None,
        Evidence::Spelling => p::by_spelling(lang),
        Evidence::Synonym => p::by_synonym(lang),
        Evidence::Initials => p::by_initials(lang),
        Evidence::HalfTyped => p::by_half_typed(lang),
        Evidence::Keyboard => p::by_keyboard(lang),
        Evidence::Typo => p::by_typo(lang),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_follow_the_sound_of_the_last_word() {
        let said = |evidence| found_by(Lang::Ko, &[word(Lang::Ko, evidence).unwrap()]);
        assert_eq!(said(Evidence::Initials), "초성으로 찾았어요");
        assert_eq!(said(Evidence::Keyboard), "다른 자판으로 찾았어요");
        assert_eq!(said(Evidence::Synonym), "같은 뜻의 말로 찾았어요");
        assert_eq!(said(Evidence::Typo), "비슷한 글자로 찾았어요");
        assert_eq!(found_by(Lang::En, &["initial consonants"]), "Found by initial consonants");
    }
}
