//! Mails that die in between, choices, nights, the daily mail, links that stop, messages on the telephone.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use uuid::Uuid;

use super::choices::{self, ChoicesDraft, choose, own};
use super::letter::{About, Letter, Recipient, post, tell};
use super::talk::{self, TalkWords};
use super::topic::{Pace, Topic};
use super::{
    NotificationData, NotificationKind, SubjectKind, digest, notify, sending, service, stopping, store,
};
use crate::accounts::access::PlatformRole;
use crate::both_databases;
use crate::curation::oversight;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::lang::Lang;
use crate::outbox::{self, When};
use crate::ports::Mail;
use crate::settings::Settings;
use crate::testing::{Stuck, TestMarket, prepare_all, test_market, test_market_with};
use crate::time::{DAY, HOUR, MINUTE};

struct Ground {
    t: TestMarket,
    reader: Uuid,
    thing: Uuid,
}

async fn ground(db: Db) -> Ground {
    let t = test_market(db);
    let reader = t.add_person("reader").await;
    let thing = t.market.system().new_id();
    Ground { t, reader, thing }
}

fn letter() -> Letter {
    Letter { subject: "알림".into(), heading: "알림".into(), ..Letter::default() }
}

fn to_reader() -> Recipient {
    Recipient { email: "reader@example.test".into(), name: "읽는 이".into(), lang: Lang::Ko }
}

impl Ground {
    /// Tells the reader something in the site and by mail, as the nouns do.
    async fn told(&self, kind: NotificationKind) {
        let cx = self.t.market.system();
        let mut tx = cx.write().await.unwrap();
        let about = (SubjectKind::Thread, self.thing);
        notify(&cx, &mut tx, self.reader, kind, about, &NotificationData::titled("육각볼트")).await.unwrap();
        let about = About::new(self.reader, kind.topic(), Some(about));
        tell(&cx, &mut tx, &about, (&to_reader(), &letter()), When::default()).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn chooses(&self, topics: &[(Topic, Pace)], night: bool) {
        let topics = topics.iter().map(|(t, p)| (t.code().to_owned(), p.code().to_owned())).collect();
        let draft = ChoicesDraft { topics, night, talk: false };
        choose(&self.cx().await, &draft).await.unwrap();
    }

    async fn cx(&self) -> Cx {
        self.t.as_person(self.reader).await
    }

    /// Does what waits, with the schedules, and gives every mail to the reader so far.
    async fn mails(&self) -> Vec<Mail> {
        outbox::run_due_schedules(&self.t.market).await.unwrap();
        assert_eq!(outbox::drain(&self.t.market).await.unwrap().failed, 0);
        self.t.mailer.sent_to("reader@example.test")
    }

    /// A worker that is killed while it hands a mail over.
    async fn dies(&self, stuck: Stuck) {
        self.t.mailer.set_stuck(Some(stuck));
        let owner = self.t.market.system().new_id();
        let round = outbox::work_once(&self.t.market, owner);
        assert!(tokio::time::timeout(Duration::from_millis(400), round).await.is_err(), "it was stuck");
        self.t.mailer.set_stuck(None);
        self.t.clock.advance(3 * MINUTE);
    }
}

both_databases!(every_statement_is_understood, |db: Db| async move {
    let statements = [
        sending::BEGIN,
        sending::STATE,
        sending::BEGIN_AGAIN,
        sending::END,
        sending::RELEASE,
        sending::PURGE,
        choices::PACE,
        choices::STILL,
        choices::LIST,
        choices::CHOOSE,
        choices::PERSON,
        choices::SET_PERSON,
        stopping::INSERT,
        stopping::FIND,
        stopping::DAILY,
        stopping::PURGE,
        digest::WAITING,
        digest::OPEN,
        digest::FILL,
        digest::FIND,
        digest::LINES,
        digest::SENT,
        digest::RELEASE,
        digest::FORGET,
        digest::DROP,
        store::INSERT,
    ];
    prepare_all(&db, statements.into_iter().chain(choices::ERASE)).await;
});

both_databases!(a_mail_that_died_after_it_went_waits_for_a_person, |db: Db| async move {
    let g = ground(db).await;
    break_once(&g, Stuck::After, 1).await;
});

both_databases!(a_mail_that_died_before_it_went_waits_too, |db: Db| async move {
    let g = ground(db).await;
    break_once(&g, Stuck::Before, 0).await;
});

/// The worker dies while a buyer's mail is handed over: it never comes twice, the desk sees it, and a person may send it again.
async fn break_once(g: &Ground, stuck: Stuck, went: usize) {
    g.told(NotificationKind::QuoteReceived).await;
    g.dies(stuck).await;
    let round = outbox::drain(&g.t.market).await.unwrap();
    assert_eq!((round.done, round.failed), (0, 1));
    g.t.clock.advance(DAY);
    assert_eq!(
        outbox::drain(&g.t.market).await.unwrap(),
        outbox::WorkDone::default(),
        "it is not tried again"
    );
    assert_eq!(g.t.mailer.sent().len(), went, "at most once");
    let admin = g.t.add_person("admin").await;
    g.t.grant(admin, PlatformRole::Admin).await;
    let admin = g.t.as_person(admin).await;
    let machinery = oversight::machinery(&admin).await.unwrap();
    assert_eq!(machinery.dead.len(), 1);
    let job = &machinery.dead[0];
    assert!(job.uncertain_at.is_some());
    let mail = sending::mail_of(&job.payload).unwrap();
    assert!(oversight::retry(&admin, job.id).await.unwrap());
    assert_eq!(outbox::drain(&g.t.market).await.unwrap().done, 1);
    let sent = g.t.mailer.sent();
    assert_eq!(sent.len(), went + 1, "a person said so");
    assert!(sent.iter().all(|one| one.id == mail), "mail programs know it by its identity");
    assert!(oversight::machinery(&admin).await.unwrap().dead.is_empty());
}

both_databases!(a_mail_that_somebody_waits_for_goes_again, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.market.system();
    let mut tx = cx.write().await.unwrap();
    post(&cx, &mut tx, &to_reader(), &letter(), When::default()).await.unwrap();
    tx.commit().await.unwrap();
    g.dies(Stuck::After).await;
    let sent = g.mails().await;
    assert_eq!(sent.len(), 2, "at least once");
    assert_eq!(sent[0].id, sent[1].id, "under the same identity");
});

