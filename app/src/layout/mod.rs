//! What surrounds every page: skip link, header with search and menu, footer with the legal notice.

use std::sync::{Arc, OnceLock};

use leptos::prelude::*;
use market::Lang;
use market::accounts::access::{Object, Verb, can};

use crate::context::{Req, href};
use crate::i18n::common as w;
use crate::i18n::rfqs as r;
use crate::page::{Width, escape};
use crate::ui::{self, Holed, icon};

/// Where the categories are, a place of the menu.
const CATEGORIES: &str = "/categories";
/// Where the requests are, a place of the menu.
const REQUESTS: &str = "/rfqs";

/// The body element around a page's content.
pub fn body(req: &Req, width: Width, main: AnyView) -> impl IntoView + use<> {
    let lang = req.lang();
    view! {
        <body>
            <a class="skip" href="#main">{w::skip_to_content(lang)}</a>
            {header(req)}
            <main class=width.class() id="main" tabindex="-1">{crate::search::guide::led_here(req)}{main}</main>
            {footer(lang)}
            {req.person().map(|_| crate::live::script(req))}
        </body>
    }
}

/// The header. That of a visitor who has collected nothing is made once for each language and place in the menu.
fn header(req: &Req) -> AnyView {
    static MADE: [[OnceLock<Holed>; 3]; 2] = [const { [const { OnceLock::new() }; 3] }; 2];
    let other = if req.lang() == Lang::Ko { Lang::En } else { Lang::Ko };
    let query = if &*req.path == "/search" { req.query_value("q") } else { String::new() };
    let there = req.here_in(other);
    if req.person().is_some() || !req.kept.is_empty() {
        return make_header(req, query, there).into_any();
    }
    let [ko, en] = &MADE;
    let [categories, requests, elsewhere] = if req.lang() == Lang::Ko { ko } else { en };
    let place = match &*req.path {
        path if path.starts_with(CATEGORIES) => categories,
        path if path.starts_with(REQUESTS) => requests,
        _ => elsewhere,
    };
    let holed = place.get_or_init(|| {
        let marks = [req.cx.new_id().to_string(), req.cx.new_id().to_string()];
        let [query, there] = marks.clone();
        let html = make_header(req, query, there).to_html();
        Holed::at(&html, &[&marks[0], &marks[1], &req.nonce])
    });
    holed.fill(&[&escape(&query), &escape(&there), &req.nonce]).into_any()
}

/// The header with what stands in the search box and the address of this page in the other language.
fn make_header(req: &Req, query: String, there: String) -> impl IntoView + use<> {
    let lang = req.lang();
    view! {
        <header class="top">
            <div class="wrap">
                <a class="brand" href=req.href("/")>{brand_mark()}{w::site_name(lang)}</a>
                <form class="search" role="search" aria-label=w::search_label(lang) action=req.href("/search") data-suggest=crate::search::suggest::words(req)>
                    <label class="vh" for="q">{w::search_label(lang)}</label>
                    <input class="in" id="q" name="q" type="search" autocomplete="off" enterkeyhint="search" maxlength="400" value=query placeholder=w::search_placeholder(lang) />
                    <button class="btn btn-primary">{w::search_button(lang)}</button>
                    {crate::search::suggest::loader(req)}
                </form>
                <nav aria-label=w::menu(lang)>
                    <div id="menu" popover="auto">
                        <button type="button" class="link-btn menu-x phone-only" popovertarget="menu" popovertargetaction="hide">{icon("x")}{w::menu(lang)}</button>
                        {menu_links(req, there)}
                    </div>
                    {basket_link(req)}
                    {inbox_link(req)}
                    <button type="button" class="menu-btn" popovertarget="menu">{icon("menu")}{w::menu(lang)}</button>
                </nav>
            </div>
        </header>
    }
}

