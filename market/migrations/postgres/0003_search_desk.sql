-- What curators learn from and do about searching (docs/SEARCH.md). Counts of a day and nobody's name: the log of single
-- searches, which kept words as typed with their moment, goes.
DROP TABLE search_log;

-- one row a day and question; days are counted from 1970 in Seoul
CREATE TABLE search_words (
    day BIGINT NOT NULL,
    query TEXT NOT NULL,
    category TEXT NOT NULL,
    searches BIGINT NOT NULL,
    missed BIGINT NOT NULL,
    hits BIGINT NOT NULL,
    PRIMARY KEY (day, query)
);
CREATE INDEX search_words_by_query ON search_words (query, day);
CREATE INDEX search_words_by_category ON search_words (category, day);

-- how many different people asked in a week: marks of sixteen bits, made with a salt that is forgotten with the week
CREATE TABLE search_marks (
    week BIGINT NOT NULL,
    query TEXT NOT NULL,
    mark BIGINT NOT NULL,
    PRIMARY KEY (query, week, mark)
);
CREATE INDEX search_marks_by_week ON search_marks (week);

CREATE TABLE search_salts (
    week BIGINT PRIMARY KEY NOT NULL,
    salt BYTEA NOT NULL
);

-- what was opened from which results, once a day, question, listing and mark
CREATE TABLE search_clicks (
    day BIGINT NOT NULL,
    query TEXT NOT NULL,
    listing_id UUID NOT NULL,
    mark BIGINT NOT NULL,
    position BIGINT,
    PRIMARY KEY (query, day, listing_id, mark)
);
CREATE INDEX search_clicks_by_day ON search_clicks (day);

-- curators' rules, append-only: the newest version of a rule is in force until it is ended or its time is over
CREATE TABLE search_rules (
    seq BIGINT PRIMARY KEY NOT NULL,
    rule_id UUID NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('synonym', 'narrower', 'redirect', 'stop_word', 'pin')),
    query TEXT NOT NULL,
    target TEXT NOT NULL,
    listing_id UUID REFERENCES listings (id),
    note TEXT NOT NULL,
    expires_at BIGINT,
    ended BOOLEAN NOT NULL,
    author_id UUID REFERENCES users (id),
    at BIGINT NOT NULL,
    UNIQUE (rule_id, version)
);

-- number of the last change; running processes compare it with what they have in memory
CREATE TABLE search_rules_state (
    id BIGINT PRIMARY KEY NOT NULL CHECK (id = 1),
    version BIGINT NOT NULL
);
INSERT INTO search_rules_state (id, version) VALUES (1, 0);
