-- the form that the files of a guest's basket wait with
ALTER TABLE batch_drafts ADD COLUMN form_key BLOB;
CREATE INDEX batch_drafts_by_form ON batch_drafts (form_key) WHERE form_key IS NOT NULL;
