//! What a company's team is told about its listings, in the site and by mail, in each member's language.

use uuid::Uuid;

use super::model::Listing;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::Result;
use crate::lang::Lang;
use crate::notifications::letter::{self, About, Button, Letter, Recipient};
use crate::notifications::{NotificationData, NotificationKind, SubjectKind, Topic, notify};
use crate::outbox::When;
use crate::time::Timestamp;

/// The people of a company.
pub const TEAM: &str = "SELECT u.id, u.email, u.name, u.lang FROM vendor_members m JOIN users u ON u.id = m.user_id \
    WHERE m.vendor_id = $1 AND u.closed_at IS NULL ORDER BY u.id";
/// How often somebody was told of one event since a moment.
pub const TOLD: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notifications WHERE user_id = $1 AND kind = $2 AND subject_id = $3 AND created_at >= $4";

/// What happened to a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum News {
    Approved,
    Returned { reason: String },
    Hidden { reason: String },
    ShownAgain,
    EditApplied,
    EditDeclined { reason: String },
    Expiring { days: i64 },
    Expired,
}

impl News {
    const fn kind(&self) -> NotificationKind {
        match self {
            Self::Approved | Self::ShownAgain => NotificationKind::ListingApproved,
            Self::Returned { .. } => NotificationKind::ListingReturned,
            Self::Hidden { .. } => NotificationKind::ListingHidden,
            Self::EditApplied => NotificationKind::RevisionApplied,
            Self::EditDeclined { .. } => NotificationKind::RevisionDeclined,
            Self::Expiring { .. } => NotificationKind::ListingExpiring,
            Self::Expired => NotificationKind::ListingExpired,
        }
    }

    fn reason(&self) -> Option<&str> {
        match self {
            Self::Returned { reason } | Self::Hidden { reason } | Self::EditDeclined { reason } => {
                Some(reason)
            }
            _ => None,
        }
    }
}

/// Whether the team was told since `since` that the window ends: whether its first member was.
pub(super) async fn was_told(tx: &mut Tx, listing: &Listing, since: Timestamp) -> Result<bool> {
    let team = crate::fetch_all!(*tx, (Uuid, String, String, String), TEAM, listing.vendor_id)?;
    let Some((first, ..)) = team.first() else { return Ok(true) };
    let kind = NotificationKind::ListingExpiring.code();
    let (told,): (i64,) = crate::fetch_one!(*tx, (i64,), TOLD, *first, kind, listing.id, since)?;
    Ok(told > 0)
}

/// Tells everybody in the company's team. `once` names an event that must be told only once, however often the
/// work is repeated.
pub(super) async fn tell_team(
    cx: &Cx,
    tx: &mut Tx,
    listing: &Listing,
    news: &News,
    once: Option<&str>,
) -> Result<()> {
    let team = crate::fetch_all!(*tx, (Uuid, String, String, String), TEAM, listing.vendor_id)?;
    for (user_id, email, name, lang) in team {
        let to = Recipient { email, name, lang: Lang::from_code(&lang) };
        let data = NotificationData {
            title_ko: listing.content.title_ko.clone(),
            title_en: listing.content.title_en.clone(),
            reason: news.reason().map(str::to_owned),
            ..NotificationData::default()
        };
        let subject = (SubjectKind::Listing, listing.id);
        notify(cx, tx, user_id, news.kind(), subject, &data).await?;
        let about = About::new(user_id, Topic::Listing, Some(subject));
        let when = When { at: None, once: once.map(|event| format!("{event}:{user_id}")) };
        letter::tell(cx, tx, &about, (&to, &letter_for(cx, listing, news, to.lang)), when).await?;
    }
    Ok(())
}

