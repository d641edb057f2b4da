//! Messages on the telephone: the registry of templates, and the job that sends one and falls back to mail. A template's text is
//! registered with the provider word for word, so a message whose variables do not match it exactly is refused here.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::choices;
use super::jobs::SendMail;
use super::letter::About;
use super::sending::{self, Twice};
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::Result;
use crate::outbox::{self, Job, When};
use crate::ports::{Talk, TalkError};
use crate::settings::Settings;
use crate::time::Timestamp;

/// A registered text. Variables stand in it as `#{이름}`.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// Code at the provider.
    pub code: &'static str,
    /// The text as registered.
    pub text: &'static str,
    /// Its variables, in the order of the text.
    pub variables: &'static [&'static str],
}

/// A new inquiry.
pub const NEW_INQUIRY: &str = "market_new_inquiry";
/// The deadline comes closer.
pub const REMINDER: &str = "market_reminder";
/// The buyer took the quote.
pub const ACCEPTED: &str = "market_accepted";

/// Every text there is. Which of them the provider approved is configured (`talk_templates`).
pub const TEMPLATES: &[Template] = &[
    Template {
        code: NEW_INQUIRY,
        text: "[융합닷컴] 새 문의가 왔어요.\n제품: #{제품}\n#{기한}까지 답해 주세요.\n답하기: #{링크}",
        variables: &["제품", "기한", "링크"],
    },
    Template {
        code: REMINDER,
        text: "[융합닷컴] 답을 기다리는 문의가 있어요.\n제품: #{제품}\n기한: #{기한}\n답하기: #{링크}",
        variables: &["제품", "기한", "링크"],
    },
    Template {
        code: ACCEPTED,
        text: "[융합닷컴] 구매자가 견적을 받아들였어요.\n제품: #{제품}\n자세히 보기: #{링크}",
        variables: &["제품", "링크"],
    },
];

/// Why a message is refused before it reaches the provider.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// No such template.
    #[error("no template {0}")]
    Unknown(String),
    /// The provider has not approved it.
    #[error("template {0} is not approved")]
    NotApproved(String),
    /// A variable is missing, unknown or empty.
    #[error("variables do not match template {0}: {1}")]
    Variables(String, String),
}

/// Values for a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TalkWords {
    /// Code of the template.
    pub template: String,
    /// Variables by name.
    pub values: Vec<(String, String)>,
}

impl TalkWords {
    /// Values for a template.
    pub fn new<const N: usize>(template: &str, values: [(&str, String); N]) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { template: template.to_owned(), values }
    }
}

/// The text of a message: every variable filled once, none left over.
///
/// # Errors
/// When the template is unknown or not approved, or the variables do not match it.
pub fn fill(settings: &Settings, words: &TalkWords) -> Result<String, TemplateError> {
    let code = words.template.clone();
    let template = TEMPLATES.iter().find(|template| template.code == code);
    let template = template.ok_or_else(|| TemplateError::Unknown(code.clone()))?;
    if !settings.talk_templates.contains(&code) {
        return Err(TemplateError::NotApproved(code));
    }
    let mut given: Vec<&str> = words.values.iter().map(|(name, _)| name.as_str()).collect();
    let mut wanted = template.variables.to_vec();
    given.sort_unstable();
    wanted.sort_unstable();
    if given != wanted {
        return Err(TemplateError::Variables(code, format!("{given:?} instead of {wanted:?}")));
    }
    let mut text = String::new();
    let mut rest = template.text;
    while let Some((before, after)) = rest.split_once("#{") {
        let Some((name, after)) = after.split_once('}') else { break };
        let value = words.values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value);
        if value.trim().is_empty() {
            return Err(TemplateError::Variables(code, format!("{name} is empty")));
        }
        text.push_str(before);
        // a value never brings a variable of its own: the text is read once
        text.push_str(value);
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

/// Sends one message, or the mail in its place.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendTalk {
    /// Identity of the message.
    pub id: Uuid,
    /// Telephone number, digits only.
    pub phone: String,
    /// Code of the template.
    pub template: String,
    /// The finished text.
    pub text: String,
    /// What goes when the message is not taken.
    pub mail: SendMail,
}

impl Job for SendTalk {
    const TOPIC: &'static str = "notifications.talk";

