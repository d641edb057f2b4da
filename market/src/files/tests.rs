//! Files on both databases: sent, read, withheld, swept.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use tokio::io::AsyncReadExt as _;
use uuid::Uuid;

use super::{AttachedFile, FileRefusal, Held, Scan, UploadError, jobs, sending, serving, store, upload};
use crate::accounts::access::{Actor, VendorRole};
use crate::cx::Cx;
use crate::db::Db;
use crate::error::{ErrorKind, Result};
use crate::inquiries::service::{ask, reply, thread_view};
use crate::inquiries::{AskOutcome, InquiryDraft};
use crate::testing::{TestMarket, prepare_all, test_market};
use crate::time::{DAY, HOUR};
use crate::{audit, both_databases, outbox};

const NEW_VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, \
    intro_ko, intro_en, registry_status, created_at, updated_at, version) \
    VALUES ($1, 'gaon', '1', 'approved', '가온', '', '', '11', '', '', '', '', '', 'active', $2, $2, 1)";
const NEW_LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, \
    specs, unit, price_kind, price_currency, price_tiers, origin, hs_code, part_number, created_at, updated_at, published_at, free_until, version) \
    VALUES ($1, $2, 'bolt', 'published', 'bolts', '육각볼트', '', '', '', '[]', '개', 'negotiable', 'KRW', '[]', '', '', '', $3, $3, $3, $4, 1)";
const PDF: &[u8] = b"%PDF-1.4\n<< /Type /Page >>\n<< /Type /Page >>\n%%EOF";

/// A buyer, a company with an owner and a member of staff, and a thread between them.
struct Talk {
    t: TestMarket,
    vendor: Uuid,
    thread: Uuid,
    buyer: Uuid,
    staff: Uuid,
}

async fn talk(db: Db) -> Talk {
    let t = test_market(db);
    let (buyer, staff) = (t.add_person("buyer").await, t.add_person("staff").await);
    let cx = t.market.system();
    let (vendor, listing, now) = (cx.new_id(), cx.new_id(), cx.now());
    let mut tx = cx.write().await.unwrap();
    crate::execute!(tx, NEW_VENDOR, vendor, now).unwrap();
    crate::execute!(tx, NEW_LISTING, listing, vendor, now, now.plus(90 * DAY)).unwrap();
    tx.commit().await.unwrap();
    t.join(staff, vendor, VendorRole::Staff).await;
    let cx = t.as_person(buyer).await;
    let draft = InquiryDraft { body: "도면이에요".into(), ..InquiryDraft::default() };
    let idem = cx.new_id();
    let file = sent_up(&cx, "도면.pdf", PDF).await.unwrap();
    sending::hold(&cx, idem, &[file.id]).await.unwrap();
    let AskOutcome::Thread(thread) = ask(&cx, listing, &draft, idem).await.unwrap() else { panic!() };
    Talk { t, vendor, thread, buyer, staff }
}

impl Talk {
    async fn buyer(&self) -> Cx {
        self.t.as_person(self.buyer).await
    }

    async fn staff(&self) -> Cx {
        self.t.as_person(self.staff).await
    }

    async fn files(&self) -> Vec<AttachedFile> {
        thread_view(&self.buyer().await, self.thread).await.unwrap().files
    }
}

async fn sent_up(cx: &Cx, name: &str, bytes: &[u8]) -> Result<AttachedFile, UploadError> {
    let id = upload::begin(cx, name, None).await?;
    let mut receiving = upload::open(cx, id, 0).await?;
    receiving.write(bytes).await?;
    match receiving.finish(cx).await? {
        Held::Kept(file) => Ok(file),
        Held::Receiving(_) => panic!("whole"),
    }
}

async fn read(cx: &Cx, id: Uuid) -> Result<Vec<u8>> {
    let mut served = serving::open(cx, id).await?;
    let mut bytes = Vec::new();
    served.open.reader.read_to_end(&mut bytes).await.unwrap();
    Ok(bytes)
}

both_databases!(every_statement_prepares, |db: Db| async move {
    let statements = [
        store::INSERT,
        store::VOLUME,
        store::FIND,
        store::KEEP,
        store::REFUSE,
        store::HOLD,
        store::RELEASE,
        store::OF_FORM,
        store::COUNT_OF_FORM,
        crate::files::guests::TAKE_OVER,
        store::MESSAGE_AT,
        store::ATTACH,
        store::OF_THREAD,
        store::OF_RFQ,
        store::ATTACH_TO_RFQ,
        store::TAKE_OFF,
        store::SCANNED,
        store::UNSCANNED,
        store::UNSENT,
        store::FORGET,
        store::IS_KNOWN,
        store::SEEN,
    ];
    prepare_all(&db, statements).await;
});

