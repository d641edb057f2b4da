//! Loads a judged corpus into a scratch market (database and index) and answers a file of questions through the code path of
//! the site: conditions in the words, the engine, what widens a question that nothing meets, the cards of the page. Judged
//! questions are scored too.

mod catalogue;
mod score;

use std::{
    fmt::Write as _,
    fs,
    io::{self, BufRead, BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use async_trait::async_trait;
use market::{
    Lang, Market,
    ports::search::{CatalogSearch, DocSource, SearchError},
    search::{SearchDoc, SearchQuery, service},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use self::catalogue::JudgedListing;
use self::score::{JudgedQuery, Scores};
use crate::adapters::meilisearch::{MeiliCatalog, MeiliSettings};
use crate::adapters::tantivy::TantivyCatalog;
use crate::commands::build;
use crate::config::{Config, MailConfig};

/// Listings of an answer.
const HITS: usize = 50;

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
pub async fn run(args: &QualityArgs, config: &Config) -> io::Result<()> {
    let listings: Vec<JudgedListing> = read(&args.corpus)?;
    let queries: Vec<JudgedQuery> = read(&args.queries)?;
    let own = || std::env::temp_dir().join(format!("search-quality-{}", std::process::id()));
    let folder = args.scratch.clone().unwrap_or_else(own);
    fs::create_dir_all(&folder)?;
    let scratch = Config {
        var: folder.clone(),
        database_url: format!("sqlite://{}", folder.join("quality.db").display()).into(),
        mail: MailConfig::Files(folder.join("mail")),
        ..config.clone()
    };
    let answered = if args.engine == "meilisearch" {
        let remote =
            config.meilisearch.as_ref().ok_or_else(|| io::Error::other("MEILI_URL names no server"))?;
        let index = format!("{}_quality_{}", remote.index, std::process::id());
        let engine = MeiliCatalog::new(&MeiliSettings { index, ..remote.clone() }, config.search);
        let engine = Arc::new(engine.map_err(io::Error::other)?);
        let answered = answer_all(&scratch, engine.clone(), &listings, &queries, &args.out).await;
        engine.drop_index().await.map_err(io::Error::other)?;
        answered
    } else {
        let engine = TantivyCatalog::open(&folder.join("search"), config.search);
        let engine = Arc::new(engine.map_err(io::Error::other)?);
        answer_all(&scratch, engine, &listings, &queries, &args.out).await
    };
    fs::remove_dir_all(&folder)?;
    io::stdout().write_all(answered?.as_bytes())
}

/// Fills a market of its own, asks it as a visitor does, writes the answers; gives the table.
async fn answer_all(
    config: &Config,
    engine: Arc<dyn CatalogSearch>,
    listings: &[JudgedListing],
    queries: &[JudgedQuery],
    out: &Path,
) -> io::Result<String> {
    let market = build(config, engine.clone()).await.map_err(io::Error::other)?;
    let docs = catalogue::fill(&market, listings).await.map_err(failed)?;
    engine.rebuild(&mut Once(Some(docs)), 0).await.map_err(io::Error::other)?;
    let mut file = BufWriter::new(fs::File::create(out)?);
    let (mut scores, mut away) = (Scores::default(), 0);
    for query in queries {
        let (found, ms, relaxed) = answer(&market, &query.query, &mut away).await?;
        let hits: Vec<&str> = found.iter().filter_map(|id| catalogue::listing(listings, *id)).collect();
        scores.add(query, &hits, relaxed);
        serde_json::to_writer(&mut file, &Answer { id: &query.id, hits, ms, relaxed })?;
        file.write_all(b"\n")?;
    }
    file.flush()?;
    market.db().close().await;
    let mut table = scores.table();
    if away > 0 {
        let _ =
            writeln!(table, "\n{away} pages came from the database, because the engine was away or slow.");
    }
    Ok(table)
}

/// The listings of the first pages of results, how long the first page took, and whether it says that these only come
/// near.
async fn answer(market: &Market, text: &str, away: &mut u32) -> io::Result<(Vec<Uuid>, f64, bool)> {
    let cx = market.visitor(Lang::Ko, None, "quality".into());
    let query = |page| SearchQuery { text: text.to_owned(), page, ..SearchQuery::default() };
    let start = Instant::now();
    let first = service::search(&cx, query(1)).await.map_err(failed)?;
    let (ms, relaxed) = (start.elapsed().as_secs_f64() * 1000.0, first.missed());
    let (mut hits, mut page, mut number) = (Vec::new(), first, 1);
    loop {
        *away += u32::from(page.degraded);
        hits.extend(page.cards.iter().map(|card| card.id));
        if page.next.is_none() || hits.len() >= HITS {
            break;
        }
        number += 1;
        page = service::search(&cx, query(number)).await.map_err(failed)?;
    }
    hits.truncate(HITS);
    Ok((hits, ms, relaxed))
}

fn failed(error: market::Error) -> io::Error {
    let cause = error.cause().map(ToString::to_string).unwrap_or_default();
    io::Error::other(format!("{error} {cause}"))
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> io::Result<Vec<T>> {
    let lines = io::BufReader::new(fs::File::open(path)?).lines();
    lines
        .filter(|l| l.as_ref().map_or(true, |l| !l.trim().is_empty()))
        .map(|l| Ok(serde_json::from_str(&l?)?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORPUS: &str = r#"
        {"id": "far", "title_ko": "게이트밸브 D15", "region": "서울특별시 구로구", "vendor": "가", "price_krw": 900}
        {"id": "near", "title_ko": "게이트밸브 D15", "region": "부산광역시 사상구", "vendor": "나", "price_krw": 2000}
        {"id": "none", "title_ko": "육각볼트 M8", "region": "부산광역시 사상구", "vendor": "나", "part_number": "HB-08"}
        {"id": "size", "title_ko": "육각볼트 M10", "region": "서울특별시 구로구", "vendor": "가"}
    "#;
    const QUERIES: &str = r#"
        {"id": "plain", "query": "게이트 밸브"}
        {"id": "region", "query": "부산 게이트 밸브"}
        {"id": "price", "query": "게이트 밸브 1천원 이하"}
        {"id": "clash", "query": "게이트 밸브 2천원 이상 1천원 이하"}
        {"id": "dropped", "query": "대구 게이트 밸브"}
        {"id": "code", "query": "hb08"}
        {"id": "near", "query": "서울 육각볼트 M8"}
        {"id": "wish", "query": "게이트 밸브 필요합니다 부산 업체면 좋겠습니다"}
    "#;

    // conditions in the words are conditions, as on the page of results
    #[tokio::test]
    async fn questions_go_the_way_of_the_site() {
        let folder = std::env::temp_dir().join(format!("quality-test-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let [corpus, queries, out] = ["corpus", "queries", "out"].map(|name| folder.join(name));
        fs::write(&corpus, CORPUS).unwrap();
        fs::write(&queries, QUERIES).unwrap();
        let engine = "tantivy".to_owned();
        let args = QualityArgs { corpus, queries, out, engine, scratch: Some(folder.join("scratch")) };
        run(&args, &Config::default()).await.unwrap();
        let answers: Vec<serde_json::Value> = read(&args.out).unwrap();
        let hits = |id: &str| {
            let answer = answers.iter().find(|answer| answer["id"] == id).unwrap();
            let mut hits: Vec<&str> =
                answer["hits"].as_array().unwrap().iter().filter_map(|hit| hit.as_str()).collect();
            hits.sort_unstable();
            (hits, answer["relaxed"] == true)
        };
        assert_eq!(hits("plain"), (vec!["far", "near"], false));
        assert_eq!(hits("region"), (vec!["near"], false));
        assert_eq!(hits("price"), (vec!["far"], false));
        assert_eq!(hits("clash"), (vec![], true));
        assert_eq!(hits("dropped"), (vec!["far", "near"], true));
        assert_eq!(hits("code"), (vec!["none"], false));
        // with the condition there is only another size: shown is the one that was asked for, and why it is
        let (near, relaxed) = hits("near");
        assert!(near.contains(&"none") && relaxed, "{near:?}");
        assert_eq!(hits("wish").0, ["far", "near"]);
        assert!(!folder.join("scratch").exists());
        fs::remove_dir_all(&folder).unwrap();
    }
}
