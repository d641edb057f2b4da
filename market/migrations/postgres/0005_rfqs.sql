-- Public requests for quotes. Answers are threads whose form (batch_id) is the request.

CREATE TABLE rfqs (
    id UUID PRIMARY KEY NOT NULL,
    buyer_id UUID NOT NULL REFERENCES users (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'in_review', 'open', 'filled', 'expired', 'closed', 'removed')),
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    lines TEXT NOT NULL,
    category TEXT NOT NULL,
    region TEXT NOT NULL,
    place TEXT NOT NULL,
    due_date TEXT,
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'verified', 'invited')),
    lang TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    submitted_at BIGINT NOT NULL,
    opened_at BIGINT,
    closes_at BIGINT,
    extended_at BIGINT,
    closed_at BIGINT,
    reason TEXT,
    answers BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX rfqs_by_state ON rfqs (state, opened_at);
CREATE INDEX rfqs_by_buyer ON rfqs (buyer_id, created_at);
CREATE INDEX rfqs_by_end ON rfqs (state, closes_at);

-- the vendors a buyer asked by name
CREATE TABLE rfq_invites (
    rfq_id UUID NOT NULL REFERENCES rfqs (id),
    vendor_id UUID NOT NULL REFERENCES vendors (id),
    PRIMARY KEY (rfq_id, vendor_id)
);
CREATE INDEX rfq_invites_by_vendor ON rfq_invites (vendor_id);

-- who was told of which request, so that nobody is told too often
CREATE TABLE rfq_told (
    rfq_id UUID NOT NULL REFERENCES rfqs (id),
    vendor_id UUID NOT NULL REFERENCES vendors (id),
    told_at BIGINT NOT NULL,
    PRIMARY KEY (rfq_id, vendor_id)
);
CREATE INDEX rfq_told_by_vendor ON rfq_told (vendor_id, told_at);

-- written by a guest, kept apart until the address confirms itself
CREATE TABLE rfq_drafts (
    id UUID PRIMARY KEY NOT NULL,
    email TEXT NOT NULL,
    content TEXT NOT NULL,
    lang TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    rfq_id UUID REFERENCES rfqs (id)
);
CREATE INDEX rfq_drafts_by_expiry ON rfq_drafts (expires_at);
