-- Asked into a company's team. Nobody belongs to it before they said yes; the address may have no account yet.
CREATE TABLE team_invitations (
    vendor_id BLOB NOT NULL REFERENCES vendors (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    invited_by BLOB NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (vendor_id, email)
);
CREATE INDEX team_invitations_by_email ON team_invitations (email);
CREATE INDEX team_invitations_by_inviter ON team_invitations (invited_by);

-- The company whose desk somebody chose to see, for those who work for several.
ALTER TABLE users ADD COLUMN desk_vendor_id BLOB REFERENCES vendors (id);
CREATE INDEX users_by_desk ON users (desk_vendor_id) WHERE desk_vendor_id IS NOT NULL;
