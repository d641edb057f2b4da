//! The files under a message.

use leptos::prelude::*;
use market::Lang;
use market::files::{AttachedFile, Scan};
use uuid::Uuid;

use crate::i18n::files as w;
use crate::ui::icon;

/// Kind, size, pages.
pub fn facts(lang: Lang, file: &AttachedFile) -> String {
    let pages = file.pages.map(|pages| format!(" · {}", w::pages(lang, pages))).unwrap_or_default();
    format!("{} · {}{pages}", file.kind.label(), size(file.bytes))
}

/// `830 kB`, `1.4 MB`.
fn size(bytes: i64) -> String {
    if bytes < 1_000_000 {
        return format!("{} kB", (bytes + 999) / 1000);
    }
    let tenths = (bytes + 50_000) / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

/// The files of a message; `files_at` is the path of their addresses.
pub fn of_message(lang: Lang, files: &[AttachedFile], message: Uuid, files_at: &str) -> Option<AnyView> {
    of_all(lang, files.iter().filter(|file| file.message_id == Some(message)), files_at)
}

/// All of some files, each with its address.
pub fn of_all<'a>(
    lang: Lang,
    files: impl Iterator<Item = &'a AttachedFile>,
    files_at: &str,
) -> Option<AnyView> {
    let items = files.map(|file| item(lang, file, files_at)).collect::<Vec<_>>();
    (!items.is_empty())
        .then(|| view! { <ul class="attached" aria-label=w::attached(lang)>{items}</ul> }.into_any())
}

fn item(lang: Lang, file: &AttachedFile, files_at: &str) -> AnyView {
    let href = format!("{files_at}/{}", file.id);
    let opens = file.scan.view().opens;
    let picture = file.preview.filter(|_| opens).map(|(width, height)| {
        let src = format!("{href}/preview");
        view! { <img src=src alt="" width=width height=height loading="lazy" /> }
    });
    let name = if file.scan == Scan::Infected {
        view! { <span>{file.name.clone()}</span> }.into_any()
    } else {
        view! { <a href=href.clone() download>{icon("download")}{file.name.clone()}</a> }.into_any()
    };
    let macros = file.active.then(|| view! { " "<span class="tag tag-warn">{w::macros(lang)}</span> });
    let scan = match file.scan {
        Scan::Off => Some(("tag", w::scan_off(lang))),
        Scan::Waiting => Some(("tag tag-warn", w::scan_waiting(lang))),
        Scan::Infected => Some(("tag tag-danger", w::scan_infected(lang))),
        Scan::Clean => None,
    };
    let scan = scan.map(|(class, text)| view! { " "<span class=class>{text}</span> });
    view! {
        <li class="file">
            {picture}
            <div>{name}<p class="small mute">{facts(lang, file)}{macros}{scan}</p></div>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_what_people_read_elsewhere() {
        assert_eq!(size(1), "1 kB");
        assert_eq!(size(829_400), "830 kB");
        assert_eq!(size(1_449_000), "1.4 MB");
        assert_eq!(size(20_000_000), "20.0 MB");
    }
}
