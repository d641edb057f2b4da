-- Questions of buyers: baskets, threads, messages, quotes. Times, money and states as in the foundations.

-- listings collected to be asked about together; browsers of nobody known keep their own in a cookie
CREATE TABLE basket_items (
    user_id BLOB NOT NULL REFERENCES users (id),
    listing_id BLOB NOT NULL REFERENCES listings (id),
    added_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, listing_id)
);

-- one form sent to several vendors: each gets a thread of its own
CREATE TABLE inquiry_batches (
    id BLOB PRIMARY KEY NOT NULL,
    buyer_id BLOB NOT NULL REFERENCES users (id),
    lang TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE threads (
    id BLOB PRIMARY KEY NOT NULL,
    listing_id BLOB NOT NULL REFERENCES listings (id),
    vendor_id BLOB NOT NULL REFERENCES vendors (id),
    buyer_id BLOB NOT NULL REFERENCES users (id),
    batch_id BLOB REFERENCES inquiry_batches (id),
    state TEXT NOT NULL CHECK (state IN ('new', 'waiting_vendor', 'waiting_buyer', 'quoted', 'accepted', 'declined', 'withdrawn', 'expired', 'vendor_declined', 'rerouted')),
    decline_reason TEXT,
    subject TEXT NOT NULL,
    quantity TEXT NOT NULL,
    lang TEXT NOT NULL,
    due_at BIGINT,
    remind_at BIGINT,
    overdue_at BIGINT,
    created_at BIGINT NOT NULL,
    first_answered_at BIGINT,
    last_message_at BIGINT NOT NULL,
    closed_at BIGINT,
    message_count BIGINT NOT NULL,
    vendor_read_seq BIGINT NOT NULL,
    buyer_read_seq BIGINT NOT NULL,
    vendor_last_seq BIGINT NOT NULL,
    buyer_last_seq BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX threads_by_vendor ON threads (vendor_id, last_message_at);
CREATE INDEX threads_by_buyer ON threads (buyer_id, last_message_at);
CREATE INDEX threads_by_listing ON threads (listing_id, created_at);
CREATE INDEX threads_by_due ON threads (state, due_at);
CREATE INDEX threads_by_reminder ON threads (remind_at);
CREATE INDEX threads_by_batch ON threads (batch_id) WHERE batch_id IS NOT NULL;

-- what is asked for, line by line, where a thread is about more than words
CREATE TABLE thread_lines (
    thread_id BLOB NOT NULL REFERENCES threads (id),
    position BIGINT NOT NULL,
    listing_id BLOB NOT NULL REFERENCES listings (id),
    title TEXT NOT NULL,
    quantity TEXT NOT NULL,
    spec TEXT NOT NULL,
    target_price TEXT NOT NULL,
    due_date TEXT,
    PRIMARY KEY (thread_id, position)
);
CREATE INDEX thread_lines_by_listing ON thread_lines (listing_id);

CREATE TABLE messages (
    id BLOB PRIMARY KEY NOT NULL,
    thread_id BLOB NOT NULL REFERENCES threads (id),
    seq BIGINT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('buyer', 'vendor', 'system')),
    author_id BLOB REFERENCES users (id),
    kind TEXT NOT NULL CHECK (kind IN ('text', 'question', 'quote', 'decline', 'accept', 'withdraw', 'expire')),
    body TEXT NOT NULL,
    data TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (thread_id, seq)
);

-- asked by a guest, kept apart until the address confirms itself; nothing is mailed to anybody else before
CREATE TABLE inquiry_drafts (
    id BLOB PRIMARY KEY NOT NULL,
    listing_id BLOB NOT NULL REFERENCES listings (id),
    email TEXT NOT NULL,
    content TEXT NOT NULL,
    lang TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    thread_id BLOB REFERENCES threads (id)
);
CREATE INDEX inquiry_drafts_by_expiry ON inquiry_drafts (expires_at);

-- the same for a form to several vendors
CREATE TABLE batch_drafts (
    id BLOB PRIMARY KEY NOT NULL,
    email TEXT NOT NULL,
    content TEXT NOT NULL,
    lang TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    batch_id BLOB REFERENCES inquiry_batches (id)
);
CREATE INDEX batch_drafts_by_expiry ON batch_drafts (expires_at);