fn letter_for(cx: &Cx, listing: &Listing, news: &News, lang: Lang) -> Letter {
    let title = listing.content.title(lang);
    let (heading, text) = match lang {
        Lang::Ko => korean(news, title),
        Lang::En => english(news, title),
    };
    let mut paragraphs = vec![text];
    if let Some(reason) = news.reason() {
        paragraphs.push(match lang {
            Lang::Ko => format!("이유: {reason}"),
            Lang::En => format!("Reason: {reason}"),
        });
    }
    Letter { subject: heading.clone(), heading, paragraphs, buttons: vec![button(cx, listing, news, lang)] }
}

fn button(cx: &Cx, listing: &Listing, news: &News, lang: Lang) -> Button {
    let root = format!("{}{}", cx.settings().public_url, lang.prefix());
    let shown = matches!(news, News::Approved | News::ShownAgain | News::EditApplied);
    let url = if shown {
        format!("{root}/listings/{}", listing.slug)
    } else {
        format!("{root}/vendor/listings/{}", listing.id)
    };
    let label = match (lang, shown) {
        (Lang::Ko, true) => "제품 페이지 보기",
        (Lang::Ko, false) => "제품 열기",
        (Lang::En, true) => "See the product page",
        (Lang::En, false) => "Open the product",
    };
    Button { label: label.into(), url }
}

fn korean(news: &News, title: &str) -> (String, String) {
    match news {
        News::Approved => (
            format!("‘{title}’ 홍보를 시작했어요"),
            "심사를 마쳤어요. 지금부터 구매자가 제품을 보고 문의할 수 있어요.".into(),
        ),
        News::Returned { .. } => {
            (format!("‘{title}’에 고칠 곳이 있어요"), "아래 내용을 고쳐 다시 심사를 요청해 주세요.".into())
        }
        News::Hidden { .. } => {
            (format!("‘{title}’ 노출을 멈췄어요"), "연합회가 이 제품을 잠시 보이지 않게 했어요.".into())
        }
        News::ShownAgain => (format!("‘{title}’ 제품이 다시 보여요"), "노출을 다시 시작했어요.".into()),
        News::EditApplied => {
            (format!("‘{title}’ 고친 내용이 반영됐어요"), "심사를 마친 내용이 제품 페이지에 나와요.".into())
        }
        News::EditDeclined { .. } => (
            format!("‘{title}’ 고친 내용을 반영하지 않았어요"),
            "지금 나오는 내용은 그대로예요. 이유를 보고 다시 고쳐 주세요.".into(),
        ),
        News::Expiring { days } => (
            format!("‘{title}’ 홍보 기간이 {days}일 남았어요"),
            "받은 문의에 잘 답했다면 무료로 이어 갈 수 있어요. 제품을 열어 기간을 늘려 주세요.".into(),
        ),
        News::Expired => (
            format!("‘{title}’ 홍보 기간이 끝났어요"),
            "제품 페이지를 내렸어요. 내용은 그대로 있으니 다시 시작할 수 있어요.".into(),
        ),
    }
}

fn english(news: &News, title: &str) -> (String, String) {
    match news {
        News::Approved => (
            format!("“{title}” is now shown"),
            "The review is done. Buyers can see the product and ask about it.".into(),
        ),
        News::Returned { .. } => (
            format!("“{title}” needs changes"),
            "Please mend the points below and send it to review again.".into(),
        ),
        News::Hidden { .. } => (
            format!("“{title}” is no longer shown"),
            "The federation has taken this product out of sight.".into(),
        ),
        News::ShownAgain => (format!("“{title}” is shown again"), "The product can be seen again.".into()),
        News::EditApplied => (
            format!("Your edit of “{title}” is live"),
            "The reviewed text is on the product page now.".into(),
        ),
        News::EditDeclined { .. } => (
            format!("Your edit of “{title}” was not taken over"),
            "The page stays as it is. Please read the reason and edit again.".into(),
        ),
        News::Expiring { days } => (
            format!("“{title}”: {} of promotion left", Lang::En.days(*days)),
            "If you answered your inquiries you can go on free of charge. Open the product to renew.".into(),
        ),
        News::Expired => (
            format!("The promotion of “{title}” is over"),
            "The product page is closed. Everything is kept, so you can start again.".into(),
        ),
    }
}
