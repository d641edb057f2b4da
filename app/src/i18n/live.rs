//! Words of a page that keeps itself up to date.

crate::words! {
    unread = "읽지 않은 것 {n}개", "{n} unread";
    new_message = "새 메시지가 왔어요.", "A new message has arrived.";
    stale = "새 메시지가 왔어요. 지금 할 수 있는 일은 새로 고치면 보여요.", "A new message has arrived. Reload to see what you can do now.";
    list_stale = "새 소식이 있어요.", "There is something new.";
    reload = "새로 고침", "Reload";
}
