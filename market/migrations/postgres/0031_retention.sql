-- What is let go after its time is found without reading everything that stays.
CREATE INDEX threads_by_end ON threads (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX one_time_tokens_by_end ON one_time_tokens (expires_at);
CREATE INDEX one_time_tokens_telling ON one_time_tokens (expires_at) WHERE payload <> '{}';
CREATE INDEX users_unproved ON users (created_at) WHERE email_confirmed_at IS NULL AND closed_at IS NULL;
CREATE INDEX users_guests ON users (updated_at) WHERE password_hash IS NULL AND closed_at IS NULL;
CREATE INDEX notifications_by_subject ON notifications (subject_id);

-- what lay beside links that were used, taken back or have ended is forgotten, passwords of sign-ups above all
UPDATE one_time_tokens SET payload = '{}' WHERE payload <> '{}' AND kind IN ('confirm_email', 'reset_password')
    AND (used_at IS NOT NULL OR revoked_at IS NOT NULL);
