//! The whole state of a results page as its address says it. Reading never fails: what is unknown, doubled,
//! too much or absurd is dropped, so every address shows something sensible.

use market::Lang;
use market::catalog::{badges, taxonomy};
use market::regions;
use market::search::model::ANSWER_STEPS;
use market::search::{Bounds, FacetKind, Filters, SearchQuery, Sort};
use market::text;

/// Listings on one page.
pub const PER_PAGE: u32 = 20;
/// Last page that has a number.
pub const LAST_PAGE: u32 = SearchQuery::DEEPEST / PER_PAGE;
/// Choices of one facet that count; more are dropped.
const CHOICES: usize = 20;
/// Larger numbers of a range are dropped.
const LARGEST: i64 = 1_000_000_000_000;
/// Longest cursor that is looked at.
const CURSOR: usize = 400;
/// Ways to sort, the default first, with their words in addresses.
pub const SORTS: [(Sort, &str); 6] = [
    (Sort::Relevance, "match"),
    (Sort::Newest, "new"),
    (Sort::PriceLow, "price"),
    (Sort::PriceHigh, "price-desc"),
    (Sort::LeadTime, "lead"),
    (Sort::AnswerFast, "answer"),
];
/// Says in addresses how results are shown; the list is said by leaving it out.
pub const VIEW: &str = "view";
/// Shown as a table.
pub const TABLE: &str = "table";
/// Price kinds.
pub const PRICE_KINDS: [&str; 3] = ["public", "tiers", "negotiable"];

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultsState {
    /// Words, clean, at most 400 characters.
    pub q: String,
    /// Codes of categories.
    pub category: Vec<&'static str>,
    /// Codes of provinces.
    pub region: Vec<&'static str>,
    /// Price kinds.
    pub price_kind: Vec<&'static str>,
    /// Codes of badges.
    pub badge: Vec<&'static str>,
    /// Codes of certificates.
    pub certificate: Vec<&'static str>,
    /// Steps of answer speed.
    pub answer: Vec<&'static str>,
    /// Price in won.
    pub price: Bounds,
    /// Smallest order.
    pub moq: Bounds,
    /// Days until delivery.
    pub lead: Bounds,
    /// Order.
    pub sort: Sort,
    /// Page, from 1.
    pub page: u32,
    /// Continues behind the last hit of the page before: on page 1 behind the last page that has a number, else on the
    /// page of this number, which then neither repeats nor skips what came or went meanwhile.
    pub cursor: Option<String>,
    /// Take the words literally.
    pub literal: bool,
    /// Shown as a table of specifications instead of a list.
    pub table: bool,
}

impl Default for ResultsState {
    fn default() -> Self {
        Self {
            q: String::new(),
            category: Vec::new(),
            region: Vec::new(),
            price_kind: Vec::new(),
            badge: Vec::new(),
            certificate: Vec::new(),
            answer: Vec::new(),
            price: Bounds::default(),
            moq: Bounds::default(),
            lead: Bounds::default(),
            sort: Sort::Relevance,
            page: 1,
            cursor: None,
            literal: false,
            table: false,
        }
    }
}