both_databases!(a_mail_that_went_does_not_go_again, |db: Db| async move {
    let g = ground(db).await;
    g.told(NotificationKind::QuoteReceived).await;
    let sent = g.mails().await;
    let cx = g.t.market.system();
    sending::hand_over(&cx, &sent[0], sending::Twice::Fine).await.unwrap();
    sending::hand_over(&cx, &sent[0], sending::Twice::Worse).await.unwrap();
    assert_eq!(g.mails().await.len(), 1);
    // a transport that is away is no uncertainty
    g.t.mailer.set_away(true);
    g.told(NotificationKind::InquiryAnswered).await;
    assert_eq!(outbox::drain(&g.t.market).await.unwrap().failed, 1);
    g.t.mailer.set_away(false);
    g.t.clock.advance(MINUTE);
    assert_eq!(g.mails().await.len(), 2);
});

both_databases!(nobody_is_mailed_at_night, |db: Db| async move {
    let g = ground(db).await;
    g.t.clock.advance(13 * HOUR);
    g.told(NotificationKind::QuoteReceived).await;
    assert_eq!(g.mails().await.len(), 0, "23:00 in Seoul");
    g.t.clock.advance(9 * HOUR);
    assert_eq!(g.mails().await.len(), 1, "08:00");
    // whoever lives elsewhere has another night
    let cx = g.t.market.system();
    let mut tx = cx.write().await.unwrap();
    crate::execute!(tx, "UPDATE users SET time_zone = 'America/New_York' WHERE id = $1", g.reader).unwrap();
    tx.commit().await.unwrap();
    g.told(NotificationKind::QuoteReceived).await;
    assert_eq!(g.mails().await.len(), 2, "18:00 in New York");
    g.t.clock.advance(4 * HOUR);
    g.told(NotificationKind::QuoteReceived).await;
    assert_eq!(g.mails().await.len(), 2, "22:00 in New York, noon in Seoul");
    g.chooses(&[], true).await;
    g.told(NotificationKind::QuoteReceived).await;
    assert_eq!(g.mails().await.len(), 3, "somebody who wants them at night");
    let mut tx = cx.write().await.unwrap();
    post(&cx, &mut tx, &to_reader(), &letter(), When::default()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(g.mails().await.len(), 4, "security does not wait");
    g.t.clock.advance(10 * HOUR);
    assert_eq!(g.mails().await.len(), 5, "what waited comes in the morning");
});

both_databases!(what_was_read_or_switched_off_in_the_night_is_not_mailed, |db: Db| async move {
    let g = ground(db).await;
    g.t.clock.advance(13 * HOUR);
    g.told(NotificationKind::QuoteReceived).await;
    g.told(NotificationKind::InquiryReminder).await;
    service::mark_all_read(&g.cx().await, g.t.market.now()).await.unwrap();
    g.t.clock.advance(HOUR);
    g.told(NotificationKind::InquiryReminder).await;
    g.chooses(&[(Topic::Reminder, Pace::Off)], false).await;
    g.t.clock.advance(10 * HOUR);
    assert_eq!(g.mails().await.len(), 0);
});

both_databases!(choices_hold, |db: Db| async move {
    let g = ground(db).await;
    g.chooses(&[(Topic::Answer, Pace::Off)], false).await;
    g.told(NotificationKind::QuoteReceived).await;
    assert_eq!(g.mails().await.len(), 0);
    let list = service::list_notifications(&g.cx().await, 1, false).await.unwrap();
    assert_eq!((list.total, list.unread), (1, 1), "in the site it is told all the same");
    g.told(NotificationKind::QuoteAccepted).await;
    assert_eq!(g.mails().await.len(), 1, "other topics are as they were");
    let cx = g.cx().await;
    let topics = vec![(Topic::Answer.code().to_owned(), "sometimes".to_owned())];
    let kind = choose(&cx, &ChoicesDraft { topics, ..ChoicesDraft::default() }).await.unwrap_err().kind;
    assert!(matches!(kind, ErrorKind::Invalid(_)));
    // what may not be switched off is no choice, whatever a form says
    let topics = vec![(Topic::Account.code().to_owned(), "off".to_owned())];
    choose(&cx, &ChoicesDraft { topics, ..ChoicesDraft::default() }).await.unwrap();
    assert!(own(&cx).await.unwrap().topics.iter().all(|(topic, _)| !topic.is_fixed()));
    assert_eq!(
        choose(&g.t.visitor(), &ChoicesDraft::default()).await.unwrap_err().kind,
        ErrorKind::NotSignedIn
    );
});

both_databases!(one_daily_mail_and_nothing_twice, |db: Db| async move {
    let g = ground(db).await;
    g.chooses(&[(Topic::Answer, Pace::Daily), (Topic::Outcome, Pace::Daily)], false).await;
    g.told(NotificationKind::QuoteReceived).await;
    g.told(NotificationKind::QuoteAccepted).await;
    for _ in 0..8 {
        g.t.clock.advance(HOUR);
        assert_eq!(g.mails().await.len(), 0, "not today");
    }
    g.t.clock.advance(14 * HOUR);
    let mails = g.mails().await;
    assert_eq!(mails.len(), 1, "the next morning");
    assert!(
        mails[0].text.contains("견적이 왔어요") && mails[0].text.contains(&g.thing.to_string()),
        "{}",
        mails[0].text
    );
    assert!(mails[0].unsubscribe.is_some());
    for _ in 0..48 {
        g.t.clock.advance(HOUR);
        assert_eq!(g.mails().await.len(), 1, "empty: none");
    }
    // read before the morning: none
    g.told(NotificationKind::QuoteReceived).await;
    service::mark_all_read(&g.cx().await, g.t.market.now()).await.unwrap();
    g.t.clock.advance(DAY);
    assert_eq!(g.mails().await.len(), 1);
    // switched off before the morning: none, also not later
    g.told(NotificationKind::QuoteReceived).await;
    g.chooses(&[(Topic::Answer, Pace::Off)], false).await;
    g.t.clock.advance(DAY);
    assert_eq!(g.mails().await.len(), 1);
    g.chooses(&[(Topic::Answer, Pace::Daily)], false).await;
    g.t.clock.advance(DAY);
    assert_eq!(g.mails().await.len(), 1);
});

both_databases!(a_daily_mail_that_cannot_go_waits_for_the_next_day, |db: Db| async move {
    let g = ground(db).await;
    g.chooses(&[(Topic::Answer, Pace::Daily)], false).await;
    g.told(NotificationKind::QuoteReceived).await;
    g.t.clock.advance(22 * HOUR);
    g.t.mailer.set_away(true);
    outbox::run_due_schedules(&g.t.market).await.unwrap();
    for _ in 0..2 {
        outbox::drain(&g.t.market).await.unwrap();
        g.t.clock.advance(7 * HOUR);
    }
    g.t.mailer.set_away(false);
    g.told(NotificationKind::QuoteReceived).await;
    assert_eq!(g.mails().await.len(), 0, "its day is over");
    g.t.clock.advance(10 * HOUR);
    let mails = g.mails().await;
    assert_eq!(mails.len(), 1, "one day, one mail");
    assert!(mails[0].subject.contains('2'), "{}", mails[0].subject);
    // a worker that dies with it leaves it to a person
    g.told(NotificationKind::QuoteReceived).await;
    g.t.clock.advance(DAY);
    outbox::run_due_schedules(&g.t.market).await.unwrap();
    g.dies(Stuck::After).await;
    assert_eq!(outbox::drain(&g.t.market).await.unwrap().failed, 1);
    g.t.clock.advance(3 * DAY);
    assert_eq!(g.mails().await.len(), 2, "at most once");
});

both_databases!(one_press_stops_a_topic_without_signing_in, |db: Db| async move {
    let g = ground(db).await;
    g.told(NotificationKind::QuoteReceived).await;
    let mail = g.mails().await.remove(0);
    let address = mail.unsubscribe.unwrap();
    assert!(mail.text.contains(&address), "the mail says how it is stopped");
    let secret = address.rsplit('/').next().unwrap();
    let visitor = g.t.visitor();
    let open = stopping::open(&visitor, secret).await.unwrap();
    assert_eq!((open.topic, open.stopped), (Some(Topic::Answer), false), "opening changes nothing");
    assert_eq!(stopping::open(&visitor, "guess").await.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(stopping::stop(&visitor, "guess").await.unwrap_err().kind, ErrorKind::NotFound);
    for _ in 0..2 {
        assert!(stopping::stop(&visitor, secret).await.unwrap().stopped);
    }
    g.told(NotificationKind::QuoteReceived).await;
    g.told(NotificationKind::QuoteAccepted).await;
    assert_eq!(g.mails().await.len(), 2, "only the other topic");
    assert!(!stopping::resume(&visitor, secret).await.unwrap().stopped);
    g.told(NotificationKind::QuoteReceived).await;
    assert_eq!(g.mails().await.len(), 3);
    // the link of a daily mail stops what comes daily
    g.chooses(&[(Topic::Answer, Pace::Daily)], false).await;
    g.told(NotificationKind::QuoteReceived).await;
    g.t.clock.advance(DAY);
    let mails = g.mails().await;
    let secret = mails[3].unsubscribe.clone().unwrap();
    let secret = secret.rsplit('/').next().unwrap();
    stopping::stop(&visitor, secret).await.unwrap();
    assert!(stopping::open(&visitor, secret).await.unwrap().stopped);
    assert_eq!(stopping::resume(&visitor, secret).await.unwrap_err().kind, ErrorKind::NotFound);
    g.told(NotificationKind::QuoteReceived).await;
    g.t.clock.advance(2 * DAY);
    assert_eq!(g.mails().await.len(), 4);
});

fn approved() -> Settings {
    Settings { talk_templates: vec![talk::ACCEPTED.into()], ..Settings::default() }
}

fn words() -> TalkWords {
    TalkWords::new(talk::ACCEPTED, [("제품", "육각볼트 #{링크}".into()), ("링크", "https://m.kr/a/1".into())])
}

both_databases!(a_message_on_the_telephone_needs_everything_or_a_mail_goes, |db: Db| async move {
    let t = test_market_with(db, approved());
    let reader = t.add_person("reader").await;
    let thing = t.market.system().new_id();
    let g = Ground { t, reader, thing };
    let cx = g.t.market.system();
    let draft = ChoicesDraft { talk: true, ..ChoicesDraft::default() };
    choose(&g.cx().await, &draft).await.unwrap();
    assert!(own(&g.cx().await).await.unwrap().talk_since.is_none(), "without a provider there is no consent");
    g.t.talk.set_on(true);
    let kind = choose(&g.cx().await, &draft).await.unwrap_err().kind;
    assert!(matches!(kind, ErrorKind::Invalid(_)), "no telephone number");
    let tell = async || {
        let mut tx = cx.write().await.unwrap();
        let about = About { talk: Some(words()), ..About::new(g.reader, Topic::Outcome, None) };
        tell(&cx, &mut tx, &about, (&to_reader(), &letter()), When::default()).await.unwrap();
        tx.commit().await.unwrap();
    };
    tell().await;
    assert_eq!((g.mails().await.len(), g.t.talk.sent().len()), (1, 0), "no consent");
    let mut tx = cx.write().await.unwrap();
    crate::execute!(tx, "UPDATE users SET phone = '010-1234-5678' WHERE id = $1", g.reader).unwrap();
    tx.commit().await.unwrap();
    choose(&g.cx().await, &draft).await.unwrap();
    tell().await;
    assert_eq!((g.mails().await.len(), g.t.talk.sent().len()), (1, 1));
    assert_eq!(g.t.talk.sent()[0].phone, "01012345678");
    g.t.talk.set_refusing(true);
    tell().await;
    assert_eq!((g.mails().await.len(), g.t.talk.sent().len()), (2, 1), "refused: a mail");
    g.t.talk.set_refusing(false);
    choose(&g.cx().await, &ChoicesDraft::default()).await.unwrap();
    tell().await;
    assert_eq!((g.mails().await.len(), g.t.talk.sent().len()), (3, 1), "taken back");
});