fn menu_links(req: &Req, there: String) -> impl IntoView + use<> {
    let lang = req.lang();
    let other = if lang == Lang::Ko { Lang::En } else { Lang::Ko };
    let person = req.person();
    let desk = can(req.actor(), Verb::OpenDesk, Object::Site);
    let vendor = person.is_some_and(|p| !p.memberships.is_empty());
    let current = |path: &str| req.path.starts_with(path).then_some("page");
    view! {
        <a href=req.href(CATEGORIES) aria-current=current(CATEGORIES)>{w::categories(lang)}</a>
        <a href=req.href(REQUESTS) aria-current=current(REQUESTS)>{r::menu(lang)}</a>
        {person.is_some().then(|| view! { <a href=req.href("/inquiries") aria-current=current("/inquiries")>{w::inbox(lang)}</a> })}
        {vendor.then(|| view! { <a href=req.href("/vendor") aria-current=current("/vendor/")>{w::vendor_desk(lang)}</a> })}
        {desk.then(|| view! { <a href=req.href("/desk") aria-current=current("/desk")>{w::desk(lang)}</a> })}
        <a href=there lang=other.code() hreflang=other.code()>{w::other_language(lang)}</a>
        {if person.is_some() {
            view! { <a href=req.href("/account") aria-current=current("/account")>{w::account(lang)}</a> }.into_any()
        } else {
            view! { <a href=req.href("/sign-in")>{w::sign_in(lang)}</a> }.into_any()
        }}
    }
}

fn basket_link(req: &Req) -> impl IntoView + use<> {
    let lang = req.lang();
    let count = i64::try_from(req.collected().len()).unwrap_or_default();
    counted_link(req.href("/basket"), "basket", w::basket(lang), w::basket_count(lang, count), count)
}

fn inbox_link(req: &Req) -> impl IntoView + use<> {
    let lang = req.lang();
    req.person().map(|person| {
        let unread = person.unread;
        let name = w::notifications(lang);
        let label = if unread > 0 { format!("{name} {}", w::unread(lang, unread)) } else { name.to_owned() };
        let link = counted_link(req.href("/notifications"), "bell", name, label, unread);
        crate::live::bell(lang, name, link.into_any())
    })
}

/// A place of the header with how much is in it; the spoken label stands also where the width leaves only the icon.
fn counted_link(
    href: String,
    sign: &'static str,
    name: &'static str,
    label: String,
    count: i64,
) -> impl IntoView {
    view! {
        <a href=href>
            {icon(sign)}<span class="vh">{label}</span><span class="wide-only" aria-hidden="true">{name}</span>
            {(count > 0).then(|| view! { <span class="n" aria-hidden="true">{count}</span> })}
        </a>
    }
}

fn brand_mark() -> impl IntoView {
    view! {
        <svg viewBox="0 0 32 32" aria-hidden="true">
            <path fill="currentColor" d="M2 2h19v5H7v14H2z" />
            <path fill="currentColor" d="M30 30H11v-5h14V11h5z" />
            <path fill="var(--action)" d="M11 11h10v10H11z" />
        </svg>
    }
}

/// The same below every page of a language.
fn footer(lang: Lang) -> impl IntoView {
    static MADE: [OnceLock<Arc<str>>; 2] = [OnceLock::new(), OnceLock::new()];
    let [ko, en] = &MADE;
    let html = if lang == Lang::Ko { ko } else { en };
    ui::made(html.get_or_init(|| make_footer(lang).to_html().into()))
}

fn make_footer(lang: Lang) -> impl IntoView {
    view! {
        <footer class="foot">
            <div class="wrap">
                <ul>
                    <li><a href=href(lang, "/about")>{w::footer_about(lang)}</a></li>
                    <li><a href=href(lang, "/about/transparency")>{w::footer_transparency(lang)}</a></li>
                    <li><a href=href(lang, "/about/terms")>{w::footer_terms(lang)}</a></li>
                    <li><a href=href(lang, "/about/privacy")><b>{w::footer_privacy(lang)}</b></a></li>
                </ul>
                <p>{w::intermediary_notice(lang)}</p>
            </div>
        </footer>
    }
}
