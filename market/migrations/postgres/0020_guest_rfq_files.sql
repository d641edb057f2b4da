-- the form that the files of a guest's public request wait with
ALTER TABLE rfq_drafts ADD COLUMN form_key UUID;
CREATE INDEX rfq_drafts_by_form ON rfq_drafts (form_key) WHERE form_key IS NOT NULL;
