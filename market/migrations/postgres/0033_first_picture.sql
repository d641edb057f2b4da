-- The first picture of a listing along an index, instead of sorting its pictures for every card of a list.
CREATE INDEX listing_images_in_order ON listing_images (listing_id, position, media_id);
