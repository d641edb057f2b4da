//! Adapters: each implements one port of the business with the outside world behind it.

pub mod mailer;
pub mod media;
pub mod no_search;
pub mod registry;
pub mod tantivy;

use std::sync::Arc;

use market::ports::{CatalogSearch, MediaStore};

use crate::config::Config;

/// The image store below the data folder.
///
/// # Errors
/// When the folder cannot be made.
pub fn open_media(config: &Config) -> Result<Arc<dyn MediaStore>, String> {
    let folder = config.var.join("media");
    let store = media::DiskMedia::open_folder(&folder, media::MediaLimits::default())
        .map_err(|error| format!("media folder {}: {error}", folder.display()))?;
    Ok(Arc::new(store))
}

/// The configured search engine.
///
/// # Errors
/// When the index cannot be opened.
pub fn open_search(config: &Config) -> Result<Arc<dyn CatalogSearch>, String> {
    let folder = config.var.join("search");
    let engine = tantivy::TantivyCatalog::open(&folder, tantivy::Weights::default());
    Ok(Arc::new(engine.map_err(|error| format!("search folder {}: {error}", folder.display()))?))
}
