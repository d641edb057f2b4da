-- Questions that somebody wants to be told about (docs/SEARCH.md). Times, states and links as in the foundations.

CREATE TABLE saved_searches (
    id BLOB PRIMARY KEY NOT NULL,
    user_id BLOB NOT NULL REFERENCES users (id),
    address TEXT NOT NULL,
    title TEXT NOT NULL,
    question TEXT NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('ko', 'en')),
    -- listings published later are news
    mark BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    checked_at BIGINT,
    paused_at BIGINT,
    UNIQUE (user_id, address)
);
CREATE INDEX saved_searches_by_check ON saved_searches (paused_at, checked_at);

-- asked for by somebody not signed in, until the address has confirmed itself
CREATE TABLE saved_search_drafts (
    id BLOB PRIMARY KEY NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    email TEXT NOT NULL,
    address TEXT NOT NULL,
    title TEXT NOT NULL,
    question TEXT NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('ko', 'en')),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    confirmed_at BIGINT
);
CREATE INDEX saved_search_drafts_by_expiry ON saved_search_drafts (expires_at);

-- one mail a person and day
CREATE TABLE alert_mailings (
    id BLOB PRIMARY KEY NOT NULL,
    user_id BLOB NOT NULL REFERENCES users (id),
    day BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    UNIQUE (user_id, day)
);

-- what a question finds; a listing goes into one mail of it at most
CREATE TABLE saved_search_matches (
    search_id BLOB NOT NULL REFERENCES saved_searches (id),
    listing_id BLOB NOT NULL REFERENCES listings (id),
    matches BOOLEAN NOT NULL,
    known BOOLEAN NOT NULL,
    mailing_id BLOB REFERENCES alert_mailings (id),
    PRIMARY KEY (search_id, listing_id)
);
CREATE INDEX saved_search_matches_by_listing ON saved_search_matches (listing_id);
CREATE INDEX saved_search_matches_by_mailing ON saved_search_matches (mailing_id) WHERE mailing_id IS NOT NULL;

-- links of alert mails: they stop and manage alerts of one person, nothing else
CREATE TABLE alert_links (
    token_hash BLOB PRIMARY KEY NOT NULL,
    user_id BLOB NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX alert_links_by_expiry ON alert_links (expires_at);
CREATE INDEX alert_links_by_user ON alert_links (user_id);
