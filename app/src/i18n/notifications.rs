//! Words of notifications.

pub use market::notifications::sentence;

crate::words! {
    title = "알림", "Notifications";
    unread(count: i64) = "안 읽은 알림이 {count}개 있어요.", "{count} unread.";
    mark_read = "모두 읽음으로", "Mark all as read";
    new = "새 알림", "New";
    empty = "알림이 없어요", "No notifications";
    empty_text = "문의에 답이 오거나 제품 심사가 끝나면 여기에서 알려 드려요.", "Answers to inquiries and decisions on products appear here.";
    find_products = "제품 찾기", "Find products";
}
