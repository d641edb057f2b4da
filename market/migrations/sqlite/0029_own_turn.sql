-- what waits for a company in the order in which it is due: the inbox reads one page of it instead of sorting all
DROP INDEX threads_waiting;
CREATE INDEX threads_waiting ON threads (vendor_id, state, due_at) WHERE withheld_at IS NULL;
