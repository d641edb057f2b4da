-- A 휴무 stops the response clock as days off do: what is asked while it runs was told of it. Its days stand beside them, from
-- when it was said to when it ended.
ALTER TABLE vendor_days_off ADD COLUMN kind TEXT NOT NULL DEFAULT 'days' CHECK (kind IN ('days', 'holiday'));
INSERT INTO vendor_days_off (id, vendor_id, first_day, last_day, note, created_by, created_at, kind)
    SELECT h.id, h.id, to_char(to_timestamp(h.said_at / 1000000 + 32400) AT TIME ZONE 'UTC', 'YYYY-MM-DD'), to_char(to_timestamp((h.holiday_until - 1000000) / 1000000 + 32400) AT TIME ZONE 'UTC', 'YYYY-MM-DD'), '', h.said_by, h.said_at, 'holiday'
    FROM (SELECT v.id, v.holiday_until,
        COALESCE((SELECT MAX(a.at) FROM audit_log a WHERE a.object_kind = 'vendor' AND a.object_id = v.id AND a.action = 'vendor.holiday'), v.updated_at) AS said_at,
        (SELECT m.user_id FROM vendor_members m WHERE m.vendor_id = v.id ORDER BY m.created_at, m.user_id LIMIT 1) AS said_by
        FROM vendors v WHERE v.holiday_until IS NOT NULL) h
    WHERE h.said_by IS NOT NULL;
