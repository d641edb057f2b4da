//! The pictures of a listing: the section of the editor and the handlers of its forms, which work without script.

use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::extract::{Multipart, Path};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::catalog::ListingId;
use market::catalog::images::{self, ALT_MAX, AddImageError, ListingImage, Move};
use market::catalog::service::{self, Editing};
use market::{Cx, ErrorKind, Lang, Problem};
use uuid::Uuid;

use super::view::{Editor, page as editor_page};
use super::{editor_form, listing_id, title_meta};
use crate::catalog::islands::ImageUploader;
use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::Submitted;
use crate::i18n::{catalog as w, media, problems};
use crate::page;
use crate::ui::{fresh_key, icon};

/// What a form with files sent, or that it was none.
pub type Files = Result<Multipart, MultipartRejection>;

/// The section. Pictures are kept at once, so their forms stand outside the editor's form.
pub fn section(req: &Req, editing: &Editing, refused: Option<&str>) -> AnyView {
    let lang = req.lang();
    let id = editing.listing.id;
    let max = req.cx.settings().images_per_listing;
    let mega = (req.cx.settings().image_max_bytes >> 20).max(1);
    let refused = refused.map(|text| view! { <p class="err" id="images-err" role="alert">{icon("circle-alert")}<span>{text.to_owned()}</span></p> });
    let class = if refused.is_some() { "sec has-err" } else { "sec" };
    view! {
        <section class=class id="pictures" aria-labelledby="pictures-title">
            <h2 id="pictures-title">{w::step_pictures(lang)}</h2>
            <p class="hint mb-3">{w::pictures_hint(lang, max, mega)}{editing.listing.state.is_staged().then(|| format!(" {}", w::pictures_live(lang)))}</p>
            {refused}
            <form method="post" action=req.href(&format!("/vendor/listings/{id}/images")) enctype="multipart/form-data" class="drop" id="upload">
                <noscript><p class="hint">{w::pictures_save_first(lang)}</p></noscript>
                <label for="images"><b>{w::pictures_choose(lang)}</b></label>
                <input type="file" id="images" name="images" multiple accept="image/jpeg,image/png,image/webp,image/gif" />
                <button class="btn">{w::pictures_upload(lang)}</button>
            </form>
            <ImageUploader url=format!("/api/listings/{id}/images") lang=lang max_bytes=u32::try_from(req.cx.settings().image_max_bytes).unwrap_or(u32::MAX) />
            <p id="picture-said" role="status"></p>
            <div id="picture-list">{list(req, id, &editing.images)}</div>
        </section>
    }
    .into_any()
}

/// The kept pictures with their buttons. Also what the interface for scripts answers with.
pub fn list(req: &Req, id: ListingId, images: &[ListingImage]) -> AnyView {
    let lang = req.lang();
    let items = images.iter().enumerate().map(|(n, image)| item(req, id, n, image)).collect::<Vec<_>>();
    view! { <ul class="files" aria-label=w::pictures_list(lang)>{items}</ul> }.into_any()
}

fn item(req: &Req, id: ListingId, n: usize, image: &ListingImage) -> AnyView {
    let lang = req.lang();
    let name = w::picture_number(lang, n + 1);
    let media = image.media_id;
    let first = (n == 0).then(|| format!(" · {}", w::picture_first(lang)));
    let button = |act: &'static str, label: &'static str, class: &'static str| {
        view! { <button class=class name="act" value=act aria-label=format!("{label}: {name}")>{label}</button> }
    };
    view! {
        <li draggable="true" data-media=media.to_string()>
            <span class="pic"><img src=image.address(160) alt=lang.pick(&image.alt_ko, &image.alt_en).to_owned() width="160" height="120" loading="lazy" /></span>
            <form method="post" action=req.href(&format!("/vendor/listings/{id}/images/{media}")) data-api=format!("/api/listings/{id}/images/{media}")>
                {fresh_key(req)}
                <b class="small">{name.clone()}</b>
                <p class="small mute">{w::picture_size(lang, image.width, image.height)}{first}</p>
                <div class="line mt-2">{button("up", w::move_up(lang), "btn btn-s")}{button("down", w::move_down(lang), "btn btn-s")}{button("remove", w::remove(lang), "link-btn bad")}</div>
                <details class="mt-2">
                    <summary class="small">{w::alt_ko(lang)}</summary>
                    <p class="hint">{w::alt_hint(lang)}</p>
                    <div class="field"><label class="small" for=format!("alt-ko-{media}")>{w::alt_ko(lang)}</label><input class="in" id=format!("alt-ko-{media}") name="alt_ko" lang="ko" maxlength=ALT_MAX value=image.alt_ko.clone() /></div>
                    <div class="field"><label class="small" for=format!("alt-en-{media}")>{w::alt_en(lang)}</label><input class="in" id=format!("alt-en-{media}") name="alt_en" lang="en" maxlength=ALT_MAX value=image.alt_en.clone() /></div>
                    <p class="mt-2">{button("describe", w::alt_save(lang), "btn btn-s")}</p>
                </details>
            </form>
        </li>
    }
    .into_any()
}

