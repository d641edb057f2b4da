//! Uploads pictures one after the other with progress, time left and a way to stop; moves and removes
//! them without leaving the page.

use leptos::prelude::*;
use market::Lang;

use crate::i18n::catalog as w;

/// One file on its way.
#[derive(Clone, Copy)]
pub struct Upload {
    key: u32,
    name: StoredValue<String>,
    percent: RwSignal<u32>,
    note: RwSignal<String>,
    failed: RwSignal<bool>,
}

/// Takes files from the form `#upload` and shows those that are on their way.
#[island]
pub fn ImageUploader(
    /// Where to.
    url: String,
    /// Language of the page.
    lang: Lang,
    /// Largest file.
    max_bytes: u32,
) -> impl IntoView {
    let uploads = RwSignal::new(Vec::<Upload>::new());
    let stop = RwSignal::new(None::<u32>);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| super::pictures::start(url.clone(), lang, max_bytes, uploads, stop));
    #[cfg(not(feature = "hydrate"))]
    let _ = (url, max_bytes);
    let items = move || uploads.get().into_iter().map(|upload| item(lang, upload, stop)).collect::<Vec<_>>();
    view! { <ul class="files" aria-live="polite">{items}</ul> }
}

fn item(lang: Lang, upload: Upload, stop: RwSignal<Option<u32>>) -> AnyView {
    let name = upload.name.get_value();
    let label = move || w::upload_progress(lang, &upload.name.get_value(), upload.percent.get());
    let button = move || if upload.failed.get() { w::upload_close(lang) } else { w::upload_stop(lang) };
    let spoken = move || format!("{}: {}", button(), upload.name.get_value());
    let class = move || if upload.failed.get() { "small err" } else { "small mute" };
    view! {
        <li>
            <span class="pic"></span>
            <div>
                <b class="small">{name}</b>
                <progress max="100" value=move || upload.percent.get() hidden=move || upload.failed.get() aria-label=label></progress>
                <p class=class>{move || upload.note.get()}</p>
            </div>
            <button type="button" class="link-btn" aria-label=spoken on:click=move |_| stop.set(Some(upload.key))>{button}</button>
        </li>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
impl Upload {
    /// A file that waits for its turn.
    pub fn waiting(key: u32, name: String) -> Self {
        Self {
            key,
            name: StoredValue::new(name),
            percent: RwSignal::new(0),
            note: RwSignal::new(String::new()),
            failed: RwSignal::new(false),
        }
    }

    /// Which one.
    pub fn key(self) -> u32 {
        self.key
    }

    /// How far, and how long still.
    pub fn progress(self, percent: u32, note: String) {
        self.percent.set(percent);
        self.note.set(note);
    }

    /// Why it was not taken.
    pub fn fail(self, why: String) {
        self.failed.set(true);
        self.note.set(why);
    }
}
