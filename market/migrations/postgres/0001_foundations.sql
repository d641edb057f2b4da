-- Foundations. Times are microseconds since 1970 UTC, money is minor units, JSON is text,
-- states are words checked here so that no code path can store an unknown one.

-- What SQLite has of itself: an identity as text, so that one statement serves both.
CREATE FUNCTION hex(id UUID) RETURNS TEXT LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE RETURN replace(CAST(id AS TEXT), '-', '');

-- ---------------------------------------------------------------- people
CREATE TABLE users (
    id UUID PRIMARY KEY NOT NULL,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    phone TEXT,
    company TEXT,
    country TEXT,
    lang TEXT NOT NULL CHECK (lang IN ('ko', 'en')),
    password_hash TEXT,
    email_confirmed_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    closed_at BIGINT,
    is_demo BOOLEAN NOT NULL
);

CREATE TABLE user_roles (
    user_id UUID NOT NULL REFERENCES users (id),
    role TEXT NOT NULL CHECK (role IN ('curator', 'moderator', 'admin', 'finance')),
    granted_at BIGINT NOT NULL,
    granted_by UUID REFERENCES users (id),
    PRIMARY KEY (user_id, role)
);

CREATE TABLE sessions (
    id UUID PRIMARY KEY NOT NULL,
    user_id UUID NOT NULL REFERENCES users (id),
    token_hash BYTEA NOT NULL UNIQUE,
    user_agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE consents (
    id UUID PRIMARY KEY NOT NULL,
    user_id UUID NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL CHECK (kind IN ('terms', 'privacy', 'third_party', 'marketing')),
    version TEXT NOT NULL,
    granted BOOLEAN NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX consents_by_user ON consents (user_id, kind, at);

CREATE TABLE one_time_tokens (
    id UUID PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('confirm_email', 'reset_password', 'confirm_inquiry', 'answer_thread', 'read_thread', 'confirm_batch', 'read_batch')),
    token_hash BYTEA NOT NULL UNIQUE,
    user_id UUID REFERENCES users (id),
    subject_id UUID,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX one_time_tokens_by_subject ON one_time_tokens (subject_id, kind);
CREATE INDEX one_time_tokens_by_user ON one_time_tokens (user_id, kind);

-- counters of the rate limits: one row a key and window, shared by all processes
CREATE TABLE throttle_windows (
    bucket TEXT NOT NULL,
    window_start BIGINT NOT NULL,
    hits BIGINT NOT NULL,
    PRIMARY KEY (bucket, window_start)
);

-- one row a form rendering: the same key twice gives the first answer again
CREATE TABLE idempotency_keys (
    scope TEXT NOT NULL,
    idem_key UUID NOT NULL,
    request_hash BYTEA NOT NULL,
    outcome TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (scope, idem_key)
);

-- ---------------------------------------------------------------- chapters and vendors
CREATE TABLE chapters (
    id UUID PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    region TEXT NOT NULL
);

CREATE TABLE chapter_officers (
    chapter_id UUID NOT NULL REFERENCES chapters (id),
    user_id UUID NOT NULL REFERENCES users (id),
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (chapter_id, user_id)
);

CREATE TABLE vendors (
    id UUID PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    business_number TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('invited', 'applying', 'in_review', 'changes_requested', 'approved', 'suspended', 'closed', 'rejected')),
    state_reason TEXT,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    representative TEXT NOT NULL,
    region TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    website TEXT,
    intro_ko TEXT NOT NULL,
    intro_en TEXT NOT NULL,
    founded_year BIGINT,
    employees BIGINT,
    chapter_id UUID REFERENCES chapters (id),
    holiday_until BIGINT,
    registry_status TEXT NOT NULL CHECK (registry_status IN ('unknown', 'active', 'paused', 'closed')),
    registry_checked_at BIGINT,
    submitted_at BIGINT,
    approved_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX vendors_by_state ON vendors (state, submitted_at);

CREATE TABLE vendor_members (
    vendor_id UUID NOT NULL REFERENCES vendors (id),
    user_id UUID NOT NULL REFERENCES users (id),
    role TEXT NOT NULL CHECK (role IN ('owner', 'manager', 'staff')),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (vendor_id, user_id)
);
CREATE INDEX vendor_members_by_user ON vendor_members (user_id);

CREATE TABLE vendor_certificates (
    id UUID PRIMARY KEY NOT NULL,
    vendor_id UUID NOT NULL REFERENCES vendors (id),
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    issuer TEXT NOT NULL,
    number TEXT NOT NULL,
    valid_until TEXT
);
CREATE INDEX vendor_certificates_by_vendor ON vendor_certificates (vendor_id, position);

-- the public clock, recomputed by a job from the threads
CREATE TABLE vendor_response_stats (
    vendor_id UUID PRIMARY KEY NOT NULL REFERENCES vendors (id),
    asked BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    answered_in_time BIGINT NOT NULL,
    mean_micros BIGINT,
    computed_at BIGINT NOT NULL
);

-- ---------------------------------------------------------------- catalog
CREATE TABLE listings (
    id UUID PRIMARY KEY NOT NULL,
    vendor_id UUID NOT NULL REFERENCES vendors (id),
    slug TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('draft', 'in_review', 'changes_requested', 'published', 'hidden', 'expired', 'archived')),
    state_reason TEXT,
    category TEXT NOT NULL,
    title_ko TEXT NOT NULL,
    title_en TEXT NOT NULL,
    description_ko TEXT NOT NULL,
    description_en TEXT NOT NULL,
    specs TEXT NOT NULL,
    unit TEXT NOT NULL,
    price_kind TEXT NOT NULL CHECK (price_kind IN ('public', 'tiers', 'negotiable')),
    price_minor BIGINT,
    price_currency TEXT NOT NULL,
    price_tiers TEXT NOT NULL,
    moq BIGINT,
    lead_time_days BIGINT,
    origin TEXT NOT NULL,
    hs_code TEXT NOT NULL,
    part_number TEXT NOT NULL,
    drawing TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    submitted_at BIGINT,
    first_published_at BIGINT,
    published_at BIGINT,
    free_until BIGINT,
    version BIGINT NOT NULL
);
CREATE INDEX listings_by_vendor ON listings (vendor_id, state, updated_at);
CREATE INDEX listings_by_state ON listings (state, submitted_at);
CREATE INDEX listings_by_category ON listings (category, state, published_at);
CREATE INDEX listings_by_published ON listings (state, published_at, id);
CREATE INDEX listings_counted ON listings (state, category, vendor_id, free_until);
CREATE INDEX listings_by_expiry ON listings (state, free_until);

CREATE TABLE slug_history (
    slug TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('vendor', 'listing')),
    object_id UUID NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE media (
    id UUID PRIMARY KEY NOT NULL,
    vendor_id UUID NOT NULL REFERENCES vendors (id),
    hash TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    widths TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (vendor_id, hash)
);
CREATE INDEX media_by_hash ON media (hash);

CREATE TABLE listing_images (
    listing_id UUID NOT NULL REFERENCES listings (id),
    media_id UUID NOT NULL REFERENCES media (id),
    position BIGINT NOT NULL,
    alt_ko TEXT NOT NULL,
    alt_en TEXT NOT NULL,
    PRIMARY KEY (listing_id, media_id)
);

CREATE TABLE listing_revisions (
    id UUID PRIMARY KEY NOT NULL,
    listing_id UUID NOT NULL REFERENCES listings (id),
    base_version BIGINT NOT NULL,
    content TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'applied', 'declined', 'withdrawn')),
    author_id UUID NOT NULL REFERENCES users (id),
    reason TEXT,
    created_at BIGINT NOT NULL,
    decided_at BIGINT,
    decided_by UUID REFERENCES users (id)
);
CREATE UNIQUE INDEX listing_revisions_one_pending ON listing_revisions (listing_id) WHERE state = 'pending';
CREATE INDEX listing_revisions_by_state ON listing_revisions (state, created_at);

