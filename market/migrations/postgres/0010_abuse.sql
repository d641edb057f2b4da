-- What keeps spam and insults away from people: what waits for a look, who wants to hear from whom no more, reports.

-- while set, the vendor's side does not know of the thread
ALTER TABLE threads ADD COLUMN withheld_at BIGINT;
-- when it was handed over, if that was later than it was asked
ALTER TABLE threads ADD COLUMN delivered_at BIGINT;
-- counts in nobody's figures since
ALTER TABLE threads ADD COLUMN uncounted_at BIGINT;

CREATE TABLE held_items (
    id UUID PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('inquiry', 'message', 'form')),
    thread_id UUID REFERENCES threads (id) ON DELETE CASCADE,
    sender_id UUID REFERENCES users (id),
    vendor_id UUID REFERENCES vendors (id),
    title TEXT NOT NULL,
    reasons TEXT NOT NULL,
    content TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'released', 'refused', 'ended')),
    decided_by UUID REFERENCES users (id),
    decided_at BIGINT,
    decision TEXT
);
CREATE INDEX held_items_by_state ON held_items (state, written_at);
CREATE INDEX held_items_by_thread ON held_items (thread_id) WHERE thread_id IS NOT NULL;
CREATE INDEX held_items_by_sender ON held_items (sender_id, written_at) WHERE sender_id IS NOT NULL;

-- one side of a trade wants to hear from the other no more
CREATE TABLE blocks (
    id UUID PRIMARY KEY NOT NULL,
    vendor_id UUID NOT NULL REFERENCES vendors (id),
    buyer_id UUID NOT NULL REFERENCES users (id),
    by_side TEXT NOT NULL CHECK (by_side IN ('buyer', 'vendor')),
    created_by UUID NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE UNIQUE INDEX blocks_in_force ON blocks (vendor_id, buyer_id, by_side) WHERE ended_at IS NULL;
CREATE INDEX blocks_by_buyer ON blocks (buyer_id);

CREATE TABLE reports (
    id UUID PRIMARY KEY NOT NULL,
    thread_id UUID NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    by_side TEXT NOT NULL CHECK (by_side IN ('buyer', 'vendor')),
    reporter_id UUID NOT NULL REFERENCES users (id),
    reason TEXT NOT NULL CHECK (reason IN ('spam', 'abuse', 'fraud', 'personal_data', 'other')),
    note TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'dismissed')),
    created_at BIGINT NOT NULL,
    decided_by UUID REFERENCES users (id),
    decided_at BIGINT,
    decision TEXT
);
CREATE UNIQUE INDEX reports_open ON reports (thread_id, by_side) WHERE state = 'open';
CREATE INDEX reports_by_state ON reports (state, created_at);
CREATE INDEX reports_by_thread ON reports (thread_id);
