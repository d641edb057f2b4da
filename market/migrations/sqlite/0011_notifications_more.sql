-- What people are told, how and when; mails that are handed over; the language and the translations of messages.
-- Times and states as in the foundations.

-- one row a mail: written before it is handed over, so that a crash in between shows
CREATE TABLE mail_attempts (
    mail_id BLOB PRIMARY KEY NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sending', 'sent', 'failed', 'uncertain')),
    attempts BIGINT NOT NULL,
    began_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX mail_attempts_by_time ON mail_attempts (began_at);
-- set aside because nobody knows whether it was done
ALTER TABLE outbox ADD COLUMN uncertain_at BIGINT;

-- the clock somebody reads by (IANA name), and whether mails may come at night
ALTER TABLE users ADD COLUMN time_zone TEXT;
ALTER TABLE users ADD COLUMN night_mails BOOLEAN NOT NULL DEFAULT FALSE;
-- since when somebody agreed to messages on the telephone
ALTER TABLE users ADD COLUMN talk_since BIGINT;

-- what somebody chose for a topic; without a row the usual holds
CREATE TABLE notification_choices (
    user_id BLOB NOT NULL REFERENCES users (id),
    topic TEXT NOT NULL,
    pace TEXT NOT NULL CHECK (pace IN ('at_once', 'daily', 'off')),
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, topic)
);

-- links of mails that stop mails of one topic; without a topic, those of the daily mail
CREATE TABLE notification_links (
    token_hash BLOB PRIMARY KEY NOT NULL,
    user_id BLOB NOT NULL REFERENCES users (id),
    topic TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX notification_links_by_expiry ON notification_links (expires_at);
CREATE INDEX notification_links_by_user ON notification_links (user_id);

-- the one daily mail of a person and day
CREATE TABLE digests (
    id BLOB PRIMARY KEY NOT NULL,
    user_id BLOB NOT NULL REFERENCES users (id),
    day BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    UNIQUE (user_id, day)
);
-- what waits for the daily mail, and the one it stood in
ALTER TABLE notifications ADD COLUMN for_digest BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE notifications ADD COLUMN digest_id BLOB REFERENCES digests (id);
CREATE INDEX notifications_for_digest ON notifications (user_id, created_at) WHERE for_digest AND digest_id IS NULL;

-- the language of a message, and what a translator made of it; another text is another translation
ALTER TABLE messages ADD COLUMN lang TEXT;
CREATE TABLE message_translations (
    message_id BLOB NOT NULL REFERENCES messages (id),
    lang TEXT NOT NULL CHECK (lang IN ('ko', 'en')),
    source_hash BLOB NOT NULL,
    body TEXT NOT NULL,
    translator TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (message_id, lang)
);
