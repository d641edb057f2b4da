//! Narrows the list of categories while its search box is typed in.

use leptos::prelude::*;
use market::Lang;

/// Watches `#category-q` and fills `#category` with what fits; an empty box brings everything back.
#[island]
pub fn CategoryFinder(
    /// Language of the page.
    lang: Lang,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| browser::start(lang));
    #[cfg(not(feature = "hydrate"))]
    let _ = lang;
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::Cell;
    use std::rc::Rc;
    use std::time::Duration;

    use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
    use leptos::task::spawn_local;
    use market::Lang;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{Element, HtmlInputElement, HtmlSelectElement, KeyboardEvent};

    use super::super::browser as b;
    use crate::i18n::catalog as w;

    const PAUSE: Duration = Duration::from_millis(250);

    pub fn start(lang: Lang) {
        let parts = (b::by_id("category-q"), b::by_id("category"), b::by_id("category-q-note"));
        let (Some(input), Some(select), Some(note)) = parts else { return };
        let (Ok(input), Ok(select)) =
            (input.dyn_into::<HtmlInputElement>(), select.dyn_into::<HtmlSelectElement>())
        else {
            return;
        };
        let everything = select.inner_html();
        let timer: Rc<Cell<Option<TimeoutHandle>>> = Rc::default();
        let asked: Rc<Cell<u32>> = Rc::default();
        b::on(&input.clone(), "keydown", |event| {
            // Enter here looks for a category and does not save the form
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|key| key.key() == "Enter") {
                event.prevent_default();
            }
        });
        let typed = input.clone();
        b::on(&input, "input", move |_| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
            asked.set(asked.get() + 1);
            let question = Question { lang, query: typed.value(), number: asked.get(), asked: asked.clone() };
            let (select, note, everything) = (select.clone(), note.clone(), everything.clone());
            let narrow =
                move || spawn_local(async move { narrow(&question, &select, &note, &everything).await });
            timer.set(set_timeout_with_handle(narrow, PAUSE).ok());
        });
    }

    /// What was typed, and whether it is still the last that was.
    struct Question {
        lang: Lang,
        query: String,
        number: u32,
        asked: Rc<Cell<u32>>,
    }

    async fn narrow(question: &Question, select: &HtmlSelectElement, note: &Element, everything: &str) {
        let lang = question.lang;
        if question.query.trim().is_empty() {
            let chosen = select.value();
            select.set_inner_html(everything);
            note.set_text_content(None);
            select.set_value(&chosen);
            return;
        }
        let url = format!("/api/categories?lang={}&q={}", lang.code(), b::encode(&question.query));
        let Ok((200, found)) = b::fetch(&url, None).await else { return };
        if question.asked.get() != question.number {
            // something else was typed meanwhile, and its answer may be there already
            return;
        }
        let found = js_sys::Array::from(&found);
        if found.length() == 0 {
            note.set_text_content(Some(w::category_not_found(lang)));
            return;
        }
        // chosen while the answer was on its way, too: looking around never takes the choice away
        let chosen = select.value();
        let label =
            select.query_selector("option:checked").ok().flatten().and_then(|kept| kept.text_content());
        select.set_inner_html("");
        add(select, "", w::category_choose(lang));
        let leaves = || found.iter().map(|leaf: JsValue| (b::text(&leaf, "code"), b::text(&leaf, "label")));
        if !chosen.is_empty() && leaves().all(|(code, _)| code != chosen) {
            add(select, &chosen, &label.unwrap_or_default());
        }
        leaves().for_each(|(code, label)| add(select, &code, &label));
        note.set_text_content(Some(&w::category_found(lang, found.length() as usize)));
        select.set_value(&chosen);
    }

    fn add(select: &HtmlSelectElement, value: &str, label: &str) {
        let option = b::document().and_then(|document| document.create_element("option").ok());
        if let Some(option) = option {
            option.set_text_content(Some(label));
            let _ = option.set_attribute("value", value);
            let _ = select.append_child(&option);
        }
    }
}
