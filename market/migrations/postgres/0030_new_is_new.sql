-- What is new is what is shown for the first time: a window that was renewed stays where it was in the lists of new products.
CREATE INDEX listings_by_first_published ON listings (state, first_published_at, id);
