//! Pages of the inbox: each begins exactly where the one before ended, also among equals.

use std::cmp::Reverse;

use uuid::Uuid;

use super::ground::{Ground, ground};
use crate::both_databases;
use crate::cx::Cx;
use crate::db::Db;
use crate::inquiries::ThreadState;
use crate::inquiries::inbox::{PER_PAGE, RECEIVED_AS_THEY_COME};
use crate::inquiries::model::Side;
use crate::inquiries::service::{InboxFilter, inbox};
use crate::inquiries::store::{self, Thread};
use crate::time::{DAY, HOUR, Timestamp};

const MANY: i64 = 3 * PER_PAGE + 3;

const WRITTEN: &str = "UPDATE threads SET last_message_at = $2 WHERE id = $1";

/// Threads in three states; deadlines and last words are shared by several, some have no deadline.
async fn filled(g: &Ground) -> Vec<Thread> {
    let first = g.thread(g.asked().await).await;
    let cx = g.t.market.system();
    let mut all = vec![first.clone()];
    let mut tx = cx.write().await.unwrap();
    for n in 1..MANY {
        let (state, due) = match n % 3 {
            0 => (ThreadState::Quoted, Some(cx.now().plus(DAY))),
            1 => (ThreadState::WaitingVendor, (n % 7 > 0).then(|| cx.now().plus(n % 4 * HOUR))),
            _ => (ThreadState::VendorDeclined, None),
        };
        let thread = Thread {
            id: cx.new_id(),
            state,
            due_at: due,
            last_message_at: first.last_message_at.plus(n % 2 * HOUR),
            ..first.clone()
        };
        store::insert(&mut tx, &thread).await.unwrap();
        // a thread that begins was last written in when it began
        crate::execute!(tx, WRITTEN, thread.id, thread.last_message_at).unwrap();
        all.push(thread);
    }
    tx.commit().await.unwrap();
    all
}

/// The order of the page in other words.
fn sorted(all: &[Thread], state: Option<ThreadState>, own: &[ThreadState]) -> Vec<Uuid> {
    let mut kept: Vec<&Thread> =
        all.iter().filter(|thread| state.is_none_or(|state| state == thread.state)).collect();
    kept.sort_by_key(|thread| {
        let turn = own.contains(&thread.state);
        let due = if turn { thread.due_at.unwrap_or(Timestamp(i64::MAX)) } else { Timestamp(0) };
        (!turn, due, Reverse((thread.last_message_at, thread.id)))
    });
    kept.iter().map(|thread| thread.id).collect()
}

async fn turned(cx: &Cx, filter: &InboxFilter) -> Vec<Uuid> {
    let (mut found, mut total) = (Vec::new(), 0);
    for page in 1..=5 {
        let page = inbox(cx, &InboxFilter { page, ..filter.clone() }).await.unwrap();
        assert!(page.rows.len() <= usize::try_from(PER_PAGE).unwrap());
        total = page.total;
        found.extend(page.rows.iter().map(|row| row.id));
    }
    assert_eq!(i64::try_from(found.len()).unwrap(), total, "the pages hold as many as are said");
    found
}

both_databases!(a_page_begins_where_the_one_before_ended, |db: Db| async move {
    let g = ground(db).await;
    let all = filled(&g).await;
    let filter = |side, state, words: &str| InboxFilter {
        side,
        state,
        archived: false,
        label: None,
        mine: false,
        words: words.into(),
        page: 1,
    };
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    let states = [None, Some(ThreadState::WaitingVendor), Some(ThreadState::VendorDeclined)];
    for state in states {
        let theirs = sorted(&all, state, &[ThreadState::WaitingVendor]);
        // as it comes, and as it is looked for
        for words in ["", "볼트"] {
            let found = turned(&owner, &filter(Side::Vendor, state, words)).await;
            assert_eq!(found, theirs, "{state:?} {words:?}");
        }
        let own = sorted(&all, state, &[ThreadState::WaitingBuyer, ThreadState::Quoted]);
        assert_eq!(turned(&buyer, &filter(Side::Buyer, state, "")).await, own, "{state:?}");
    }
    assert_eq!(sorted(&all, None, &[]).len(), usize::try_from(MANY).unwrap());
});

const INDEX: &str = "SELECT CAST(indexdef AS TEXT) FROM pg_indexes WHERE indexname = 'threads_waiting'";

both_databases!(what_is_due_first_is_read_and_not_sorted_out_of_all, |db: Db| async move {
    let g = ground(db).await;
    filled(&g).await;
    let mut db = g.t.market.system().read().await.unwrap();
    if g.t.market.db().is_postgres() {
        let (index,) = crate::fetch_one!(db, (String,), INDEX).unwrap();
        assert!(index.contains("(vendor_id, state, due_at)"), "{index}");
        return;
    }
    let explain: &'static str =
        Box::leak(format!("EXPLAIN QUERY PLAN {RECEIVED_AS_THEY_COME}").into_boxed_str());
    let plan = crate::fetch_all!(db, (i64, i64, i64, String), explain).unwrap();
    let plan: Vec<String> = plan.into_iter().map(|step| step.3).collect();
    let sorts = |step: &str| step.starts_with("USE TEMP B-TREE FOR ") && step.ends_with("OF ORDER BY");
    // among those due at the same moment alone
    assert!(plan.iter().any(|step| sorts(step)), "{plan:?}");
});
