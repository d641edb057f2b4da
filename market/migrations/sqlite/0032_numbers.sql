-- no-transaction
-- A company's number is one company's only among those that were handed in or let in: what somebody typed into a draft blocks
-- nobody, and a company that was refused or closed gives its number back. SQLite cannot drop the old constraint, so the table is
-- written anew; doing it twice (a process that died before this migration was noted) does no harm.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE vendors_anew (
    id BLOB PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    business_number TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('invited', 'applying', 'in_review', 'changes_requested', 'approved', 'suspended', 'closed', 'rejected')),
    state_reason TEXT,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    representative TEXT NOT NULL,
    region TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    website TEXT,
    intro_ko TEXT NOT NULL,
    intro_en TEXT NOT NULL,
    founded_year BIGINT,
    employees BIGINT,
    chapter_id BLOB REFERENCES chapters (id),
    holiday_until BIGINT,
    registry_status TEXT NOT NULL CHECK (registry_status IN ('unknown', 'active', 'paused', 'closed')),
    registry_checked_at BIGINT,
    submitted_at BIGINT,
    approved_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    staged TEXT,
    staged_at BIGINT
);
INSERT INTO vendors_anew (id, slug, business_number, state, state_reason, name_ko, name_en, representative, region, address, phone, email,
    website, intro_ko, intro_en, founded_year, employees, chapter_id, holiday_until, registry_status, registry_checked_at, submitted_at,
    approved_at, created_at, updated_at, version, staged, staged_at)
SELECT id, slug, business_number, state, state_reason, name_ko, name_en, representative, region, address, phone, email,
    website, intro_ko, intro_en, founded_year, employees, chapter_id, holiday_until, registry_status, registry_checked_at, submitted_at,
    approved_at, created_at, updated_at, version, staged, staged_at FROM vendors;
DROP TABLE vendors;
ALTER TABLE vendors_anew RENAME TO vendors;
CREATE INDEX vendors_by_state ON vendors (state, submitted_at);
CREATE INDEX vendors_staged ON vendors (staged_at) WHERE staged_at IS NOT NULL;
CREATE UNIQUE INDEX vendors_business_number ON vendors (business_number) WHERE state IN ('in_review', 'approved', 'suspended');

COMMIT;
PRAGMA foreign_keys = ON;
