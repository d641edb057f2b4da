//! The part of a form that takes files: plain inputs that work without script, a drop zone, pasting, progress and
//! going on after a dropped connection with it (`browser/files.js`).

use leptos::prelude::*;
use market::Cx;
use market::accounts::access::Actor;
use market::files::AttachedFile;
use market::files::{guests, sending};

use super::list;
use crate::assets;
use crate::context::Req;
use crate::form::{Form, Submitted};
use crate::i18n::{files as w, problems};
use crate::ui::icon;

/// Name of the field with the identity of a file that is here already.
pub const FILE: &str = "file";
/// Name of the field with the identity of a file that went with the form before.
pub const KEEP: &str = "keep_file";
/// Name of the inputs that send files with the form itself.
const FILES: &str = "files";
/// What the chooser of the browser offers first; what a file is, its content decides.
const ACCEPT: &str =
    "image/*,.pdf,.dwg,.dxf,.step,.stp,.doc,.docx,.docm,.xls,.xlsx,.xlsm,.ppt,.pptx,.pptm,.hwp,.hwpx";

/// What the composer of one rendering knows.
#[derive(Clone, Debug)]
pub struct Composer {
    /// Where files go.
    files_at: String,
    /// Whether a script may send files ahead: guests send theirs with the form itself.
    ahead: bool,
    /// Files that are here and wait to be sent.
    held: Vec<AttachedFile>,
}

/// Path of the files of whoever `cx` is, in the language of the page.
pub fn files_at(cx: &Cx, req: &Req) -> String {
    // through a link the address of the page itself carries the secret
    let link = matches!(*cx.actor, Actor::Link { .. });
    let mut parts = req.path.splitn(4, '/').skip(1).take(2);
    match (parts.next(), parts.next()) {
        (Some(door @ ("a" | "r" | "q")), Some(token)) if link => req.href(&format!("/{door}/{token}/files")),
        _ => req.href("/files"),
    }
}

impl Composer {
    /// For a fresh form, or one that comes back with `sent`.
    ///
    /// # Errors
    /// `Unavailable` when the database is away.
    pub async fn of(req: &Req, cx: &Cx, sent: Option<&Submitted>) -> market::Result<Self> {
        let held = match sent {
            Some(sent) => sending::waiting(cx, &super::named(sent)).await?,
            None => Vec::new(),
        };
        Ok(Self { files_at: files_at(cx, req), ahead: !guests::is_guest(cx), held })
    }

    /// For a form of a page that nothing was sent to.
    pub const fn fresh_at(files_at: String) -> Self {
        Self { files_at, ahead: true, held: Vec::new() }
    }

    /// The same for whoever asks, guests too.
    pub fn fresh_of(req: &Req) -> Self {
        let ahead = !guests::is_guest(&guests::sender(&req.cx));
        Self { files_at: req.href("/files"), ahead, held: Vec::new() }
    }

    /// The field.
    pub fn view(&self, req: &Req, form: &Form) -> AnyView {
        let lang = req.lang();
        let settings = req.cx.settings();
        let (most, max) = (settings.files_per_message, settings.file_max_bytes);
        let problem = form.problem(FILES).map(|problem| {
            view! { <p class="err" id="files-err">{icon("circle-alert")}<span>{problems::problem(lang, problem)}</span></p> }
        });
        let held = self.held.iter().map(|file| item(req, &self.files_at, file)).collect::<Vec<_>>();
        view! {
            <div class="field mt-5" role="group" aria-labelledby="files-title" data-files=self.ahead data-begin=self.files_at.clone() data-max=max.to_string()
                data-too-large=w::too_large(lang, max >> 20) data-waiting=w::sending_waiting(lang) data-progress=w::sending_progress(lang)
                data-dropped=w::sending_dropped(lang) data-failed=w::sending_failed(lang) data-unfinished=w::sending_unfinished(lang)>
                <p id="files-title"><b>{w::attach(lang)}</b>" "<span class="opt">{w::optional(lang)}</span></p>
                {problem}
                <div class="drop">
                    <label for=FILES>{w::choose(lang)}</label>
                    <input type="file" id=FILES name=FILES multiple accept=ACCEPT aria-describedby="files-hint" />
                    <label class="phone-only" for="camera">{w::camera(lang)}</label>
                    <input class="phone-only" type="file" id="camera" name=FILES accept="image/*" capture="environment" />
                    <p class="hint" id="files-hint">{w::attach_hint(lang, most, max >> 20)}</p>
                </div>
                <ul class="files" data-list aria-live="polite">{held}</ul>
                {sending(lang)}
            </div>
            {self.ahead.then(|| view! { <script type="module" nonce=req.nonce.to_string() src=assets::current().files.clone()></script> })}
        }
        .into_any()
    }
}

/// The line of a file on its way; the script fills in copies of it.
fn sending(lang: market::Lang) -> AnyView {
    view! {
        <template data-sending>
            <li>
                <span class="pic"></span>
                <div><b class="small" data-name></b><progress max="100" value="0"></progress><p class="small mute" data-note></p></div>
                <button type="button" class="link-btn" data-stop data-close=w::close(lang)>{w::stop(lang)}</button>
            </li>
        </template>
    }
    .into_any()
}

/// A file that is here and goes with the form unless its box is cleared.
pub fn item(req: &Req, files_at: &str, file: &AttachedFile) -> AnyView {
    boxed(req, files_at, (FILE, true), file)
}

/// Files that went with the form before: those whose boxes stay ticked go with it again.
pub fn before(req: &Req, files_at: &str, files: &[(AttachedFile, bool)]) -> Option<AnyView> {
    let items =
        files.iter().map(|(file, keep)| boxed(req, files_at, (KEEP, *keep), file)).collect::<Vec<_>>();
    (!items.is_empty())
        .then(|| view! { <ul class="files mt-5" aria-label=w::attached(req.lang())>{items}</ul> }.into_any())
}

fn boxed(req: &Req, files_at: &str, (name, ticked): (&'static str, bool), file: &AttachedFile) -> AnyView {
    let lang = req.lang();
    let picture = file.preview.map(|(width, height)| {
        let src = format!("{files_at}/{}/preview", file.id);
        view! { <img src=src alt="" width=width height=height /> }
    });
    view! {
        <li>
            <span class="pic">{picture}</span>
            <div>
                <label class="check"><input type="checkbox" name=name value=file.id.to_string() checked=ticked /><b class="small">{file.name.clone()}</b></label>
                <p class="small mute">{list::facts(lang, file)}</p>
            </div>
        </li>
    }
    .into_any()
}
