//! Saves the draft a moment after the last key, and says when.

use leptos::prelude::*;
use market::Lang;

/// Watches the form `#editor` and posts it to `url`; says in its place when it was saved.
#[island]
pub fn DraftAutosave(
    /// Where to.
    url: String,
    /// Language of the page.
    lang: Lang,
) -> impl IntoView {
    let message = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| browser::start(url.clone(), lang, message));
    #[cfg(not(feature = "hydrate"))]
    let _ = (url, lang);
    view! { <p class="small mute mt-3" role="status">{move || message.get()}</p> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;
    use std::time::Duration;

    use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use market::Lang;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{FormData, HtmlElement, HtmlFormElement, HtmlInputElement};

    use super::super::browser as b;
    use crate::i18n::catalog as w;

    /// Pause after the last key.
    const PAUSE: Duration = Duration::from_millis(1200);
    /// Pause after a failure.
    const RETRY: Duration = Duration::from_secs(10);
    /// Pause after being told that it was too much.
    const REST: Duration = Duration::from_mins(1);

    struct Autosave {
        url: String,
        lang: Lang,
        form: HtmlFormElement,
        message: RwSignal<String>,
        timer: Cell<Option<TimeoutHandle>>,
        busy: Cell<bool>,
        again: Cell<bool>,
        stopped: Cell<bool>,
        pressed: RefCell<Option<HtmlElement>>,
        /// What was sent and not answered: it may be stored, so it goes again as it was before anything newer.
        unanswered: RefCell<Option<String>>,
    }

    pub fn start(url: String, lang: Lang, message: RwSignal<String>) {
        let Some(form) = b::by_id("editor").and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
            return;
        };
        let autosave = Rc::new(Autosave {
            url,
            lang,
            form: form.clone(),
            message,
            timer: Cell::new(None),
            busy: Cell::new(false),
            again: Cell::new(false),
            stopped: Cell::new(false),
            pressed: RefCell::new(None),
            unanswered: RefCell::new(None),
        });
        let typed = autosave.clone();
        b::on(&form, "input", move |event| {
            // looking for a category changes nothing
            if b::around(&event, "#category-q").is_none() {
                typed.plan(PAUSE);
            }
        });
        b::on(&form, "submit", move |event| {
            autosave.cancel();
            if autosave.busy.get() {
                // the running save makes a new version: the button is pressed again when it is known
                event.prevent_default();
                *autosave.pressed.borrow_mut() = b::submitter(&event);
            } else {
                autosave.stopped.set(true);
            }
        });
    }

    impl Autosave {
        fn cancel(&self) {
            if let Some(timer) = self.timer.take() {
                timer.clear();
            }
        }

        fn plan(self: &Rc<Self>, pause: Duration) {
            self.cancel();
            if self.stopped.get() {
                return;
            }
            if self.busy.get() {
                self.again.set(true);
                return;
            }
            let this = self.clone();
            self.timer.set(
                set_timeout_with_handle(move || spawn_local(async move { this.save().await }), pause).ok(),
            );
        }

        async fn save(self: Rc<Self>) {
            self.busy.set(true);
            self.again.set(false);
            self.message.set(w::saving(self.lang).to_owned());
            let sent_again = self.unanswered.borrow().is_some();
            // no status: nobody answered
            let (status, answer) = self.send().await.unwrap_or((0, JsValue::NULL));
            self.busy.set(false);
            if matches!(status, 200..=499) {
                *self.unanswered.borrow_mut() = None;
            }
            match status {
                200 => {
                    self.saved(&answer);
                    if sent_again {
                        self.again.set(true);
                    }
                }
                400 | 402..=428 | 430..=499 => {
                    self.stopped.set(true);
                    self.say(&answer, w::save_refused(self.lang));
                }
                _ => {
                    self.say(&answer, w::save_failed(self.lang));
                    self.plan(if status == 429 { REST } else { RETRY });
                }
            }
            if let Some(button) = self.pressed.take() {
                button.click();
            } else if self.again.get() {
                self.plan(PAUSE);
            }
        }

        async fn send(&self) -> Result<(u16, JsValue), JsValue> {
            let body = match self.unanswered.take() {
                Some(body) => body,
                None => self.written()?,
            };
            *self.unanswered.borrow_mut() = Some(body.clone());
            b::fetch(&self.url, Some(("application/json", &body))).await
        }

        fn written(&self) -> Result<String, JsValue> {
            let fields = js_sys::Object::from_entries(FormData::new_with_form(&self.form)?.as_ref())?;
            js_sys::Reflect::set(&fields, &"lang".into(), &self.lang.code().into())?;
            Ok(js_sys::JSON::stringify(&fields)?.as_string().unwrap_or_default())
        }

        fn saved(&self, saved: &JsValue) {
            self.message.set(b::text(saved, "message"));
            let version = self
                .form
                .query_selector("[name=version]")
                .ok()
                .flatten()
                .and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
            if let (Some(field), Some(version)) = (version, b::number(saved, "version")) {
                field.set_value(&version.to_string());
            }
            if let Some(advice) = b::by_id("advice") {
                advice.set_inner_html(&b::text(saved, "advice"));
            }
        }

        /// The server's words for a refusal, or what is true of all of them.
        fn say(&self, answer: &JsValue, otherwise: &str) {
            self.message.set(b::said(answer, self.lang.code()).unwrap_or_else(|| otherwise.to_owned()));
        }
    }
}
