//! `bench-catalogue`: the invented listings as rows of the configured database, for measuring whole pages over HTTP
//! (`scripts/bench/41_search_pages.sh`). The database is one of its own: what is written here stays.

use std::fmt::Write as _;
use std::path::PathBuf;

use market::catalog::{SpecRow, badges, changes, rules};
use market::db::Tx;
use market::search::SearchDoc;
use market::slug::slug;
use market::time::{DAY, HOUR};
use market::{Cx, Error, Market, Result, Timestamp, execute};
use uuid::Uuid;

use super::listings::{VENDORS, listing, vendor_with_number};
use super::queries::questions;
use crate::commands::say;
use crate::config::Config;

/// Rows of one transaction.
const AT_ONCE: u64 = 20_000;

const VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, \
    intro_ko, intro_en, registry_status, created_at, updated_at, version) \
    VALUES ($1, $2, $3, 'approved', $4, '', '김대표', $5, $6, '02-000-0000', $7, '', '', 'active', $8, $8, 1)";
const CERTIFICATE: &str = "INSERT INTO vendor_certificates (id, vendor_id, position, name, issuer, number) VALUES ($1, $2, $3, $4, '', '')";
const RECORD: &str = "INSERT INTO vendor_response_stats (vendor_id, asked, answered, answered_in_time, mean_micros, computed_at) VALUES ($1, 100, $2, $2, $3, $4)";
const LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, \
    specs, unit, price_kind, price_minor, price_currency, price_tiers, moq, lead_time_days, origin, hs_code, part_number, \
    created_at, updated_at, submitted_at, first_published_at, published_at, free_until, version) \
    VALUES ($1, $2, $3, 'published', $4, $5, $6, $7, '', $8, '개', $9, $10, 'KRW', '[]', $11, $12, 'KR', '', $13, $14, $14, $14, $14, $14, $15, 1)";
const RENAME: &str =
    "UPDATE listings SET part_number = $2, updated_at = $3, version = version + 1 WHERE id = $1";

/// What is done.
#[derive(Debug, clap::Args)]
pub struct BenchCatalogueArgs {
    #[command(subcommand)]
    part: Part,
}

#[derive(Debug, clap::Subcommand)]
enum Part {
    /// Write so many listings and their vendors.
    Fill {
        /// How many.
        #[arg(long)]
        size: u64,
        /// Where the questions go, one a line.
        #[arg(long)]
        questions: PathBuf,
    },
    /// Give a listing another part number, and say when that was committed (milliseconds since 1970).
    Rename {
        /// Number of the listing, from 1.
        #[arg(long)]
        number: u64,
        /// Its new part number.
        #[arg(long)]
        code: String,
    },
}

/// Does one part.
///
/// # Errors
/// A message for the person at the terminal.
pub async fn run(config: &Config, args: BenchCatalogueArgs) -> std::result::Result<(), String> {
    let market = crate::commands::build_market_without_index(config).await?;
    let done = match args.part {
        Part::Fill { size, questions } => fill(&market, size, &questions).await,
        Part::Rename { number, code } => rename(&market, number, &code).await,
    };
    done.map_err(|error| format!("{error}: {:?}", error.cause()))
}

async fn fill(market: &Market, size: u64, file: &std::path::Path) -> Result<()> {
    let mut lines = String::new();
    for question in questions() {
        let _ = writeln!(lines, "{question}");
    }
    std::fs::write(file, lines).map_err(Error::internal)?;
    market.db().migrate().await?;
    let cx = market.system();
    let mut tx = cx.write().await?;
    for number in 0..VENDORS {
        vendor(&cx, &mut tx, number).await?;
    }
    tx.commit().await?;
    // the records are invented: counted from the threads that there are, all would change, and the whole index be written again
    if let Some(turn) = market::outbox::take_turn(&cx, "response_figures", DAY).await? {
        turn.spend(&cx, async { Ok(()) }).await?;
    }
    let mut next = 1;
    while next <= size {
        let end = (next + AT_ONCE).min(size + 1);
        let mut tx = cx.write().await?;
        for number in next..end {
            goods(&cx, &mut tx, listing(number)).await?;
        }
        tx.commit().await?;
        next = end;
    }
    market.db().refresh_statistics().await?;
    market.db().close().await;
    Ok(())
}

