-- What happens while people look on: one row an event, in the order of the transactions that made it happen. The
-- message itself stands in its thread; the log only says where to look.
CREATE TABLE live_head (
    id BIGINT PRIMARY KEY NOT NULL CHECK (id = 1),
    pos BIGINT NOT NULL,
    -- changes when the database is put back to an earlier state, so that old positions mean nothing any more
    epoch TEXT NOT NULL
);
INSERT INTO live_head (id, pos, epoch) VALUES (1, 0, '');

CREATE TABLE live_log (
    pos BIGINT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('message', 'bell')),
    thread_id UUID REFERENCES threads (id) ON DELETE CASCADE,
    seq BIGINT,
    person_id UUID REFERENCES users (id),
    at BIGINT NOT NULL
);
CREATE INDEX live_log_by_age ON live_log (at);
CREATE INDEX live_log_by_thread ON live_log (thread_id) WHERE thread_id IS NOT NULL;
