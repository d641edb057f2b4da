-- What an approved company wants to be shown as (JSON of its name, representative, place, chapter and certificates) waits
-- for a curator; the approved stays in its columns until then.
ALTER TABLE vendors ADD COLUMN staged TEXT;
ALTER TABLE vendors ADD COLUMN staged_at BIGINT;
CREATE INDEX vendors_staged ON vendors (staged_at) WHERE staged_at IS NOT NULL;

-- Pictures of a published listing change at once; since when curators have not seen them.
ALTER TABLE listings ADD COLUMN pictures_changed_at BIGINT;
CREATE INDEX listings_with_new_pictures ON listings (pictures_changed_at) WHERE pictures_changed_at IS NOT NULL;
