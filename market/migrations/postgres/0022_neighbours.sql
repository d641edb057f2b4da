-- The newest listings of a vendor and of a category, and the vendors that answer fastest, are the first of an index. Before, all
-- of a vendor were read and sorted, all published listings were walked until four of a category were found, and all vendors
-- were sorted: half a second for the page of a product among a million.
CREATE INDEX listings_of_vendor ON listings (vendor_id, state, published_at, id);
DROP INDEX listings_by_category;
CREATE INDEX listings_by_category ON listings (category, state, published_at, id);
CREATE INDEX vendor_response_stats_fastest ON vendor_response_stats (mean_micros, vendor_id);
