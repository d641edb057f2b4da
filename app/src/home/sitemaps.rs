//! `/sitemap.xml`, `/sitemaps/{kind}-{n}.xml` and `/robots.txt`: what search engines may read. Each address
//! stands in both languages with its counterpart. Cache: public, ten minutes.

use std::fmt::Write as _;

use axum::extract::Path;
use market::catalog::browse;
use market::catalog::taxonomy;
use market::{ErrorKind, Lang, Timestamp};
use time::format_description::well_known::Rfc3339;

use super::feeds::xml;
use crate::context::{Req, href};
use crate::error::PageResult;
use crate::page::escape;

const XML: &str = "application/xml; charset=utf-8";
/// Pages that are always there.
const PAGES: [&str; 7] = [
    "/",
    "/categories",
    "/about",
    "/about/terms",
    "/about/privacy",
    "/about/intermediary",
    "/about/transparency",
];

/// The index of all files.
pub async fn index(req: Req) -> PageResult {
    let (listings, vendors) = browse::address_files(&req.cx).await?;
    let mut files = vec!["pages-1".to_owned(), "categories-1".to_owned()];
    for (kind, last) in [("listings", listings), ("vendors", vendors)] {
        files.extend((1..=last).map(|number| format!("{kind}-{number}")));
    }
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">",
    );
    for file in files {
        let _ = write!(
            out,
            "<sitemap><loc>{}</loc></sitemap>",
            escape(&req.absolute(&format!("/sitemaps/{file}.xml")))
        );
    }
    out.push_str("</sitemapindex>");
    Ok(xml(XML, out))
}

/// One file: `listings-1.xml`.
pub async fn file(req: Req, Path(file): Path<String>) -> PageResult {
    let (kind, number) =
        file.strip_suffix(".xml").and_then(|name| name.rsplit_once('-')).ok_or(ErrorKind::NotFound)?;
    let number: i64 = number
        .parse()
        .ok()
        .filter(|number| *number >= 1 && !file.contains('+'))
        .ok_or(ErrorKind::NotFound)?;
    let entries = entries(&req, kind, number).await?;
    if entries.is_empty() && number > 1 {
        // a file that the index names may be empty for a while
        let (listings, vendors) = browse::address_files(&req.cx).await?;
        if number > if kind == "listings" { listings } else { vendors } {
            return Err(ErrorKind::NotFound.into());
        }
    }
    Ok(xml(XML, urls(&req, &entries)))
}

async fn entries(
    req: &Req,
    kind: &str,
    number: i64,
) -> Result<Vec<(String, Option<Timestamp>)>, market::Error> {
    let below =
        |folder: &'static str| move |(slug, at): (String, Timestamp)| (format!("/{folder}/{slug}"), Some(at));
    Ok(match (kind, number) {
        ("listings", _) => {
            browse::listing_addresses(&req.cx, number).await?.into_iter().map(below("listings")).collect()
        }
        ("vendors", _) => {
            browse::vendor_addresses(&req.cx, number).await?.into_iter().map(below("vendors")).collect()
        }
        ("categories", 1) => {
            taxonomy::all().iter().map(|category| (format!("/categories/{}", category.slug), None)).collect()
        }
        ("pages", 1) => PAGES.iter().map(|page| ((*page).to_owned(), None)).collect(),
        _ => return Err(ErrorKind::NotFound.into()),
    })
}

fn urls(req: &Req, entries: &[(String, Option<Timestamp>)]) -> String {
    let mut out = String::with_capacity(256 + entries.len() * 700);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">");
    for (path, changed) in entries {
        let address = |lang| escape(&req.absolute(&href(lang, path)));
        let (ko, en) = (address(Lang::Ko), address(Lang::En));
        let changed = changed
            .and_then(|at| at.to_utc().format(&Rfc3339).ok())
            .map(|at| format!("<lastmod>{at}</lastmod>"))
            .unwrap_or_default();
        for own in [&ko, &en] {
            let _ = write!(
                out,
                "<url><loc>{own}</loc>{changed}<xhtml:link rel=\"alternate\" hreflang=\"ko\" href=\"{ko}\"/><xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"{en}\"/><xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"{ko}\"/></url>"
            );
        }
    }
    out.push_str("</urlset>");
    out
}

/// What robots may read: everything public. Answers behind one-time links, accounts and desks are not for them.
pub async fn robots(req: Req) -> axum::response::Response {
    let mut out = String::from("User-agent: *\n");
    for path in [
        "/a/",
        "/b/",
        "/n/",
        "/q/",
        "/r/",
        "/s/",
        "/account",
        "/vendor/",
        "/desk",
        "/inquiries",
        "/notifications",
        "/sign-",
        "/reset",
        "/files/",
    ] {
        for lang in [Lang::Ko, Lang::En] {
            let _ = writeln!(out, "Disallow: {}", href(lang, path));
        }
    }
    let _ = writeln!(out, "Sitemap: {}", req.absolute("/sitemap.xml"));
    xml("text/plain; charset=utf-8", out)
}
