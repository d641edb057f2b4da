//! A form that may carry files, without script: its fields as typed, its files taken as they arrive.

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart};
use http::{StatusCode, header};
use market::files::{AttachedFile, Held, UploadError, upload};
use market::{Cx, Error, ErrorKind, FieldErrors};

use super::{Body, composer};
use crate::context::Req;
use crate::error::PageError;
use crate::form::Submitted;
use crate::i18n::files as w;

/// Most bytes of one field that is no file.
const TEXT_MAX: usize = 128 * 1024;
/// Room for the fields around the files.
const AROUND: u64 = 1024 * 1024;
/// Most fields of one form.
const MOST_FIELDS: usize = 500;

/// What a form sent.
#[derive(Debug)]
pub struct Sent {
    /// Its fields; files that were taken stand there as `file`.
    pub form: Submitted,
    /// Files that were not taken, each with the reason.
    pub refused: Vec<String>,
}

impl Sent {
    /// What the page says about files that were not taken.
    pub fn notice(&self) -> Option<String> {
        (!self.refused.is_empty()).then(|| self.refused.join(" "))
    }
}

/// Reads a form of either kind for whoever `cx` is.
///
/// # Errors
/// What is wrong with the form as a whole; a part that is away.
pub async fn form(req: &Req, cx: &Cx, mut body: Body) -> Result<Sent, PageError> {
    let kind = body.headers().get(header::CONTENT_TYPE);
    if !kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data")) {
        return Ok(Sent { form: Submitted::from_request(body, &()).await?, refused: Vec::new() });
    }
    let settings = cx.settings();
    let files = settings.file_max_bytes.saturating_mul(settings.files_per_message as u64 + 1);
    let room = usize::try_from(files.saturating_add(AROUND)).unwrap_or(usize::MAX);
    DefaultBodyLimit::max(room).apply(&mut body);
    let mut parts =
        Multipart::from_request(body, &()).await.map_err(|rejection| invalid(rejection.to_string()))?;
    let mut sent = Sent { form: Submitted::default(), refused: Vec::new() };
    while let Some(field) = parts.next_field().await.map_err(broken)? {
        if sent.form.0.len() + sent.refused.len() >= MOST_FIELDS {
            return Err(invalid("too many fields".into()));
        }
        take(req, cx, field, &mut sent).await?;
    }
    Ok(sent)
}

async fn take(req: &Req, cx: &Cx, mut field: Field<'_>, sent: &mut Sent) -> Result<(), PageError> {
    let name = field.name().unwrap_or_default().to_owned();
    let Some(called) = field.file_name().map(ToOwned::to_owned) else {
        let mut text = Vec::new();
        while let Some(piece) = field.chunk().await.map_err(broken)? {
            text.extend_from_slice(&piece);
            if text.len() > TEXT_MAX {
                return Err(invalid("a field is too long".into()));
            }
        }
        sent.form.0.push((name, String::from_utf8_lossy(&text).into_owned()));
        return Ok(());
    };
    if called.is_empty() {
        return Ok(());
    }
    match one_file(cx, &called, field).await? {
        Ok(file) => sent.form.0.push((composer::FILE.to_owned(), file.id.to_string())),
        Err(refusal) => {
            let _ = super::api::status_of_refusal(&refusal);
            let called: String = market::text::line(&called).chars().take(80).collect();
            sent.refused.push(format!("{called}: {}", w::refusal(req.lang(), &refusal)));
        }
    }
    Ok(())
}

type Taken = Result<AttachedFile, market::files::FileRefusal>;

async fn one_file(cx: &Cx, called: &str, mut field: Field<'_>) -> Result<Taken, PageError> {
    let taken = async {
        let id = upload::begin(cx, called, None).await?;
        let mut receiving = upload::open(cx, id, 0).await?;
        while let Some(piece) = field.chunk().await.map_err(|error| broken(error).0)? {
            if let Err(refusal) = receiving.write(&piece).await {
                receiving.abandon(cx).await?;
                return Err(refusal.into());
            }
        }
        receiving.finish_whole(cx).await
    };
    match taken.await {
        Ok(Held::Kept(file)) => Ok(Ok(file)),
        Err(UploadError::Refused(refusal)) => Ok(Err(refusal)),
        Err(UploadError::Failed(error)) => Err(PageError(error)),
        Ok(Held::Receiving(_)) | Err(UploadError::Offset(_)) => {
            Err(PageError(Error::internal("a file of a form is whole when its part ends")))
        }
    }
}

fn invalid(cause: String) -> PageError {
    PageError(Error::caused(ErrorKind::Invalid(FieldErrors::new()), cause))
}

fn broken(error: MultipartError) -> PageError {
    let kind = match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE | StatusCode::BAD_REQUEST => ErrorKind::Invalid(FieldErrors::new()),
        _ => ErrorKind::Unavailable,
    };
    PageError(Error::caused(kind, error.to_string()))
}