-- what the search index has to catch up with; each instance keeps its own position
CREATE TABLE search_changes (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    listing_id UUID NOT NULL,
    at BIGINT NOT NULL
);

-- every query with its hit count; no person in it
CREATE TABLE search_log (
    id UUID PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    lang TEXT NOT NULL,
    query TEXT NOT NULL,
    hits BIGINT NOT NULL
);
CREATE INDEX search_log_by_time ON search_log (at);

-- ---------------------------------------------------------------- curation
CREATE TABLE slots (
    id UUID PRIMARY KEY NOT NULL,
    place TEXT NOT NULL CHECK (place IN ('home')),
    position BIGINT NOT NULL,
    listing_id UUID NOT NULL REFERENCES listings (id),
    note TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    created_by UUID NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    removed_at BIGINT
);
CREATE INDEX slots_by_place ON slots (place, ends_at);

-- ---------------------------------------------------------------- notifications
CREATE TABLE notifications (
    id UUID PRIMARY KEY NOT NULL,
    user_id UUID NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    data TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    read_at BIGINT
);
CREATE INDEX notifications_by_user ON notifications (user_id, read_at, created_at);

-- ---------------------------------------------------------------- machinery
CREATE TABLE audit_log (
    seq BIGINT PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    actor_id UUID,
    actor_kind TEXT NOT NULL,
    action TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id UUID,
    data TEXT NOT NULL,
    previous_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL
);
CREATE INDEX audit_log_by_object ON audit_log (object_kind, object_id, seq);
CREATE INDEX audit_log_by_actor ON audit_log (actor_id, seq);

CREATE TABLE outbox (
    id UUID PRIMARY KEY NOT NULL,
    topic TEXT NOT NULL,
    payload TEXT NOT NULL,
    dedup_key TEXT UNIQUE,
    created_at BIGINT NOT NULL,
    available_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    leased_until BIGINT,
    lease_owner UUID,
    done_at BIGINT,
    dead_at BIGINT,
    last_error TEXT
);
CREATE INDEX outbox_ready ON outbox (available_at) WHERE done_at IS NULL AND dead_at IS NULL;

CREATE TABLE schedules (
    name TEXT PRIMARY KEY NOT NULL,
    next_at BIGINT NOT NULL,
    last_ran_at BIGINT
);
