//! `/account/devices`.

use http::StatusCode;
use leptos::prelude::*;
use market::accounts::sessions::Device;
use market::accounts::{rules, service};
use market::{Cx, ErrorKind, Lang};
use uuid::Uuid;

use super::frame;
use crate::context::Req;
use crate::error::PageResult;
use crate::form::Submitted;
use crate::i18n::accounts as w;
use crate::page;
use crate::ui::{self, Tone};

/// Every browser that is signed in.
pub async fn show(req: Req) -> PageResult {
    let devices = service::list_devices(&req.cx).await?;
    let lang = req.lang();
    let done = (!req.query_value("done").is_empty()).then(|| ui::notice(Tone::Good, w::device_revoked(lang)));
    let others = devices.len() > 1;
    let lines = devices.into_iter().map(|device| line(&req, &device)).collect::<Vec<_>>();
    let action = req.href("/account/devices");
    let all = others.then(|| view! { <form method="post" action=action>{ui::fresh_key(&req)}<button class="btn" name="all" value="yes">{w::devices_revoke_all(lang)}</button></form> });
    let content = view! {
        {done}
        <p class="mute">{w::devices_lead(lang)}</p>
        <ul class="lines mt-4">{lines}</ul>
        <div class="mt-5">{all}</div>
    };
    Ok(frame::account(&req, StatusCode::OK, w::devices_title(lang), content.into_any()))
}

/// Signs one device out, or all others. An unknown id is somebody else's: it does not exist.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    req.actor().signed_in()?;
    let work = async |cx: Cx| {
        if form.has("all") {
            return service::revoke_other_devices(&cx).await.map(|_| ());
        }
        let session = Uuid::parse_str(form.get("session")).map_err(|_| ErrorKind::NotFound)?;
        service::revoke_device(&cx, session).await
    };
    form.once(&req, work).await?;
    Ok(page::redirect(&req.href("/account/devices?done=1")))
}

fn line(req: &Req, device: &Device) -> AnyView {
    let lang = req.lang();
    let here = req.person().is_some_and(|person| person.session_id == device.id);
    let name = device_name(lang, &device.user_agent);
    let seen = ui::moment(lang, device.last_seen_at, req.cx.now());
    let since = w::device_since(lang, &ui::date(lang, device.created_at));
    let end = if here {
        view! { <span class="tag tag-ok">{w::device_this(lang)}</span> }.into_any()
    } else {
        let label = w::device_revoke_label(lang, &name);
        view! {
            <form method="post" action=req.href("/account/devices")>
                {ui::fresh_key(req)}
                <input type="hidden" name="session" value=device.id.to_string() />
                <button class="link-btn bad" aria-label=label>{w::device_revoke(lang)}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <li class="line between">
            <span class="grow"><b>{name}</b><br /><span class="small mute">{w::device_seen(lang)}" "{seen}" · "{since}</span></span>
            {end}
        </li>
    }
    .into_any()
}

fn device_name(lang: Lang, user_agent: &str) -> String {
    match rules::device(user_agent) {
        ("", "") => w::device_unknown(lang).to_owned(),
        (browser, "") => browser.to_owned(),
        ("", system) => system.to_owned(),
        (browser, system) => format!("{browser} · {system}"),
    }
}
