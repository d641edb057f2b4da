-- What a person was told by mail, whichever of their questions found it, for as long as they have an account: a listing
-- stands once in all mails to a person, also when the question that told it is deleted.
CREATE TABLE alert_told (
    user_id UUID NOT NULL REFERENCES users (id),
    listing_id UUID NOT NULL REFERENCES listings (id),
    mailing_id UUID NOT NULL REFERENCES alert_mailings (id),
    PRIMARY KEY (user_id, listing_id)
);
CREATE INDEX alert_told_by_mailing ON alert_told (mailing_id);
CREATE INDEX alert_told_by_listing ON alert_told (listing_id);
INSERT INTO alert_told (user_id, listing_id, mailing_id) SELECT a.user_id, m.listing_id, m.mailing_id FROM saved_search_matches m
    JOIN alert_mailings a ON a.id = m.mailing_id WHERE a.sent_at IS NOT NULL ON CONFLICT (user_id, listing_id) DO NOTHING;

-- Windows end on the whole second: within a second the lists of public pages and the search engine ask the same.
INSERT INTO search_changes (listing_id, at) SELECT id, CAST(EXTRACT(EPOCH FROM now()) AS BIGINT) * 1000000 FROM listings
    WHERE state = 'published' AND free_until % 1000000 <> 0;
UPDATE listings SET free_until = free_until - free_until % 1000000 WHERE free_until % 1000000 <> 0;
