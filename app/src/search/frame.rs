//! What of a page of results depends on its question and its counts alone: the conditions, the order, the numbered pages,
//! the offer to be told. A quarter of what such a page costs was putting these into words, and the same question has the
//! same frame for everybody until a count changes.

use std::sync::{Arc, LazyLock, OnceLock};

use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use market::Lang;
use market::memo::Memo;
use market::search::{FacetCounts, Total};

use super::facets;
use super::results::{self, Shown};
use crate::context::Req;
use crate::form::Form;
use crate::saved_searches::offer;
use crate::ui::Holed;

/// Questions whose frames are remembered; one takes about 20 kB.
const FRAMES: usize = 96;

/// The frame of a question.
pub struct Frame {
    facets: Arc<[FacetCounts]>,
    total: Total,
    category_fixed: bool,
    next: Option<String>,
    /// The form with every facet.
    pub conditions: Arc<str>,
    /// The button for the conditions on a phone, and the order.
    pub tools: Arc<str>,
    /// Numbered pages; may be empty.
    pub pages: Arc<str>,
    /// The offer to a visitor, with a place for the key of its form.
    offer: OnceLock<Holed>,
}

/// Keyed by the whole state of the page, compared with everything else that the frame shows.
static MADE: LazyLock<Memo<(Lang, String), Arc<Frame>>> = LazyLock::new(|| Memo::new(FRAMES));

/// The frame around what is shown.
pub fn frame(req: &Req, shown: &Shown<'_>) -> Arc<Frame> {
    let address = shown.state.address(&req.href(shown.path));
    let same = |made: &Arc<Frame>| {
        (made.total, made.category_fixed) == (shown.total, shown.category_fixed)
            && made.next.as_deref() == shown.next
            && made.facets == *shown.facets
    };
    MADE.get((req.lang(), address), same, || {
        Arc::new(Frame {
            facets: Arc::clone(shown.facets),
            total: shown.total,
            category_fixed: shown.category_fixed,
            next: shown.next.map(ToOwned::to_owned),
            conditions: facets::form(req, shown).to_html().into(),
            tools: results::tools(req, shown).to_html().into(),
            pages: results::pages(req, shown).to_html().into(),
            offer: OnceLock::new(),
        })
    })
}

impl Frame {
    /// The offer to be told of new results.
    pub fn offer(&self, req: &Req, shown: &Shown<'_>) -> Option<AnyView> {
        if req.person().is_some() {
            return offer::block(req, shown, &Form::empty(req));
        }
        Some(self.fill(req, shown).into_any())
    }

    fn fill(&self, req: &Req, shown: &Shown<'_>) -> InertElement {
        let form = Form::empty(req);
        let key = form.idem.to_string();
        let holed = self.offer.get_or_init(|| Holed::at(&offer::block(req, shown, &form).to_html(), &[&key]));
        holed.fill(&[&key])
    }
}
