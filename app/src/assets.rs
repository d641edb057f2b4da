//! Names of the built files (they carry a hash of their content) as the build wrote them into
//! `manifest.json`. Read once at start.

use std::path::Path;
use std::sync::OnceLock;

use serde::Deserialize;

static ASSETS: OnceLock<Assets> = OnceLock::new();

/// Addresses of the built files.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct Assets {
    /// Module that starts the islands.
    pub js: String,
    /// Compiled islands.
    pub wasm: String,
    /// Style sheet.
    pub css: String,
    /// Sprite of icons.
    pub icons: String,
    /// Font that every page needs first.
    pub font: String,
    /// Script of forms that take files.
    pub files: String,
    /// Script of the list under the search box.
    pub suggest: String,
    /// Script that keeps an open page up to date.
    pub live: String,
    /// Script that keeps answers that are being typed.
    pub drafts: String,
}

impl Default for Assets {
    fn default() -> Self {
        Self {
            js: "/pkg/market.js".into(),
            wasm: "/pkg/market.wasm".into(),
            css: "/pkg/market.css".into(),
            icons: "/icons.svg".into(),
            font: "/fonts/yunghap-sans.woff2".into(),
            files: "/pkg/files.js".into(),
            suggest: "/pkg/suggest.js".into(),
            live: "/pkg/live.js".into(),
            drafts: "/pkg/drafts.js".into(),
        }
    }
}

/// Reads the manifest of a site folder.
///
/// # Errors
/// When there is no readable manifest: the site was not built.
pub fn load(site_root: &Path) -> Result<(), String> {
    let path = site_root.join("manifest.json");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let assets: Assets =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let _ = ASSETS.set(assets);
    Ok(())
}

/// The built files; plain names when no manifest was read (tests of the router).
pub fn current() -> &'static Assets {
    ASSETS.get_or_init(Assets::default)
}
