//! Demand that waits near a company, in numbers only.

use leptos::prelude::*;
use market::saved_searches::demand::Demand;

use crate::context::Req;
use crate::i18n::saved_searches as w;

/// The section of the dashboard; none where there is nothing to tell.
pub fn section(req: &Req, demand: &Demand) -> Option<AnyView> {
    if demand.people.is_none() && demand.unmet.is_empty() {
        return None;
    }
    let lang = req.lang();
    let people = demand.people.map(|people| view! { <p>{w::demand_people(lang, people)}</p> });
    let rows = demand
        .unmet
        .iter()
        .map(|(query, times)| view! { <li class="line between"><span class="grow">{query.clone()}</span><span class="small mute">{w::demand_times(lang, *times)}</span></li> })
        .collect::<Vec<_>>();
    let unmet = (!demand.unmet.is_empty()).then(|| {
        view! {
            <h3 class="t-m mt-4">{w::demand_unmet(lang)}</h3>
            <ul class="lines plain mt-2">{rows}</ul>
            <p class="small mute mt-2">{w::demand_add(lang)}</p>
        }
    });
    Some(view! { <section class="sec"><div class="sec-head"><h2>{w::demand_title(lang)}</h2></div>{people}{unmet}</section> }.into_any())
}
