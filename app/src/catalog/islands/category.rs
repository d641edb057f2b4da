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
            let (query, select, note, everything) =
                (typed.value(), select.clone(), note.clone(), everything.clone());
            let narrow =
                move || spawn_local(async move { narrow(lang, &query, &select, &note, &everything).await });
            timer.set(set_timeout_with_handle(narrow, PAUSE).ok());
        });
    }

    async fn narrow(lang: Lang, query: &str, select: &HtmlSelectElement, note: &Element, everything: &str) {
        let chosen = select.value();
        if query.trim().is_empty() {
            select.set_inner_html(everything);
            note.set_text_content(None);
        } else {
            let url = format!("/api/categories?lang={}&q={}", lang.code(), b::encode(query));
            let Ok((200, found)) = b::fetch(&url, None).await else { return };
            let found = js_sys::Array::from(&found);
            if found.length() == 0 {
                note.set_text_content(Some(w::category_not_found(lang)));
                return;
            }
            select.set_inner_html("");
            add(select, "", w::category_choose(lang));
            found
                .iter()
                .for_each(|leaf: JsValue| add(select, &b::text(&leaf, "code"), &b::text(&leaf, "label")));
            note.set_text_content(Some(&w::category_found(lang, found.length() as usize)));
        }
        select.set_value(&chosen);
        if select.value() != chosen {
            select.set_value("");
        }
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