async fn vendor(cx: &Cx, tx: &mut Tx, number: u64) -> Result<()> {
    let doc = vendor_with_number(number);
    let id = doc.vendor_id;
    let address = format!("{} 산업로 {}", doc.region_names, 1 + number % 400);
    let slug = slug(&doc.vendor_ko, id);
    execute!(
        *tx,
        VENDOR,
        id,
        slug,
        format!("{:010}", 1_000_000_000 + number),
        &doc.vendor_ko,
        &doc.region,
        address,
        format!("office-{number}@example.test"),
        cx.now().plus(-100 * DAY)
    )?;
    for (position, code) in (0_i64..).zip(doc.badges.iter().chain(&doc.certificates)) {
        let name = badges::find(code).map_or("", |badge| badge.name_ko);
        execute!(*tx, CERTIFICATE, cx.new_id(), id, position, name)?;
    }
    let answered = i64::from(doc.answered_permille / 10);
    let mean = i64::try_from(1 + number % 40).unwrap_or(1) * HOUR;
    execute!(*tx, RECORD, id, answered, mean, cx.now())?;
    Ok(())
}

async fn goods(cx: &Cx, tx: &mut Tx, doc: SearchDoc) -> Result<()> {
    let now = cx.now();
    let specs = serde_json::to_string(&specs(&doc))?;
    execute!(
        *tx,
        LISTING,
        doc.id,
        doc.vendor_id,
        slug(&doc.title_en, doc.id),
        doc.categories.last().map_or("", String::as_str),
        &doc.title_ko,
        &doc.title_en,
        &doc.description,
        specs,
        &doc.price_kind,
        doc.price_minor,
        doc.moq,
        doc.lead_days,
        &doc.part_number,
        Timestamp(doc.published_at.min(now.0)),
        rules::next_window_end(None, now, 60)
    )?;
    Ok(())
}

/// The specification table that a row of results shows the beginning of.
fn specs(doc: &SearchDoc) -> Vec<SpecRow> {
    let last = doc.title_ko.rsplit(' ').next().unwrap_or_default();
    let row = |name_ko: &str, name_en: &str, value: &str| SpecRow {
        name_ko: name_ko.to_owned(),
        name_en: name_en.to_owned(),
        value: value.to_owned(),
        unit: String::new(),
    };
    let first = doc.title_ko.split(' ').next().unwrap_or_default();
    vec![
        row("규격", "Size", last),
        row("재질", "Material", first),
        row("품번", "Part number", &doc.part_number),
    ]
}

async fn rename(market: &Market, number: u64, code: &str) -> Result<()> {
    let cx = market.system();
    let id: Uuid = listing(number).id;
    let mut tx = cx.write().await?;
    execute!(tx, RENAME, id, code, cx.now())?;
    changes::note(&cx, &mut tx, id).await?;
    tx.commit().await?;
    say(cx.now().0 / 1_000);
    Ok(())
}

#[cfg(test)]
mod tests {
    use market::Lang;
    use market::catalog::browse;

    use super::*;
    use crate::config::Environment;

    #[test]
    fn a_listing_belongs_to_a_vendor_that_is_written() {
        for number in 1..400 {
            let doc = listing(number);
            let own = vendor_with_number(doc.vendor_id.as_u64_pair().1);
            assert_eq!(
                (doc.vendor_id, &doc.vendor_ko, &doc.region),
                (own.vendor_id, &own.vendor_ko, &own.region)
            );
            assert_eq!((&doc.badges, &doc.certificates), (&own.badges, &own.certificates));
        }
    }

    #[tokio::test]
    async fn rows_say_what_the_index_is_measured_with() {
        let folder = std::env::temp_dir().join(format!("bench-catalogue-{}", std::process::id()));
        let (url, var) = (format!("sqlite://{}/bench.db", folder.display()), folder.display().to_string());
        let environment = Environment::from_pairs([("DATABASE_URL", &url), ("MARKET_VAR", &var)]);
        let config = Config::load(&environment).unwrap();
        let open = || async { crate::commands::build_market_without_index(&config).await.unwrap() };
        std::fs::create_dir_all(&folder).unwrap();
        fill(&open().await, 30, &folder.join("questions")).await.unwrap();
        let market = open().await;
        let cx = market.system();
        let ids: Vec<Uuid> = (1..=3).map(|number| listing(number).id).collect();
        let cards = browse::cards_by_ids(&cx, &ids).await.unwrap();
        for (card, doc) in cards.iter().zip((1..=3).map(listing)) {
            assert_eq!((card.title(Lang::Ko), &card.vendor.region), (doc.title_ko.as_str(), &doc.region));
            assert_eq!(card.vendor.certificates.len(), doc.badges.len() + doc.certificates.len());
        }
        assert_eq!(cards.len(), 3);
        assert_eq!(std::fs::read_to_string(folder.join("questions")).unwrap().lines().count(), 200);
        rename(&market, 2, "QZX-1").await.unwrap();
        let listing = browse::find_listing(&cx, &cards[1].slug).await.unwrap();
        assert!(matches!(listing, browse::FoundListing::Shown(page) if page.part_number == "QZX-1"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
