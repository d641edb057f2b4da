//! `bench-search`: how fast the embedded engine is with 3,000, 100,000, 1,000,000 invented listings. Every question is
//! asked once and past the store of answers given before, so that nothing but searching is measured. Building and
//! asking run in processes of their own, so that the memory of one is not counted for the other.

mod catalogue;
mod listings;
mod measure;
mod queries;

use std::{
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value, json};

pub use catalogue::{BenchCatalogueArgs, run as run_catalogue};

/// What a measuring run needs.
#[derive(Debug, clap::Args)]
pub struct BenchSearchArgs {
    /// Numbers of listings, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "3000,100000,1000000")]
    pub sizes: Vec<u64>,
    /// Where the figures go, as JSON.
    #[arg(long)]
    pub out: PathBuf,
    /// Folder for the indexes; kept and used again when named, otherwise a temporary one.
    #[arg(long)]
    pub folder: Option<PathBuf>,
    /// One half of the work on one size, done by a process of its own.
    #[arg(long, hide = true, value_parser = ["build", "ask"])]
    pub half: Option<String>,
}

/// Measures and prints a table.
pub async fn run(args: &BenchSearchArgs) -> io::Result<()> {
    let own = std::env::temp_dir().join(format!("bench-search-{}", std::process::id()));
    let folder = args.folder.clone().unwrap_or_else(|| own.clone());
    fs::create_dir_all(&folder)?;
    if let (Some(half), Some(size)) = (&args.half, args.sizes.first()) {
        let index = folder.join(size.to_string());
        let figures =
            if half == "build" { measure::build(&index, *size).await? } else { measure::ask(&index).await? };
        return fs::write(&args.out, serde_json::to_vec(&figures)?);
    }
    let mut all = Map::new();
    for size in &args.sizes {
        let mut figures = Map::new();
        let built = folder.join(size.to_string()).join("built.json");
        if built.exists() {
            figures.extend(serde_json::from_slice::<Map<String, Value>>(&fs::read(&built)?)?);
        } else {
            let _ = fs::remove_dir_all(folder.join(size.to_string()));
            figures.extend(half("build", *size, &folder)?);
            fs::write(&built, serde_json::to_vec(&figures)?)?;
        }
        figures.extend(half("ask", *size, &folder)?);
        all.insert(size.to_string(), Value::Object(figures));
    }
    if args.folder.is_none() {
        fs::remove_dir_all(&own)?;
    }
    let growth = growth(&all);
    if !growth.is_empty() {
        all.insert("growth_100000_to_1000000".to_owned(), Value::Object(growth));
    }
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    all.insert("cores".to_owned(), json!(cores));
    fs::write(&args.out, serde_json::to_vec_pretty(&all)?)?;
    io::Write::write_all(&mut io::stdout(), table(&all).as_bytes())
}

/// One half in a process of its own.
fn half(name: &str, size: u64, folder: &Path) -> io::Result<Map<String, Value>> {
    let out = folder.join(format!("{size}.{name}.json"));
    let done = std::process::Command::new(std::env::current_exe()?)
        .args(["bench-search", "--half", name, "--sizes", &size.to_string(), "--out"])
        .arg(&out)
        .arg("--folder")
        .arg(folder)
        .status()?;
    if !done.success() {
        return Err(io::Error::other(format!("{name} of {size} listings failed")));
    }
    Ok(serde_json::from_slice(&fs::read(&out)?)?)
}

/// How much each figure grows when there is ten times as much.
fn growth(all: &Map<String, Value>) -> Map<String, Value> {
    let (Some(Value::Object(small)), Some(Value::Object(large))) = (all.get("100000"), all.get("1000000"))
    else {
        return Map::new();
    };
    let ratio = |(name, value): (&String, &Value)| {
        let (large, small) = (value.as_f64()?, small.get(name)?.as_f64()?);
        (small > 0.0).then(|| (name.clone(), json!((large / small * 100.0).round() / 100.0)))
    };
    large.iter().filter_map(ratio).collect()
}

/// As Markdown, one column per size.
fn table(all: &Map<String, Value>) -> String {
    let columns: Vec<(&String, &Map<String, Value>)> =
        all.iter().filter_map(|(name, value)| value.as_object().map(|v| (name, v))).collect();
    let mut sizes = columns.clone();
    sizes.sort_by_key(|(name, _)| name.parse::<u64>().unwrap_or(u64::MAX));
    let mut out = String::from("| figure |");
    for (name, _) in &sizes {
        let heading = if name.starts_with("growth") { "× from 100,000 to 1,000,000" } else { name };
        let _ = write!(out, " {heading} |");
    }
    let _ = writeln!(out, "\n|---|{}", "---:|".repeat(sizes.len()));
    for name in measure::NAMES {
        let _ = write!(out, "| {} |", name.replace('_', " "));
        for (_, figures) in &sizes {
            let value = figures.get(name).map(Value::to_string).unwrap_or_default();
            let _ = write!(out, " {value} |");
        }
        out.push('\n');
    }
    out
}
