//! Mail by SMTP, or as `.eml` files in a folder (the default, for trying the site out).

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::{AsyncSmtpTransport, AsyncSmtpTransportBuilder};
use lettre::{Address, AsyncTransport, Message, Tokio1Executor};
use market::ports::{Mail, MailError, Mailer};
use secrecy::ExposeSecret;

use crate::config::MailConfig;

/// Longest time for one mail: shorter than what is left of a job's lease.
const LONGEST: Duration = Duration::from_mins(1);
/// Sender of mails written to files.
const FILE_SENDER: &str = "no-reply@market.test";

/// Either transport.
pub enum LettreMailer {
    /// Writes files.
    Files(PathBuf),
    /// Talks SMTP.
    Smtp {
        /// Pool of connections.
        transport: AsyncSmtpTransport<Tokio1Executor>,
        /// Sender.
        from: Mailbox,
        /// Where answers go.
        reply_to: Mailbox,
    },
}

fn relay(url: &str) -> Result<AsyncSmtpTransportBuilder, String> {
    AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|error| format!("MARKET_SMTP_URL: {error}"))
}

fn sender(from: &str) -> Result<Mailbox, String> {
    from.parse().map_err(|error| format!("MARKET_MAIL_FROM: {error}"))
}

/// Where answers go: several mails ask for one, so that they must not end in a box nobody reads.
fn reader(reply_to: Option<&String>, from: &str) -> Result<Mailbox, String> {
    let Some(address) = reply_to else { return sender(from) };
    address.parse().map_err(|error| format!("MARKET_MAIL_REPLY_TO: {error}"))
}

impl LettreMailer {
    /// Makes the configured transport; no connection is opened yet.
    ///
    /// # Errors
    /// When an address cannot be read or the folder cannot be made.
    pub fn new(config: &MailConfig) -> Result<Self, String> {
        match config {
            MailConfig::Files(folder) => {
                std::fs::create_dir_all(folder)
                    .map_err(|error| format!("mail folder {}: {error}", folder.display()))?;
                Ok(Self::Files(folder.clone()))
            }
            MailConfig::Smtp { url, from, reply_to } => {
                let transport = relay(url.expose_secret())?.timeout(Some(Duration::from_secs(20))).build();
                let reply_to = reader(reply_to.as_ref(), from)?;
                Ok(Self::Smtp { transport, from: sender(from)?, reply_to })
            }
        }
    }

    /// Everything that is wrong with the configuration, without opening anything.
    pub fn problems(config: &MailConfig) -> Vec<String> {
        match config {
            MailConfig::Files(_) => Vec::new(),
            MailConfig::Smtp { url, from, reply_to } => {
                let wrong_reader = reply_to.as_ref().and_then(|address| reader(Some(address), from).err());
                [relay(url.expose_secret()).err(), sender(from).err(), wrong_reader]
                    .into_iter()
                    .flatten()
                    .collect()
            }
        }
    }

    fn message(&self, mail: &Mail) -> Result<Message, MailError> {
        let refused = |error: &dyn std::fmt::Display| MailError::Refused(error.to_string());
        let (from, reply_to) = match self {
            Self::Files(_) => {
                let from = FILE_SENDER.parse::<Mailbox>().map_err(|error| refused(&error))?;
                (from.clone(), from)
            }
            Self::Smtp { from, reply_to, .. } => (from.clone(), reply_to.clone()),
        };
        let address: Address = mail.to.parse().map_err(|error| refused(&error))?;
        let builder = Message::builder()
            .from(from)
            .reply_to(reply_to)
            .to(Mailbox::new(Some(mail.to_name.clone()), address))
            .subject(&mail.subject)
            .message_id(Some(format!("<{}@market>", mail.id)));
        let builder = match &mail.unsubscribe {
            Some(address) => builder.header(ListUnsubscribe(format!("<{address}>"))).header(OneClick),
            None => builder,
        };
        builder
            .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
            .map_err(|error| refused(&error))
    }
}

/// Where mails of this kind are stopped (RFC 2369).
#[derive(Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// One press of the mail program is enough (RFC 8058).
#[derive(Clone)]
struct OneClick;

