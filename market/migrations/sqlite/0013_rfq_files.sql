-- Files that go with a public request: owned by it as others are by a message, and what came through its buyer's link
-- may be sent with this request only.
ALTER TABLE files ADD COLUMN rfq_id BLOB REFERENCES rfqs (id) ON DELETE CASCADE;
ALTER TABLE files ADD COLUMN door_rfq_id BLOB REFERENCES rfqs (id) ON DELETE CASCADE;
CREATE INDEX files_by_rfq ON files (rfq_id) WHERE rfq_id IS NOT NULL;
CREATE INDEX files_by_door_rfq ON files (door_rfq_id) WHERE door_rfq_id IS NOT NULL;
