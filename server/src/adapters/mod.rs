//! Adapters: each implements one port of the business with the outside world behind it.

pub mod clamd;
#[cfg(test)]
mod feed_suite;
pub mod mailer;
pub mod media;
pub mod meilisearch;
pub mod no_search;
pub mod registry;
#[cfg(test)]
mod suite;
#[cfg(test)]
mod suite_moments;
#[cfg(test)]
mod suite_wishes;
pub mod tantivy;

use std::sync::Arc;

use market::ports::{CatalogSearch, FileStore, MediaStore, Scanner};

use crate::config::Config;

/// Where bytes are kept: public images, private files.
pub type Stores = (Arc<dyn MediaStore>, Arc<dyn FileStore>);

/// The stores of public images and of private files below the data folder.
///
/// # Errors
/// When a folder cannot be made.
pub fn open_media(config: &Config) -> Result<Stores, String> {
    let (folder, private) = (config.var.join("media"), config.var.join("files"));
    let store = media::DiskMedia::open_folder(&folder, media::MediaLimits::default())
        .map_err(|error| format!("media folder {}: {error}", folder.display()))?;
    let files = store
        .private_files(&private)
        .map_err(|error| format!("files folder {}: {error}", private.display()))?;
    Ok((Arc::new(store), Arc::new(files)))
}

/// The configured virus scanner, or none.
pub fn open_scanner(config: &Config) -> Arc<dyn Scanner> {
    match &config.clamd_addr {
        Some(address) => Arc::new(clamd::Clamd::at(address)),
        None => Arc::new(clamd::NoScanner),
    }
}

/// The configured search engine, for a command beside whatever process serves.
///
/// # Errors
/// When the embedded index cannot be opened; a remote engine may be away.
pub fn open_search(config: &Config) -> Result<Arc<dyn CatalogSearch>, String> {
    if let Some(remote) = &config.meilisearch {
        return open_remote(config, remote);
    }
    let folder = config.var.join("search");
    let engine = tantivy::TantivyCatalog::open(&folder, config.search);
    Ok(Arc::new(engine.map_err(|error| format!("search folder {}: {error}", folder.display()))?))
}

/// The configured search engine, for a process that answers visitors: an embedded index is its own while it runs, a
/// remote one is everybody's.
///
/// # Errors
/// When the embedded index cannot be opened; a remote engine may be away.
pub fn open_own_search(config: &Config) -> Result<Arc<dyn CatalogSearch>, String> {
    if let Some(remote) = &config.meilisearch {
        return open_remote(config, remote);
    }
    let folder = config.var.join("search");
    let engine = tantivy::TantivyCatalog::open_own(&folder, config.search);
    Ok(Arc::new(engine.map_err(|error| format!("search folder {}: {error}", folder.display()))?))
}

fn open_remote(
    config: &Config,
    remote: &meilisearch::MeiliSettings,
) -> Result<Arc<dyn CatalogSearch>, String> {
    Ok(Arc::new(meilisearch::MeiliCatalog::new(remote, config.search)?))
}
