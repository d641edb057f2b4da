-- A company's number is one company's only among those that were handed in or let in: what somebody typed into a draft blocks
-- nobody, and a company that was refused or closed gives its number back.
ALTER TABLE vendors DROP CONSTRAINT vendors_business_number_key;
CREATE UNIQUE INDEX vendors_business_number ON vendors (business_number) WHERE state IN ('in_review', 'approved', 'suspended');