impl ResultsState {
    /// Reads the pairs of a query string; tells also whether the words were cut.
    pub fn parse(query: &str) -> (Self, bool) {
        let mut state = Self::default();
        let mut cut = false;
        // a flood of parameters is no reason to work for long
        for (name, value) in form_urlencoded::parse(query.as_bytes()).take(200) {
            match &*name {
                "q" if state.q.is_empty() => (state.q, cut) = words(&value),
                "category" => add(
                    &mut state.category,
                    taxonomy::find_by_slug(&value).or_else(|| taxonomy::find(&value)).map(|found| found.code),
                ),
                "region" => add(
                    &mut state.region,
                    regions::find_by_slug(&value).or_else(|| regions::find(&value)).map(|found| found.code),
                ),
                "price_kind" => {
                    add(&mut state.price_kind, PRICE_KINDS.into_iter().find(|kind| *kind == value));
                }
                "badge" => add(
                    &mut state.badge,
                    badges::find(&value).filter(|badge| !badge.standard).map(|badge| badge.code),
                ),
                "cert" => add(
                    &mut state.certificate,
                    badges::find(&value).filter(|badge| badge.standard).map(|badge| badge.code),
                ),
                "answer" => add(
                    &mut state.answer,
                    ANSWER_STEPS.into_iter().map(|(code, _)| code).find(|code| *code == value),
                ),
                "price_min" => state.price.min = amount(&value),
                "price_max" => state.price.max = amount(&value),
                "moq_min" => state.moq.min = amount(&value),
                "moq" => state.moq.max = amount(&value),
                "lead_min" => state.lead.min = amount(&value),
                "lead" => state.lead.max = amount(&value),
                "cursor" if !value.is_empty() => {
                    state.cursor = Some(value.chars().take(CURSOR).collect());
                }
                "sort" => {
                    state.sort = SORTS
                        .into_iter()
                        .find(|(_, word)| *word == value)
                        .map_or(Sort::Relevance, |(sort, _)| sort);
                }
                "page" => {
                    state.page = value
                        .parse::<u64>()
                        .map_or(1, |page| u32::try_from(page).unwrap_or(u32::MAX))
                        .clamp(1, LAST_PAGE);
                }
                "literal" => state.literal = value == "1",
                VIEW => state.table = value == TABLE,
                _ => {}
            }
        }
        for list in [
            &mut state.category,
            &mut state.region,
            &mut state.price_kind,
            &mut state.badge,
            &mut state.certificate,
            &mut state.answer,
        ] {
            list.sort_unstable();
        }
        (state, cut)
    }

    /// The query string, canonical: the same state always gives the same text; empty for the default.
    pub fn to_query(&self) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        if !self.q.is_empty() {
            out.append_pair("q", &self.q);
        }
        for code in &self.category {
            out.append_pair("category", taxonomy::find(code).map_or(code, |found| found.slug));
        }
        for code in &self.region {
            out.append_pair("region", regions::find(code).map_or(code, |found| found.slug));
        }
        for (name, codes) in [
            ("price_kind", &self.price_kind),
            ("badge", &self.badge),
            ("cert", &self.certificate),
            ("answer", &self.answer),
        ] {
            for code in codes {
                out.append_pair(name, code);
            }
        }
        for (name, value) in self.ranges() {
            if let Some(value) = value {
                out.append_pair(name, &value.to_string());
            }
        }
        if let Some((_, word)) = SORTS.into_iter().skip(1).find(|(sort, _)| *sort == self.sort) {
            out.append_pair("sort", word);
        }
        if self.literal {
            out.append_pair("literal", "1");
        }
        if self.table {
            out.append_pair(VIEW, TABLE);
        }
        if let Some(cursor) = &self.cursor {
            out.append_pair("cursor", cursor);
        }
        if self.page > 1 {
            out.append_pair("page", &self.page.to_string());
        }
        out.finish()
    }

    /// The address of this state below `path`.
    pub fn address(&self, path: &str) -> String {
        let query = self.to_query();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// Another page of the same results.
    #[must_use]
    pub fn on_page(&self, page: u32) -> Self {
        Self { page, cursor: None, ..self.clone() }
    }

    /// The same page as a table of specifications, or as a list.
    #[must_use]
    pub fn viewed(&self, table: bool) -> Self {
        Self { table, ..self.clone() }
    }

    /// The place behind the last page that has a number.
    #[must_use]
    pub fn behind(&self, cursor: &str) -> Self {
        Self { cursor: Some(cursor.to_owned()), ..self.on_page(1) }
    }

    /// The next page, behind where this one ended.
    #[must_use]
    pub fn next_page(&self, cursor: Option<&str>) -> Self {
        Self { cursor: cursor.map(ToOwned::to_owned), ..self.on_page(self.page + 1) }
    }

    /// Whether it continues from place to place, behind the pages that have a number.
    pub const fn continues(&self) -> bool {
        self.cursor.is_some() && self.page <= 1
    }

    /// The same conditions with other words.
    #[must_use]
    pub fn with_words(&self, q: &str) -> Self {
        Self { q: q.to_owned(), ..self.on_page(1) }
    }

    /// Ends of ranges with their names in addresses.
    pub fn ranges(&self) -> [(&'static str, Option<i64>); 6] {
        [
            ("price_min", self.price.min),
            ("price_max", self.price.max),
            ("moq_min", self.moq.min),
            ("moq", self.moq.max),
            ("lead_min", self.lead.min),
            ("lead", self.lead.max),
        ]
    }

    /// The same words without any condition.
    #[must_use]
    pub fn without_conditions(&self) -> Self {
        let Self { sort, literal, table, .. } = *self;
        Self { q: self.q.clone(), sort, literal, table, ..Self::default() }
    }

    /// Whether anything but words narrows the results.
    pub fn has_conditions(&self) -> bool {
        self.ranges().iter().any(|(_, end)| end.is_some())
            || FacetKind::ALL.into_iter().any(|facet| !self.chosen(facet).is_empty())
    }

    /// The chosen codes of a facet.
    pub fn chosen(&self, facet: FacetKind) -> &[&'static str] {
        match facet {
            FacetKind::Category => &self.category,
            FacetKind::Region => &self.region,
            FacetKind::PriceKind => &self.price_kind,
            FacetKind::Badge => &self.badge,
            FacetKind::Certificate => &self.certificate,
            FacetKind::AnswerSpeed => &self.answer,
        }
    }

    fn chosen_mut(&mut self, facet: FacetKind) -> &mut Vec<&'static str> {
        match facet {
            FacetKind::Category => &mut self.category,
            FacetKind::Region => &mut self.region,
            FacetKind::PriceKind => &mut self.price_kind,
            FacetKind::Badge => &mut self.badge,
            FacetKind::Certificate => &mut self.certificate,
            FacetKind::AnswerSpeed => &mut self.answer,
        }
    }

    /// This state without one choice.
    #[must_use]
    pub fn without(&self, facet: FacetKind, code: &str) -> Self {
        let mut state = self.on_page(1);
        state.chosen_mut(facet).retain(|chosen| *chosen != code);
        state
    }

    /// The question for the engine.
    pub fn question(&self, lang: Lang) -> SearchQuery {
        let owned = |codes: &[&'static str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        SearchQuery {
            text: self.q.clone(),
            literal: self.literal,
            filters: Filters {
                category: owned(&self.category),
                region: owned(&self.region),
                price_kind: owned(&self.price_kind),
                badge: owned(&self.badge),
                certificate: owned(&self.certificate),
                answer: owned(&self.answer),
                price: self.price,
                moq: self.moq,
                lead_days: self.lead,
                ..Filters::default()
            },
            sort: self.sort,
            page: self.page,
            cursor: self.cursor.clone(),
            size: PER_PAGE,
            lang,
            facets: FacetKind::ALL.to_vec(),
            ..SearchQuery::default()
        }
    }
}

