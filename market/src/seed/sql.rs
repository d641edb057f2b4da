//! Statements of the seeder: whole rows at once, which no verb of the site needs.

/// Real and demo accounts.
pub const COUNT_PEOPLE: &str = "SELECT CAST(COALESCE(SUM(CASE WHEN is_demo THEN 0 ELSE 1 END), 0) AS BIGINT), \
    CAST(COALESCE(SUM(CASE WHEN is_demo THEN 1 ELSE 0 END), 0) AS BIGINT) FROM users \
    WHERE email <> 'guests@site.invalid'";
/// A person.
pub const PERSON: &str = "INSERT INTO users (id, email, name, phone, company, country, lang, password_hash, email_confirmed_at, created_at, updated_at, is_demo) \
    VALUES ($1, $2, $3, NULL, $4, $5, $6, $7, $8, $8, $8, $9)";
/// A role in the federation's team.
pub const ROLE: &str = "INSERT INTO user_roles (user_id, role, granted_at) VALUES ($1, $2, $3)";
/// A consent.
pub const CONSENT: &str =
    "INSERT INTO consents (id, user_id, kind, version, granted, at) VALUES ($1, $2, $3, $4, $5, $6)";
/// A chapter.
pub const CHAPTER: &str =
    "INSERT INTO chapters (id, slug, name_ko, name_en, region) VALUES ($1, $2, $3, $4, $5)";
/// An officer of a chapter.
pub const OFFICER: &str =
    "INSERT INTO chapter_officers (chapter_id, user_id, granted_at) VALUES ($1, $2, $3)";
/// A company in any state.
pub const VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, state_reason, name_ko, name_en, representative, region, address, phone, \
    email, website, intro_ko, intro_en, founded_year, employees, chapter_id, registry_status, registry_checked_at, submitted_at, approved_at, \
    created_at, updated_at, version) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL, $13, $14, $15, $16, $17, 'active', $18, $19, $20, $21, $21, 1)";
/// A listing in any state.
pub const LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, state_reason, category, title_ko, title_en, description_ko, description_en, \
    specs, unit, price_kind, price_minor, price_currency, price_tiers, moq, lead_time_days, origin, hs_code, part_number, drawing, \
    created_at, updated_at, submitted_at, first_published_at, published_at, free_until, version) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'KRW', $15, $16, $17, $18, $19, $20, $21, $22, $22, $23, $24, $24, $25, 1)";
/// A staged edit.
pub const REVISION: &str = "INSERT INTO listing_revisions (id, listing_id, base_version, content, state, author_id, created_at) \
    VALUES ($1, $2, 1, $3, 'pending', $4, $5)";
/// A word to the search index.
pub const CHANGE: &str = "INSERT INTO search_changes (listing_id, at) VALUES ($1, $2)";
/// A featured listing.
pub const SLOT: &str = "INSERT INTO slots (id, place, position, listing_id, note, starts_at, ends_at, created_by, created_at) \
    VALUES ($1, 'home', $2, $3, $4, $5, $6, $7, $5)";
/// Whose quote was taken knows the buyer.
pub const SHARED: &str = "UPDATE threads SET contact_shared_at = closed_at WHERE state = 'accepted'";
/// A conversation in any state.
pub const THREAD: &str = "INSERT INTO threads (id, listing_id, vendor_id, buyer_id, state, decline_reason, subject, quantity, lang, due_at, created_at, \
    first_answered_at, last_message_at, closed_at, message_count, vendor_read_seq, buyer_read_seq, vendor_last_seq, buyer_last_seq, version) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 1)";
/// A conversation that its vendor does not know of.
pub const WITHHOLD: &str = "UPDATE threads SET withheld_at = $2 WHERE id = $1";
/// A message.
pub const MESSAGE: &str = "INSERT INTO messages (id, thread_id, seq, side, author_id, kind, body, data, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
/// What was asked on a day.
pub const ASKED: &str =
    "INSERT INTO search_words (day, query, category, searches, missed, hits) VALUES ($1, $2, $3, $4, $5, $6)";
