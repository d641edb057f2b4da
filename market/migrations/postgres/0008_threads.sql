-- What people do with threads besides writing: correct a message, keep a draft, sort, archive, reuse words.
-- Times and states as in the foundations.

ALTER TABLE messages ADD COLUMN edited_at BIGINT;
ALTER TABLE threads ADD COLUMN assignee_id UUID REFERENCES users (id);
ALTER TABLE threads ADD COLUMN vendor_archived_at BIGINT;
ALTER TABLE threads ADD COLUMN buyer_archived_at BIGINT;
-- what waits for a company, and what it has not read, without reading what it has
CREATE INDEX threads_waiting ON threads (vendor_id, state);
CREATE INDEX threads_unread_by_vendor ON threads (vendor_id) WHERE buyer_last_seq > vendor_read_seq;
CREATE INDEX threads_unread_by_buyer ON threads (buyer_id) WHERE vendor_last_seq > buyer_read_seq;

-- what a message said before it was corrected
CREATE TABLE message_edits (
    message_id UUID NOT NULL REFERENCES messages (id),
    number BIGINT NOT NULL,
    body TEXT NOT NULL,
    replaced_at BIGINT NOT NULL,
    PRIMARY KEY (message_id, number)
);

-- who has read a thread up to where
CREATE TABLE thread_reads (
    thread_id UUID NOT NULL REFERENCES threads (id),
    user_id UUID NOT NULL REFERENCES users (id),
    side TEXT NOT NULL CHECK (side IN ('buyer', 'vendor')),
    seq BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (thread_id, user_id, side)
);

-- answers begun and not sent; a person has one for each step of a thread
CREATE TABLE answer_drafts (
    thread_id UUID NOT NULL REFERENCES threads (id),
    user_id UUID NOT NULL REFERENCES users (id),
    step TEXT NOT NULL,
    content TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (thread_id, user_id, step)
);

-- words by which a company sorts its threads
CREATE TABLE vendor_labels (
    id UUID PRIMARY KEY NOT NULL,
    vendor_id UUID NOT NULL REFERENCES vendors (id),
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (vendor_id, name)
);
CREATE TABLE thread_labels (
    thread_id UUID NOT NULL REFERENCES threads (id),
    label_id UUID NOT NULL REFERENCES vendor_labels (id),
    PRIMARY KEY (thread_id, label_id)
);
CREATE INDEX thread_labels_by_label ON thread_labels (label_id);

-- words a company uses again; at most one of them greets new inquiries by itself
CREATE TABLE saved_replies (
    id UUID PRIMARY KEY NOT NULL,
    vendor_id UUID NOT NULL REFERENCES vendors (id),
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    greets BOOLEAN NOT NULL,
    updated_by UUID NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (vendor_id, title)
);

-- after an answer through a mail's link: the browser that answered may stay signed in, once, for minutes
CREATE TABLE stay_offers (
    token_hash BYTEA PRIMARY KEY NOT NULL,
    user_id UUID NOT NULL REFERENCES users (id),
    thread_id UUID NOT NULL REFERENCES threads (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    consent TEXT
);
CREATE INDEX stay_offers_by_expiry ON stay_offers (expires_at);