both_databases!(a_file_goes_with_its_message_to_both_sides_and_to_nobody_else, |db: Db| async move {
    let talk = talk(db).await;
    let files = talk.files().await;
    let [file] = files.as_slice() else { panic!("{files:?}") };
    assert_eq!((file.name.as_str(), file.pages, file.scan), ("도면.pdf", Some(2), Scan::Off));
    assert_eq!(read(&talk.buyer().await, file.id).await.unwrap(), PDF);
    let staff = talk.staff().await;
    assert_eq!(read(&staff, file.id).await.unwrap(), PDF);
    // the reading of the other side is on record, that of the sender is not
    let mut db = staff.read().await.unwrap();
    let entries = audit::list_for_object(&mut db, "file", file.id).await.unwrap();
    assert_eq!(entries.iter().map(|entry| entry.actor_id).collect::<Vec<_>>(), [Some(talk.staff)]);
    drop(db);
    let stranger = talk.t.add_person("stranger").await;
    let stranger = talk.t.as_person(stranger).await;
    assert_eq!(read(&stranger, file.id).await.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(read(&talk.t.visitor(), file.id).await.unwrap_err().kind, ErrorKind::NotSignedIn);
    assert_eq!(read(&talk.t.visitor(), Uuid::nil()).await.unwrap_err().kind, ErrorKind::NotSignedIn);
    assert_eq!(serving::open_preview(&stranger, file.id).await.unwrap_err().kind, ErrorKind::NotFound);
});

both_databases!(who_left_the_company_is_out_at_once, |db: Db| async move {
    let talk = talk(db).await;
    let id = talk.files().await.first().unwrap().id;
    read(&talk.staff().await, id).await.unwrap();
    let mut tx = talk.t.market.system().write().await.unwrap();
    crate::execute!(tx, "DELETE FROM vendor_members WHERE vendor_id = $1", talk.vendor).unwrap();
    tx.commit().await.unwrap();
    assert_eq!(read(&talk.staff().await, id).await.unwrap_err().kind, ErrorKind::NotFound);
    // a link opens its own thread and no other
    let link = |thread_id| {
        talk.t.visitor().as_actor(Actor::Link { thread_id, user_id: talk.staff, vendor_side: true })
    };
    assert_eq!(read(&link(Uuid::nil()), id).await.unwrap_err().kind, ErrorKind::NotFound);
    read(&link(talk.thread), id).await.unwrap();
});

both_databases!(a_dropped_connection_goes_on_where_it_was, |db: Db| async move {
    let talk = talk(db).await;
    let cx = talk.staff().await;
    let id = upload::begin(&cx, "scan.pdf", Some(PDF.len() as u64)).await.unwrap();
    let mut first = upload::open(&cx, id, 0).await.unwrap();
    first.write(&PDF[..10]).await.unwrap();
    drop(first);
    let Held::Receiving(10) = upload::progress(&cx, id).await.unwrap() else { panic!() };
    let Err(UploadError::Offset(10)) = upload::open(&cx, id, 0).await else { panic!() };
    let mut second = upload::open(&cx, id, 10).await.unwrap();
    second.write(&PDF[10..]).await.unwrap();
    let Held::Kept(file) = second.finish(&cx).await.unwrap() else { panic!() };
    assert_eq!(file.bytes, i64::try_from(PDF.len()).unwrap());
    // nobody else goes on with it, or sends it
    let other = talk.buyer().await;
    assert!(
        matches!(upload::open(&other, id, 10).await, Err(UploadError::Failed(e)) if e.kind == ErrorKind::NotFound)
    );
    let refused = sending::hold(&other, cx.new_id(), &[id]).await.unwrap_err();
    assert!(matches!(refused.kind, ErrorKind::Invalid(_)));
    // more than was announced is refused
    let id = upload::begin(&cx, "scan.pdf", Some(4)).await.unwrap();
    let mut more = upload::open(&cx, id, 0).await.unwrap();
    assert_eq!(more.write(PDF).await, Err(FileRefusal::TooLarge { max_bytes: 4 }));
});

both_databases!(pressed_twice_a_message_and_its_files_are_there_once, |db: Db| async move {
    let talk = talk(db).await;
    let cx = talk.staff().await;
    let idem = cx.new_id();
    for _ in 0..2 {
        // without script the browser sends the file again with each press
        let file = sent_up(&cx, "성적서.pdf", PDF).await.unwrap();
        sending::hold(&cx, idem, &[file.id]).await.unwrap();
        reply(&cx, talk.thread, "보내 드려요", idem).await.unwrap();
    }
    let view = thread_view(&cx, talk.thread).await.unwrap();
    assert_eq!((view.messages.len(), view.files.len()), (2, 2));
    // the same file twice on one form is one file
    let idem = cx.new_id();
    let (one, two) = (sent_up(&cx, "a.pdf", PDF).await.unwrap(), sent_up(&cx, "a.pdf", PDF).await.unwrap());
    sending::hold(&cx, idem, &[one.id, two.id]).await.unwrap();
    reply(&cx, talk.thread, "또 보내요", idem).await.unwrap();
    assert_eq!(talk.files().await.len(), 3);
    // other files under the same key are another content
    let other = sent_up(&cx, "b.pdf", b"%PDF-1.7 other").await.unwrap();
    let idem = cx.new_id();
    sending::hold(&cx, idem, &[other.id]).await.unwrap();
    reply(&cx, talk.thread, "하나", idem).await.unwrap();
    assert!(reply(&cx, talk.thread, "둘", idem).await.is_err());
});

both_databases!(limits_are_told_before_they_cost_anything, |db: Db| async move {
    let talk = talk(db).await;
    let cx = talk.staff().await;
    let most = cx.settings().file_max_bytes;
    let too_large = upload::begin(&cx, "x.pdf", Some(most + 1)).await;
    assert!(matches!(too_large, Err(UploadError::Refused(FileRefusal::TooLarge { .. }))));
    for _ in 0..20 {
        upload::begin(&cx, "x.pdf", Some(most)).await.unwrap();
    }
    let full = upload::begin(&cx, "x.pdf", Some(1)).await;
    assert!(matches!(full, Err(UploadError::Refused(FileRefusal::DayVolume { .. }))), "{full:?}");
    talk.t.clock.advance(DAY + HOUR);
    let ids = [(); 11].map(|()| cx.new_id());
    assert!(sending::hold(&cx, cx.new_id(), &ids).await.is_err(), "eleven files");
    upload::begin(&cx, "x.pdf", Some(1)).await.unwrap();
});

both_databases!(the_scanner_withholds_and_is_asked_again, |db: Db| async move {
    let talk = talk(db).await;
    talk.t.scanner.switch_on();
    talk.t.scanner.set_away(true);
    let cx = talk.staff().await;
    let idem = cx.new_id();
    let good = sent_up(&cx, "good.pdf", PDF).await.unwrap();
    let bad = sent_up(&cx, "bad.pdf", b"%PDF-1.4 VIRUS").await.unwrap();
    sending::hold(&cx, idem, &[good.id, bad.id]).await.unwrap();
    reply(&cx, talk.thread, "보내요", idem).await.unwrap();
    assert!(outbox::drain(&talk.t.market).await.unwrap().failed > 0, "the scanner is away");
    let buyer = talk.buyer().await;
    let waiting = read(&buyer, good.id).await.unwrap_err();
    assert_eq!(waiting.kind, ErrorKind::Conflict("file.waiting".into()));
    read(&cx, good.id).await.unwrap();
    talk.t.scanner.set_away(false);
    talk.t.clock.advance(2 * HOUR);
    jobs::sweep(&buyer.market.system()).await.unwrap();
    assert_eq!(outbox::drain(&talk.t.market).await.unwrap().failed, 0);
    read(&buyer, good.id).await.unwrap();
    for reader in [&buyer, &cx] {
        let withheld = read(reader, bad.id).await.unwrap_err();
        assert_eq!(withheld.kind, ErrorKind::Conflict("file.infected".into()));
    }
});

both_databases!(what_nobody_sent_and_what_was_erased_is_swept, |db: Db| async move {
    let talk = talk(db).await;
    let cx = talk.staff().await;
    let system = talk.t.market.system();
    sent_up(&cx, "unsent.pdf", PDF).await.unwrap();
    let refused = sent_up(&cx, "x.exe", b"MZ program").await;
    assert!(matches!(refused, Err(UploadError::Refused(FileRefusal::NotTaken { found: Some("EXE") }))));
    assert_eq!(talk.t.files.names().len(), 2, "nothing is left of the refused one");
    assert_eq!(jobs::sweep(&system).await.unwrap(), 0);
    talk.t.clock.advance(DAY + HOUR);
    jobs::sweep(&system).await.unwrap();
    assert_eq!(talk.t.files.names().len(), 1);
    // whoever erases a thread erases its files
    let mut tx = system.write().await.unwrap();
    crate::execute!(tx, "DELETE FROM messages WHERE thread_id = $1", talk.thread).unwrap();
    crate::execute!(tx, "DELETE FROM threads WHERE id = $1", talk.thread).unwrap();
    tx.commit().await.unwrap();
    jobs::sweep(&system).await.unwrap();
    assert_eq!(talk.t.files.names(), Vec::<String>::new());
});
