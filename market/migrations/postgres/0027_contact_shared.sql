-- When the buyer of a thread told the vendor how to be reached: by taking a quote, after the form said so.
ALTER TABLE threads ADD COLUMN contact_shared_at BIGINT;
