//! The browser entry. Naming `app` here is what keeps its islands in the bundle.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the page's module script: attaches every island on the page.
#[wasm_bindgen]
pub fn hydrate() {
    app::hydrate();
}
