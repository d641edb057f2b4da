//! `/inquiries/{id}/links`: taking back every link with which a thread could be answered from a mail, for managers of the
//! company and curators.

use axum::extract::Path;
use leptos::prelude::*;
use market::ErrorKind;
use market::inquiries::service::{self, ThreadView};
use uuid::Uuid;

use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::Submitted;
use crate::i18n::threads as t;
use crate::page;
use crate::ui;

/// Name of the field with the report from whose page a curator comes.
pub const REPORT: &str = "report";

/// Takes them back and goes on to where the button stood.
pub async fn revoke(Path(id): Path<String>, req: Req, sent: Submitted) -> PageResult {
    req.actor().signed_in()?;
    let id = Uuid::parse_str(&id).map_err(|_| PageError::from(ErrorKind::NotFound))?;
    sent.once(&req, async |cx| service::revoke_links(&cx, id).await.map(drop)).await?;
    let back = match Uuid::parse_str(sent.get(REPORT)) {
        Ok(report) => format!("/desk/reports/{report}?done=links"),
        Err(_) => format!("/inquiries/{id}?done=links"),
    };
    Ok(page::redirect(&req.href(&back)))
}

/// The section on the page of a thread, for those who may.
pub fn section(req: &Req, view: &ThreadView) -> Option<AnyView> {
    let lang = req.lang();
    let live = view.live_links?;
    let button = (live > 0).then(|| button(req, view.thread.id, None));
    let view = view! {
        <details class="sec"><summary><b>{t::links_title(lang)}</b></summary>
            <p class="small mute mt-2">{t::links_text(lang, live)}</p>
            {button}
        </details>
    };
    Some(view.into_any())
}

/// The button alone; a curator comes from a report.
pub fn button(req: &Req, thread: Uuid, report: Option<Uuid>) -> AnyView {
    let report = report.map(|id| view! { <input type="hidden" name=REPORT value=id.to_string() /> });
    view! {
        <form method="post" action=req.href(&format!("/inquiries/{thread}/links"))>
            {ui::fresh_key(req)}{report}
            <button class="btn mt-3">{t::links_revoke(req.lang())}</button>
        </form>
    }
    .into_any()
}