/// Takes the files of a form, one after the other; gives which of them were refused and why, each by its name. One that is
/// refused keeps none behind it from being taken.
pub async fn receive(req: &Req, id: ListingId, mut form: Multipart) -> Result<Option<String>, PageError> {
    let lang = req.lang();
    let (mut refused, mut files) = (Vec::new(), 0);
    loop {
        let mut field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(error) => {
                // what follows cannot be told apart any more
                refused.push(broken_upload(lang, &error));
                return Ok(Some(refused.join(" ")));
            }
        };
        let name = market::text::line(field.file_name().unwrap_or_default());
        if name.is_empty() {
            continue;
        }
        files += 1;
        if let Err(error) = keep(req, id, &mut field).await {
            let name: String = name.chars().take(80).collect();
            let why = match error {
                Unkept::Broken(error) => broken_upload(lang, &error),
                Unkept::Refused(error) => sentence(req, error)?,
            };
            refused.push(format!("{name}: {why}"));
        }
    }
    if files == 0 {
        refused.push(w::pictures_none_chosen(lang).to_owned());
    }
    Ok((!refused.is_empty()).then(|| refused.join(" ")))
}

/// Why a file was not kept.
enum Unkept {
    /// It did not arrive whole.
    Broken(MultipartError),
    /// It was not taken.
    Refused(AddImageError),
}

impl<E: Into<AddImageError>> From<E> for Unkept {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

async fn keep(req: &Req, id: ListingId, field: &mut Field<'_>) -> Result<(), Unkept> {
    let mut upload = images::begin(&req.cx, id).await?;
    while let Some(chunk) = field.chunk().await.map_err(Unkept::Broken)? {
        upload.write(&chunk).await?;
    }
    images::add(&req.cx, id, upload.finish().await?).await?;
    Ok(())
}

/// Words for a form that ended early, was cut up wrongly or was too large as a whole.
fn broken_upload(lang: Lang, error: &MultipartError) -> String {
    tracing::debug!(error = %error, "upload did not arrive whole");
    let too_large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
    if too_large { w::upload_too_much(lang) } else { w::upload_broken(lang) }.to_owned()
}

/// Words for the person, or an error page for what words do not help.
fn sentence(req: &Req, error: AddImageError) -> Result<String, PageError> {
    let lang = req.lang();
    match error {
        AddImageError::Refused(refusal) => {
            if refusal.is_fault() {
                tracing::warn!(media.refusal = refusal.code(), error = %refusal, "picture not stored");
            }
            Ok(media::refusal(lang, &refusal))
        }
        AddImageError::Failed(error) => match &error.kind {
            ErrorKind::Invalid(errors) => Ok(match errors.0.first().map(|first| &first.problem) {
                Some(Problem::TooMany { max }) => w::pictures_full(lang, *max),
                Some(problem) => problems::problem(lang, problem),
                None => String::new(),
            }),
            _ => Err(PageError(error)),
        },
    }
}

/// `POST /vendor/listings/{id}/images`
pub async fn upload(req: Req, Path(id): Path<String>, form: Files) -> PageResult {
    let id = listing_id(&id)?;
    // whose product it is comes before what was sent
    service::open_editor(&req.cx, id).await?;
    let refused = match form {
        Ok(form) => receive(&req, id, form).await?,
        Err(_) => Some(w::upload_broken(req.lang()).to_owned()),
    };
    match refused {
        None => Ok(page::redirect(&req.href(&format!("/vendor/listings/{id}#pictures")))),
        Some(refused) => show_again(&req, id, refused, None).await,
    }
}

/// The editor with why it was refused; what was typed beside a picture stays.
async fn show_again(
    req: &Req,
    id: ListingId,
    refused: String,
    typed: Option<(Uuid, &Submitted)>,
) -> PageResult {
    let mut editing = service::open_editor(&req.cx, id).await?;
    if let Some((media, typed)) = typed
        && let Some(image) = editing.images.iter_mut().find(|image| image.media_id == media)
    {
        (image.alt_ko, image.alt_en) = (typed.text("alt_ko"), typed.text("alt_en"));
    }
    let form = editor_form(req, &editing);
    let meta = title_meta(req.lang(), &editing);
    Ok(page::render_with(req, StatusCode::UNPROCESSABLE_ENTITY, meta, || {
        editor_page(req, &Editor { editing: &editing, form: &form, found: None, refused: Some(refused) })
    }))
}

/// `GET /vendor/listings/{id}/images`: the address of the upload form, opened again or in another language.
pub async fn back(req: Req, Path(id): Path<String>) -> PageResult {
    let id = listing_id(&id)?;
    service::open_editor(&req.cx, id).await?;
    Ok(page::redirect(&req.href(&format!("/vendor/listings/{id}#pictures"))))
}

/// What a button beside a picture does.
pub async fn act(req: &Req, id: ListingId, media: Uuid, form: &Submitted) -> market::Result<()> {
    let work = async |cx: Cx| match form.get("act") {
        "up" => images::shift(&cx, id, media, Move::Up).await,
        "down" => images::shift(&cx, id, media, Move::Down).await,
        "remove" => images::remove(&cx, id, media).await,
        _ => images::describe(&cx, id, media, form.get("alt_ko"), form.get("alt_en")).await,
    };
    form.once(req, work).await
}

/// `POST /vendor/listings/{id}/images/{media}`
pub async fn change(
    req: Req,
    Path((id, media)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, PageError> {
    let (id, media) = (listing_id(&id)?, listing_id(&media)?);
    match crate::form::invalid_or(act(&req, id, media, &form).await)? {
        Ok(()) => Ok(page::redirect(&req.href(&format!("/vendor/listings/{id}#pictures")))),
        Err(errors) => {
            let text = errors
                .0
                .first()
                .map(|first| problems::problem(req.lang(), &first.problem))
                .unwrap_or_default();
            let refused = format!("{}: {text}", w::alt_ko(req.lang()));
            show_again(&req, id, refused, Some((media, &form))).await
        }
    }
}
