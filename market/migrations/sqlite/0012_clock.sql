-- What the clock looks for, in the order in which it takes it. Times and states as in the foundations.

-- until when the quote on the table of an open thread holds; forgotten when both sides were told that it lapsed
ALTER TABLE threads ADD COLUMN quote_until BIGINT;
UPDATE threads SET quote_until = (SELECT json_extract(m.data, '$.quote.valid_until') FROM messages m WHERE m.thread_id = threads.id AND m.kind = 'quote' ORDER BY m.seq DESC LIMIT 1)
    WHERE state IN ('waiting_vendor', 'waiting_buyer', 'quoted');
CREATE INDEX threads_by_quote ON threads (quote_until, id) WHERE quote_until IS NOT NULL;

-- thousands of reminders, deadlines and jobs share one moment (09:00, 18:00): without the identity in the index each
-- round would sort all of them again to take the first twenty
DROP INDEX threads_by_reminder;
CREATE INDEX threads_by_reminder ON threads (remind_at, id) WHERE remind_at IS NOT NULL;
DROP INDEX threads_by_due;
CREATE INDEX threads_by_due ON threads (due_at, id) WHERE due_at IS NOT NULL;
DROP INDEX outbox_ready;
CREATE INDEX outbox_ready ON outbox (available_at, id) WHERE done_at IS NULL AND dead_at IS NULL;

-- the inbox of a company with ten thousand threads: its first page, its numbers and its marks are read from these alone
DROP INDEX threads_by_vendor;
CREATE INDEX threads_by_vendor ON threads (vendor_id, vendor_archived_at, last_message_at, id, state, withheld_at);
DROP INDEX threads_waiting;
CREATE INDEX threads_waiting ON threads (vendor_id, state) WHERE withheld_at IS NULL;
DROP INDEX threads_unread_by_vendor;
CREATE INDEX threads_unread_by_vendor ON threads (vendor_id) WHERE buyer_last_seq > vendor_read_seq AND withheld_at IS NULL;
