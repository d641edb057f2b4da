//! The one mail layout: a heading, sentences, buttons. Every mail of the site is a [`Letter`].

use askama::Template;

use super::jobs::SendMail;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::outbox::{self, When};

/// What a mail says. The words are those of the reader's language.
#[derive(Clone, Debug, Default)]
pub struct Letter {
    /// Subject line.
    pub subject: String,
    /// First line of the text.
    pub heading: String,
    /// Sentences; line breaks are kept.
    pub paragraphs: Vec<String>,
    /// Ways on; the first one is the main one.
    pub buttons: Vec<Button>,
}

/// One way on.
#[derive(Clone, Debug)]
pub struct Button {
    /// What it does.
    pub label: String,
    /// Address with the host.
    pub url: String,
}

/// Who gets it.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Language of the mail.
    pub lang: Lang,
}

#[derive(Template)]
#[template(path = "mail/letter.txt", escape = "none")]
struct TextPart<'a> {
    letter: &'a Letter,
    footer: &'a str,
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct HtmlPart<'a> {
    letter: &'a Letter,
    footer: &'a str,
    lang: &'a str,
}

/// Renders a letter and stores it in the transaction of what it tells; the worker sends it.
/// `once` drops a second letter with the same key.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn post(cx: &Cx, tx: &mut Tx, to: &Recipient, letter: &Letter, when: When) -> Result<()> {
    let (text, html) = render(cx, to, letter)?;
    let job = SendMail {
        id: cx.new_id(),
        to: to.email.clone(),
        to_name: to.name.clone(),
        subject: letter.subject.clone(),
        text,
        html,
    };
    outbox::enqueue(cx, tx, &job, when).await
}

/// Both parts of a letter as text, for those who send it themselves.
///
/// # Errors
/// `Internal` when the template fails.
pub fn render(cx: &Cx, to: &Recipient, letter: &Letter) -> Result<(String, String)> {
    let footer = footer(cx, to.lang);
    let text = TextPart { letter, footer: &footer }.render().map_err(Error::internal)?;
    let html =
        HtmlPart { letter, footer: &footer, lang: to.lang.code() }.render().map_err(Error::internal)?;
    Ok((text, html))
}

fn footer(cx: &Cx, lang: Lang) -> String {
    let url = &cx.settings().public_url;
    match lang {
        Lang::Ko => format!(
            "융합닷컴 {url} · 알림은 내 정보에서 바꿀 수 있어요. 중소기업융합중앙회는 통신판매중개자이며 거래의 당사자가 아닙니다."
        ),
        Lang::En => format!(
            "Yunghap Market {url} · Change your notifications in My account. The federation is an intermediary and not a party to any trade."
        ),
    }
}
