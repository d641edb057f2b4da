-- Files of somebody whose address has not confirmed itself wait with a form under this name, which nobody can sign in with; confirming
-- makes them the person's own.
INSERT INTO users (id, email, name, lang, created_at, updated_at, closed_at, is_demo)
VALUES (X'00000000000080008000000000000001', 'guests@site.invalid', 'guests', 'ko', 0, 0, 0, FALSE);
-- the form that the files of a guest's inquiry wait with
ALTER TABLE inquiry_drafts ADD COLUMN form_key BLOB;
CREATE INDEX inquiry_drafts_by_form ON inquiry_drafts (form_key) WHERE form_key IS NOT NULL;