/// Name of a facet in addresses.
pub const fn facet_name(facet: FacetKind) -> &'static str {
    match facet {
        FacetKind::Category => "category",
        FacetKind::Region => "region",
        FacetKind::PriceKind => "price_kind",
        FacetKind::Badge => "badge",
        FacetKind::Certificate => "cert",
        FacetKind::AnswerSpeed => "answer",
    }
}

/// Value of a facet in addresses.
pub fn facet_value(facet: FacetKind, code: &str) -> &str {
    match facet {
        FacetKind::Category => taxonomy::find(code).map_or(code, |found| found.slug),
        FacetKind::Region => regions::find(code).map_or(code, |found| found.slug),
        FacetKind::PriceKind | FacetKind::Badge | FacetKind::Certificate | FacetKind::AnswerSpeed => code,
    }
}

fn words(value: &str) -> (String, bool) {
    let clean = text::line(value);
    match clean.char_indices().nth(SearchQuery::LONGEST) {
        Some((at, _)) => (clean.get(..at).unwrap_or_default().trim_end().to_owned(), true),
        None => (clean, false),
    }
}

fn add(list: &mut Vec<&'static str>, code: Option<&'static str>) {
    if let Some(code) = code.filter(|code| list.len() < CHOICES && !list.contains(code)) {
        list.push(code);
    }
}

/// A number of a range, as typed with separators; anything else is no bound.
fn amount(value: &str) -> Option<i64> {
    text::whole_number(value, 0, LARGEST).ok().flatten()
}
