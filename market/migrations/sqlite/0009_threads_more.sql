-- Tables that people of the federation keep, and days on which one company rests.

-- won for one unit of a currency on a day, as somebody read it; the newest row up to a day holds on it
CREATE TABLE exchange_rates (
    currency TEXT NOT NULL CHECK (currency IN ('USD', 'EUR', 'JPY', 'CNY')),
    as_of TEXT NOT NULL,
    won_per_unit BIGINT NOT NULL,
    source TEXT NOT NULL,
    set_by BLOB NOT NULL REFERENCES users (id),
    set_at BIGINT NOT NULL,
    PRIMARY KEY (currency, as_of)
);

-- days the government declared after this version was built; 'working' takes a built-in one back
CREATE TABLE calendar_days (
    day TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('public', 'substitute', 'election', 'temporary', 'workers', 'working')),
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    set_at BIGINT NOT NULL
);

-- days on which one company rests; its deadlines skip them when it said so before it was asked
CREATE TABLE vendor_days_off (
    id BLOB PRIMARY KEY NOT NULL,
    vendor_id BLOB NOT NULL REFERENCES vendors (id),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    note TEXT NOT NULL,
    created_by BLOB NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX vendor_days_off_by_vendor ON vendor_days_off (vendor_id, last_day);
