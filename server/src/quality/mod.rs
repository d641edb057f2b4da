//! Loads a judged corpus into a scratch index and answers a file of questions through the code path of the site. Judged questions are scored too.

mod score;

use std::{
    fs,
    io::{self, BufRead, BufWriter, Write},
    path::{Path, PathBuf},
    time::Instant,
};

use async_trait::async_trait;
use market::{
    ports::search::{CatalogSearch, DocSource, SearchError},
    search::{SearchDoc, SearchQuery, Weights},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use self::score::{JudgedQuery, Scores};
use crate::adapters::meilisearch::{MeiliCatalog, MeiliSettings};
use crate::adapters::tantivy::TantivyCatalog;

/// What a quality run needs.
#[derive(Debug, clap::Args)]
pub struct QualityArgs {
    /// Listings, one JSON object a line.
    #[arg(long)]
    pub corpus: PathBuf,
    /// Questions, one JSON object with `id` and `query` a line.
    #[arg(long)]
    pub queries: PathBuf,
    /// Where the answers go.
    #[arg(long)]
    pub out: PathBuf,
    /// Engine; a remote one is named by `MEILI_URL`, and the index is a scratch one there too.
    #[arg(long, default_value = "tantivy", value_parser = ["tantivy", "meilisearch"])]
    pub engine: String,
    /// Folder of the scratch index; removed afterwards.
    #[arg(long)]
    pub scratch: Option<PathBuf>,
}

#[derive(Debug, Deserialize)]
struct JudgedListing {
    id: String,
    title_ko: String,
    #[serde(default)]
    title_en: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    unit: String,
    price_krw: Option<i64>,
    #[serde(default)]
    part_number: String,
    #[serde(default)]
    region: String,
    #[serde(default)]
    vendor: String,
}

#[derive(Debug, Serialize)]
struct Answer<'a> {
    id: &'a str,
    hits: Vec<&'a str>,
    ms: f64,
    relaxed: bool,
}

struct Once(Option<Vec<SearchDoc>>);

#[async_trait]
impl DocSource for Once {
    async fn next_docs(&mut self) -> Result<Vec<SearchDoc>, SearchError> {
        Ok(self.0.take().unwrap_or_default())
    }
}

/// Runs all questions and writes the answers.
///
/// # Errors
/// When a file cannot be read or written, or the engine does not answer.
pub async fn run(args: &QualityArgs, remote: Option<&MeiliSettings>) -> io::Result<()> {
    let listings: Vec<JudgedListing> = read(&args.corpus)?;
    let queries: Vec<JudgedQuery> = read(&args.queries)?;
    let folder = args
        .scratch
        .clone()
        .unwrap_or_else(|| std::env::temp_dir().join(format!("search-quality-{}", std::process::id())));
    if args.engine == "meilisearch" {
        let remote = remote.ok_or_else(|| io::Error::other("MEILI_URL names no server"))?;
        let index = format!("{}_quality_{}", remote.index, std::process::id());
        let engine = MeiliCatalog::new(&MeiliSettings { index, ..remote.clone() }, Weights::default())
            .map_err(io::Error::other)?;
        let answered = answer_all(&engine, &listings, &queries, &args.out).await;
        engine.drop_index().await.map_err(io::Error::other)?;
        return answered;
    }
    let engine = TantivyCatalog::open(&folder, Weights::default()).map_err(io::Error::other)?;
    let answered = answer_all(&engine, &listings, &queries, &args.out).await;
    drop(engine);
    fs::remove_dir_all(&folder)?;
    answered
}

async fn answer_all(
    engine: &dyn CatalogSearch,
    listings: &[JudgedListing],
    queries: &[JudgedQuery],
    out: &Path,
) -> io::Result<()> {
    let docs = listings.iter().enumerate().map(|(i, listing)| document(i, listing)).collect();
    engine.rebuild(&mut Once(Some(docs)), 0).await.map_err(io::Error::other)?;
    let mut file = BufWriter::new(fs::File::create(out)?);
    let mut scores = Scores::default();
    for query in queries {
        let asked = SearchQuery { text: query.query.clone(), size: 50, ..SearchQuery::default() };
        engine.search(&asked).await.map_err(io::Error::other)?;
        let start = Instant::now();
        let page = engine.search(&asked).await.map_err(io::Error::other)?;
        let ms = start.elapsed().as_secs_f64() * 1000.0;
        let hits: Vec<&str> = page
            .hits
            .iter()
            .filter_map(|hit| usize::try_from(hit.id.as_u128()).ok())
            .filter_map(|i| listings.get(i))
            .map(|l| l.id.as_str())
            .collect();
        scores.add(query, &hits, page.interpretation.relaxed);
        serde_json::to_writer(
            &mut file,
            &Answer { id: &query.id, hits, ms, relaxed: page.interpretation.relaxed },
        )?;
        file.write_all(b"\n")?;
    }
    file.flush()?;
    io::stdout().write_all(scores.table().as_bytes())
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> io::Result<Vec<T>> {
    let lines = io::BufReader::new(fs::File::open(path)?).lines();
    lines
        .filter(|l| l.as_ref().map_or(true, |l| !l.trim().is_empty()))
        .map(|l| Ok(serde_json::from_str(&l?)?))
        .collect()
}

/// A listing as the site would index it: the id is no search text.
fn document(number: usize, listing: &JudgedListing) -> SearchDoc {
    SearchDoc {
        id: Uuid::from_u128(number as u128),
        title_ko: listing.title_ko.clone(),
        title_en: listing.title_en.clone(),
        part_number: listing.part_number.clone(),
        description: listing.description.clone(),
        unit: listing.unit.clone(),
        category_names: listing.category.clone(),
        categories: vec![listing.category.clone()],
        region: listing.region.clone(),
        region_names: listing.region.clone(),
        vendor_ko: listing.vendor.clone(),
        price_minor: listing.price_krw,
        ..SearchDoc::default()
    }
}