impl Header for OneClick {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_text: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

#[async_trait]
impl Mailer for LettreMailer {
    fn wakes(&self) -> bool {
        matches!(self, Self::Smtp { .. })
    }

    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let message = self.message(mail)?;
        match self {
            Self::Files(folder) => write_file(folder, mail, &message).await,
            Self::Smtp { transport, .. } => {
                match tokio::time::timeout(LONGEST, transport.send(message)).await {
                    Ok(Ok(_)) => Ok(()),
                    Ok(Err(error)) => Err(reading(&error)),
                    Err(_) => Err(MailError::Unclear("no answer in time".into())),
                }
            }
        }
    }

    async fn check(&self) -> Result<String, MailError> {
        match self {
            Self::Files(folder) => Ok(format!("files in {}", folder.display())),
            Self::Smtp { transport, .. } => match transport.test_connection().await {
                Ok(true) => Ok("smtp".into()),
                Ok(false) => Err(MailError::Unavailable("the server did not greet".into())),
                Err(error) => Err(MailError::Unavailable(error.to_string())),
            },
        }
    }
}

/// Whether the mail may have been taken over although no answer came. Only an answer of the server, or no connection at all,
/// tells that it was not.
fn reading(error: &lettre::transport::smtp::Error) -> MailError {
    let text = error.to_string();
    // 530, 534, 535 and 538 are about us and not about the address: somebody mends the password
    let ours = error.status().is_some_and(|code| matches!(u16::from(code), 530 | 534 | 535 | 538));
    if error.is_permanent() && ours {
        MailError::Unavailable(text)
    } else if error.is_permanent() {
        MailError::Refused(text)
    } else if error.is_transient()
        || error.is_tls()
        || error.is_client()
        || error.is_transport_shutdown()
        // lettre has no question for this kind
        || text.starts_with("Connection error")
    {
        MailError::Unavailable(text)
    } else {
        MailError::Unclear(text)
    }
}

/// One file a mail, named by its id: sending twice leaves one. Address and path go to the log, for people
/// who try the site out; with SMTP no address is ever logged.
async fn write_file(folder: &std::path::Path, mail: &Mail, message: &Message) -> Result<(), MailError> {
    let path = folder.join(format!("{}.eml", mail.id));
    tokio::fs::write(&path, message.formatted())
        .await
        .map_err(|error| MailError::Unavailable(error.to_string()))?;
    tracing::info!(mail.to = mail.to, mail.file = %path.display(), "mail written");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(unsubscribe: Option<&str>) -> Mail {
        Mail {
            id: uuid::Uuid::nil(),
            to: "reader@example.test".into(),
            to_name: "읽는 이".into(),
            subject: "새 제품".into(),
            text: "글".into(),
            html: "<p>글</p>".into(),
            unsubscribe: unsubscribe.map(str::to_owned),
        }
    }

    // lettre's pool of connections wants a runtime
    #[tokio::test]
    async fn an_answer_goes_to_somebody_who_reads_it() {
        let sent = |reply_to: Option<&str>| {
            let config = MailConfig::Smtp {
                url: "smtp://127.0.0.1:1".to_owned().into(),
                from: "Market <market@example.test>".into(),
                reply_to: reply_to.map(str::to_owned),
            };
            let message = LettreMailer::new(&config).unwrap().message(&mail(None)).unwrap();
            String::from_utf8(message.formatted()).unwrap()
        };
        let desk = sent(Some("desk@example.test"));
        assert!(desk.contains("Reply-To: desk@example.test\r\n"), "{desk}");
        assert!(sent(None).contains("Reply-To: Market <market@example.test>\r\n"), "{}", sent(None));
    }

    #[test]
    fn a_mail_that_was_subscribed_to_says_how_it_is_stopped() {
        let mailer = LettreMailer::Files(PathBuf::new());
        let address = "https://market.example.kr/s/0123456789012345678901234567890123456789012";
        let sent = String::from_utf8(mailer.message(&mail(Some(address))).unwrap().formatted()).unwrap();
        assert!(sent.contains(&format!("List-Unsubscribe: <{address}>\r\n")), "{sent}");
        assert!(sent.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{sent}");
        let plain = String::from_utf8(mailer.message(&mail(None)).unwrap().formatted()).unwrap();
        assert!(!plain.contains("List-Unsubscribe"));
    }
}
