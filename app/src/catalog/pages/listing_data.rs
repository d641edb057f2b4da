//! Structured data of a listing for search engines. A price stands there only where it is public.

use market::catalog::browse::{ListingPage, Picture};
use market::catalog::values::value_in;
use market::catalog::{Price, markdown, taxonomy};
use market::media::ImageSlot;
use serde_json::{Value, json};

use crate::context::Req;
use crate::i18n::common as w;
use crate::page::JsonLd;
use crate::ui::unit;

/// Address of the widest stored version of a picture.
pub fn widest(picture: &Picture) -> String {
    let width = u32::try_from(picture.width).unwrap_or(1).max(1);
    let slot = ImageSlot::for_picture(width).last().unwrap_or(ImageSlot::W160);
    format!("/media/{}/{}", picture.hash, slot.width())
}

/// Product (with its offer) and the way to it.
pub fn json_ld(req: &Req, listing: &ListingPage) -> Vec<JsonLd> {
    vec![product(req, listing).into(), breadcrumbs(req, &listing.category).into()]
}

fn product(req: &Req, listing: &ListingPage) -> Value {
    let lang = req.lang();
    let address = req.absolute(&req.href(&format!("/listings/{}", listing.slug)));
    let maker = json!({
        "@type": "Organization", "name": listing.supplier.name(lang),
        "url": req.absolute(&req.href(&format!("/vendors/{}", listing.supplier.slug))),
    });
    let mut product = json!({
        "@context": "https://schema.org", "@type": "Product", "name": listing.title(lang), "url": address,
        "description": markdown::summary(listing.description(lang), 400), "manufacturer": maker,
        "category": taxonomy::find(&listing.category).map_or("", |category| category.name(lang)),
    });
    let optional = [
        ("mpn", (!listing.part_number.is_empty()).then(|| json!(listing.part_number))),
        ("image", Some(images(req, listing))),
        ("additionalProperty", (!listing.specs.is_empty()).then(|| properties(req, listing))),
        ("offers", offer(req, listing, &address)),
    ];
    if let Value::Object(fields) = &mut product {
        fields.extend(optional.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    }
    product
}

/// Its photos; without one, the picture that is shown where somebody passes its address on.
fn images(req: &Req, listing: &ListingPage) -> Value {
    if listing.pictures.is_empty() {
        return json!([req.absolute(&format!("/listings/{}/og.png", listing.slug))]);
    }
    listing.pictures.iter().map(|picture| req.absolute(&widest(picture))).collect()
}

fn properties(req: &Req, listing: &ListingPage) -> Value {
    let lang = req.lang();
    listing
        .specs
        .iter()
        .map(|row| {
            let mut said = json!({"@type": "PropertyValue", "name": row.name(lang), "value": value_in(lang, &row.value)});
            if let (Value::Object(fields), false) = (&mut said, row.unit.is_empty()) {
                fields.insert("unitText".to_owned(), unit(lang, &row.unit).into());
            }
            said
        })
        .collect()
}

fn offer(req: &Req, listing: &ListingPage, address: &str) -> Option<Value> {
    let seller = json!({"@type": "Organization", "name": listing.supplier.name(req.lang())});
    match &listing.price {
        Price::Negotiable => None,
        Price::Public(money) => Some(json!({
            "@type": "Offer", "price": money.plain(), "priceCurrency": money.currency.code(), "url": address, "seller": seller,
        })),
        Price::Tiers(tiers) => {
            let (low, high) = (listing.price.lowest()?, listing.price.highest()?);
            Some(json!({
                "@type": "AggregateOffer", "lowPrice": low.plain(), "highPrice": high.plain(), "priceCurrency": low.currency.code(),
                "offerCount": tiers.len(), "url": address, "seller": seller,
            }))
        }
    }
}

/// The way down to a category.
pub fn breadcrumbs(req: &Req, category: &str) -> Value {
    let lang = req.lang();
    let way = taxonomy::ancestors(category).into_iter().chain(taxonomy::find(category));
    let steps = way.map(|category| (category.name(lang), format!("/categories/{}", category.slug)));
    let home = (w::home(lang), "/".to_owned());
    let items: Vec<Value> = std::iter::once(home)
        .chain(steps)
        .enumerate()
        .map(|(at, (name, path))| json!({"@type": "ListItem", "position": at + 1, "name": name, "item": req.absolute(&req.href(&path))}))
        .collect();
    json!({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})
}
