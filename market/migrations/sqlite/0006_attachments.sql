-- Files that people send each other with a message. The bytes lie in the file store under `stored_as`, a name drawn
-- by lot; what goes with its thread goes from here at once, and the sweep then takes the bytes.
CREATE TABLE files (
    id BLOB PRIMARY KEY NOT NULL,
    stored_as TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    uploader_id BLOB NOT NULL REFERENCES users (id),
    -- came through a mail's link: may be sent in this thread only
    door_thread_id BLOB REFERENCES threads (id) ON DELETE CASCADE,
    thread_id BLOB REFERENCES threads (id) ON DELETE CASCADE,
    message_id BLOB REFERENCES messages (id) ON DELETE CASCADE,
    -- the form rendering it shall be sent with
    form_key BLOB,
    declared BIGINT,
    bytes BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('receiving', 'kept', 'refused')),
    kind TEXT,
    active BOOLEAN NOT NULL,
    pages BIGINT,
    preview_width BIGINT,
    preview_height BIGINT,
    sha256 BLOB,
    scan TEXT NOT NULL CHECK (scan IN ('off', 'waiting', 'clean', 'infected')),
    scan_note TEXT,
    created_at BIGINT NOT NULL,
    attached_at BIGINT
);
CREATE INDEX files_by_thread ON files (thread_id) WHERE thread_id IS NOT NULL;
CREATE INDEX files_by_message ON files (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX files_by_door ON files (door_thread_id) WHERE door_thread_id IS NOT NULL;
CREATE INDEX files_by_uploader ON files (uploader_id, created_at);
CREATE INDEX files_by_form ON files (form_key) WHERE form_key IS NOT NULL;
CREATE INDEX files_unsent ON files (created_at) WHERE message_id IS NULL;
CREATE INDEX files_unscanned ON files (created_at) WHERE scan = 'waiting';
