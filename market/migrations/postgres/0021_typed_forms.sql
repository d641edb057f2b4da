-- what somebody without an account typed and sent, until the address has confirmed itself or a day is over: the same browser gets
-- it back when the address was mistyped
CREATE TABLE typed_forms (
    secret_hash BYTEA PRIMARY KEY NOT NULL,
    path TEXT NOT NULL,
    email TEXT NOT NULL,
    fields TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX typed_forms_by_expiry ON typed_forms (expires_at);
CREATE INDEX typed_forms_by_email ON typed_forms (email);
