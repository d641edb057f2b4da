//! The one mail layout: a heading, sentences, buttons. Every mail of the site is a [`Letter`].

use askama::Template;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::choices::{self, Mailed};
use super::jobs::SendMail;
use super::model::SubjectKind;
use super::sending::Twice;
use super::stopping;
use super::talk::{self, TalkWords};
use super::topic::Topic;
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

/// What a mail is about and for whom: asked before it is written, and once more before it goes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct About {
    /// The reader.
    pub user_id: Uuid,
    /// The topic, about which they may have chosen.
    pub topic: Topic,
    /// The thing; who has seen the notifications about it is not mailed.
    pub subject: Option<(SubjectKind, Uuid)>,
    /// What is worse, should nobody know whether the mail went.
    pub twice: Twice,
    /// The words of a message on the telephone that may go instead.
    pub talk: Option<TalkWords>,
}

impl About {
    /// A mail of which a second one would be worse than none.
    pub const fn new(user_id: Uuid, topic: Topic, subject: Option<(SubjectKind, Uuid)>) -> Self {
        Self { user_id, topic, subject, twice: Twice::Worse, talk: None }
    }
}

/// Renders a letter that nobody can switch off (accounts, security, decisions on a company) and stores it in the transaction
/// of what it tells; the worker sends it. `once` drops a second letter with the same key.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn post(cx: &Cx, tx: &mut Tx, to: &Recipient, letter: &Letter, when: When) -> Result<()> {
    let (text, html) = render(cx, to, letter, None)?;
    outbox::enqueue(cx, tx, &job(cx, to, letter, (text, html)), when).await
}

/// Renders a letter about something that people may choose to be told, if they chose so, and stores it like [`post`]. At night it
/// waits for the morning; before it goes it is asked again whether it is still wanted.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn tell(
    cx: &Cx,
    tx: &mut Tx,
    about: &About,
    (to, letter): (&Recipient, &Letter),
    when: When,
) -> Result<()> {
    let at = match choices::when_mailed(cx, tx, about.user_id, about.topic).await? {
        Mailed::Not => return Ok(()),
        Mailed::Now => when.at,
        Mailed::At(morning) => Some(when.at.unwrap_or(morning).max(morning)),
    };
    let stop = if about.topic.is_fixed() {
        None
    } else {
        let secret = stopping::issue(cx, tx, about.user_id, Some(about.topic)).await?;
        Some(url(cx, to.lang, &format!("/n/{secret}")))
    };
    let (text, html) = render(cx, to, letter, stop.as_deref())?;
    let mail = SendMail {
        unsubscribe: stop,
        twice: about.twice,
        asked_at: Some(cx.now()),
        about: Some(about.clone()),
        ..job(cx, to, letter, (text, html))
    };
    let when = When { at, once: when.once };
    match talk::instead(cx, tx, about, mail, when).await? {
        Some((mail, when)) => outbox::enqueue(cx, tx, &mail, when).await,
        None => Ok(()),
    }
}

fn job(cx: &Cx, to: &Recipient, letter: &Letter, (text, html): (String, String)) -> SendMail {
    SendMail {
        id: cx.new_id(),
        to: to.email.clone(),
        to_name: to.name.clone(),
        subject: letter.subject.clone(),
        text,
        html,
        twice: Twice::Fine,
        unsubscribe: None,
        asked_at: None,
        about: None,
    }
}

/// Address of a page with the host, in a language.
pub(crate) fn url(cx: &Cx, lang: Lang, path: &str) -> String {
    format!("{}{}{path}", cx.settings().public_url, lang.prefix())
}

/// Both parts of a letter as text, for those who send it themselves. `stop` is the address that stops letters of its topic.
///
/// # Errors
/// `Internal` when the template fails.
pub fn render(cx: &Cx, to: &Recipient, letter: &Letter, stop: Option<&str>) -> Result<(String, String)> {
    let footer = footer(cx, to.lang, stop);
    let text = TextPart { letter, footer: &footer }.render().map_err(Error::internal)?;
    let html =
        HtmlPart { letter, footer: &footer, lang: to.lang.code() }.render().map_err(Error::internal)?;
    Ok((text, html))
}

fn footer(cx: &Cx, lang: Lang, stop: Option<&str>) -> String {
    let site = &cx.settings().public_url;
    match (lang, stop) {
        (Lang::Ko, Some(stop)) => format!(
            "이런 메일 그만 받기: {stop}\n융합닷컴 {site} · 알림은 내 정보에서 바꿀 수 있어요. 중소기업융합중앙회는 통신판매중개자이며 거래의 당사자가 아닙니다."
        ),
        (Lang::Ko, None) => format!(
            "융합닷컴 {site} · 계정과 보안, 직접 부탁하신 일에 관한 메일이라 알림을 꺼도 보내 드려요. 중소기업융합중앙회는 통신판매중개자이며 거래의 당사자가 아닙니다."
        ),
        (Lang::En, Some(stop)) => format!(
            "Stop mails like this: {stop}\nYunghap Market {site} · Change your notifications in My account. The federation is an intermediary and not a party to any trade."
        ),
        (Lang::En, None) => format!(
            "Yunghap Market {site} · This mail is about your account, its security or something you asked for, so it is sent even when notifications are off. The federation is an intermediary and not a party to any trade."
        ),
    }
}