    async fn run(self, cx: &Cx) -> Result<()> {
        let mut db = cx.read().await?;
        if !self.mail.still_wanted(&mut db).await? {
            return Ok(());
        }
        drop(db);
        let talk = Talk { id: self.id, phone: self.phone, template: self.template, text: self.text };
        let port = cx.market.ports().talk.clone();
        let sent = sending::noted(cx, talk.id, Twice::Worse, || async move {
            match port.send(&talk).await {
                Ok(()) => sending::Outcome::Sent(true),
                Err(TalkError::NotTaken(reason)) => {
                    tracing::info!(reason, "message on the telephone not taken, mail goes instead");
                    sending::Outcome::Sent(false)
                }
                Err(TalkError::Unclear(reason)) => sending::Outcome::Unclear(reason),
            }
        })
        .await?;
        if sent == Some(false) {
            let mut tx = cx.write().await?;
            let once = Some(format!("talk_fallback:{}", self.id));
            outbox::enqueue(cx, &mut tx, &self.mail, When { at: None, once }).await?;
            return tx.commit().await;
        }
        Ok(())
    }
}

/// Asks for a message in place of a mail, where the reader agreed, a provider is there and the template fits; gives the mail
/// back otherwise.
pub(super) async fn instead(
    cx: &Cx,
    tx: &mut Tx,
    about: &About,
    mail: SendMail,
    when: When,
) -> Result<Option<(SendMail, When)>> {
    let Some(words) = about.talk.as_ref().filter(|_| cx.market.ports().talk.is_on()) else {
        return Ok(Some((mail, when)));
    };
    let Some(phone) = agreed(tx, about.user_id).await? else { return Ok(Some((mail, when))) };
    match fill(cx.settings(), words) {
        Ok(text) => {
            let job = SendTalk { id: cx.new_id(), phone, template: words.template.clone(), text, mail };
            outbox::enqueue(cx, tx, &job, when).await?;
            Ok(None)
        }
        Err(error) => {
            tracing::warn!(error = %error, "message on the telephone refused, mail goes instead");
            Ok(Some((mail, when)))
        }
    }
}

/// The telephone number of somebody who agreed.
async fn agreed(db: &mut impl Handle, user: Uuid) -> Result<Option<String>> {
    type Row = (Option<String>, bool, Option<String>, Option<Timestamp>);
    let row = crate::fetch_optional!(*db, Row, choices::PERSON, user)?;
    Ok(row.and_then(|(_, _, phone, since)| {
        let digits: String = phone?.chars().filter(char::is_ascii_digit).collect();
        since.filter(|_| digits.len() >= 9).map(|_| digits)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn approved() -> Settings {
        Settings { talk_templates: vec![ACCEPTED.into()], ..Settings::default() }
    }

    fn words() -> TalkWords {
        TalkWords::new(ACCEPTED, [("제품", "육각볼트 #{링크}".into()), ("링크", "https://m.kr/a/1".into())])
    }

    #[test]
    fn a_template_takes_its_variables_and_no_others() {
        let text = fill(&approved(), &words()).unwrap();
        assert_eq!(
            text,
            "[융합닷컴] 구매자가 견적을 받아들였어요.\n제품: 육각볼트 #{링크}\n자세히 보기: https://m.kr/a/1"
        );
        assert_eq!(fill(&Settings::default(), &words()), Err(TemplateError::NotApproved(ACCEPTED.into())));
        let with = |values| fill(&approved(), &TalkWords { values, ..words() });
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        for values in [
            vec![pair("제품", "볼트")],
            vec![pair("제품", "볼트"), pair("링크", "https://m.kr"), pair("기한", "내일")],
            vec![pair("제품", "볼트"), pair("제품", "볼트")],
            vec![pair("제품", "볼트"), pair("링크", " ")],
        ] {
            assert!(matches!(with(values.clone()), Err(TemplateError::Variables(..))), "{values:?}");
        }
        let unknown = TalkWords { template: "other".into(), ..words() };
        assert_eq!(fill(&approved(), &unknown), Err(TemplateError::Unknown("other".into())));
        for template in TEMPLATES {
            let found: Vec<&str> =
                template.text.split("#{").skip(1).filter_map(|rest| rest.split('}').next()).collect();
            assert_eq!(found, template.variables, "{}", template.code);
            assert!(template.text.chars().count() <= 1_000, "{}", template.code);
        }
    }
}
