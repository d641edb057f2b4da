//! The whole state of a results page as its address says it. Reading never fails: what is unknown, doubled,
//! too much or absurd is dropped, so every address shows something sensible.

use market::Lang;
use market::catalog::{badges, taxonomy};
use market::regions;
use market::search::{Bounds, FacetKind, Filters, SearchQuery, Sort};
use market::text;

/// Listings on one page.
pub const PER_PAGE: u32 = 20;
/// Last page that has a number.
pub const LAST_PAGE: u32 = SearchQuery::DEEPEST / PER_PAGE;
/// Choices of one facet that count; more are dropped.
const CHOICES: usize = 20;
/// Smallest orders that can be asked for.
pub const MOQ_STEPS: [i64; 4] = [1, 10, 100, 1_000];
/// Days until delivery that can be asked for.
pub const LEAD_STEPS: [i64; 4] = [3, 7, 14, 30];
/// Ways to sort, the default first, with their words in addresses.
pub const SORTS: [(Sort, &str); 5] = [
    (Sort::Relevance, "match"),
    (Sort::Newest, "new"),
    (Sort::PriceLow, "price"),
    (Sort::PriceHigh, "price-desc"),
    (Sort::LeadTime, "lead"),
];
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
    /// Smallest order at most this.
    pub moq: Option<i64>,
    /// Days until delivery at most these.
    pub lead: Option<i64>,
    /// Order.
    pub sort: Sort,
    /// Page, from 1.
    pub page: u32,
    /// Take the words literally.
    pub literal: bool,
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
            moq: None,
            lead: None,
            sort: Sort::Relevance,
            page: 1,
            literal: false,
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
                "moq" => state.moq = step(&value, MOQ_STEPS),
                "lead" => state.lead = step(&value, LEAD_STEPS),
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
                _ => {}
            }
        }
        for list in [
            &mut state.category,
            &mut state.region,
            &mut state.price_kind,
            &mut state.badge,
            &mut state.certificate,
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
        for (name, codes) in
            [("price_kind", &self.price_kind), ("badge", &self.badge), ("cert", &self.certificate)]
        {
            for code in codes {
                out.append_pair(name, code);
            }
        }
        for (name, value) in [("moq", self.moq), ("lead", self.lead)] {
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
        Self { page, ..self.clone() }
    }

    /// The same words without any condition.
    #[must_use]
    pub fn without_conditions(&self) -> Self {
        Self { q: self.q.clone(), sort: self.sort, literal: self.literal, ..Self::default() }
    }

    /// Whether anything but words narrows the results.
    pub fn has_conditions(&self) -> bool {
        self.moq.is_some()
            || self.lead.is_some()
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
        }
    }

    fn chosen_mut(&mut self, facet: FacetKind) -> &mut Vec<&'static str> {
        match facet {
            FacetKind::Category => &mut self.category,
            FacetKind::Region => &mut self.region,
            FacetKind::PriceKind => &mut self.price_kind,
            FacetKind::Badge => &mut self.badge,
            FacetKind::Certificate => &mut self.certificate,
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
        let at_most = |max| Bounds { min: None, max };
        SearchQuery {
            text: self.q.clone(),
            literal: self.literal,
            filters: Filters {
                category: owned(&self.category),
                region: owned(&self.region),
                price_kind: owned(&self.price_kind),
                badge: owned(&self.badge),
                certificate: owned(&self.certificate),
                moq: at_most(self.moq),
                lead_days: at_most(self.lead),
                ..Filters::default()
            },
            sort: self.sort,
            page: self.page,
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
    }
}

/// Value of a facet in addresses.
pub fn facet_value(facet: FacetKind, code: &str) -> &str {
    match facet {
        FacetKind::Category => taxonomy::find(code).map_or(code, |found| found.slug),
        FacetKind::Region => regions::find(code).map_or(code, |found| found.slug),
        FacetKind::PriceKind | FacetKind::Badge | FacetKind::Certificate => code,
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

fn step<const N: usize>(value: &str, steps: [i64; N]) -> Option<i64> {
    value.parse().ok().filter(|number| steps.contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some_of(codes: Vec<&'static str>) -> impl Strategy<Value = Vec<&'static str>> {
        let most = codes.len().min(6);
        prop::sample::subsequence(codes, 0..=most).prop_map(|mut list| {
            list.sort_unstable();
            list
        })
    }

    fn states() -> impl Strategy<Value = ResultsState> {
        let codes = |standard: bool| {
            badges::all()
                .iter()
                .filter(|badge| badge.standard == standard)
                .map(|badge| badge.code)
                .collect::<Vec<_>>()
        };
        let facets = (
            some_of(taxonomy::all().iter().map(|category| category.code).collect()),
            some_of(regions::all().iter().map(|region| region.code).collect()),
            some_of(PRICE_KINDS.to_vec()),
            some_of(codes(false)),
            some_of(codes(true)),
        );
        let rest = (
            prop::option::of(prop::sample::select(MOQ_STEPS.to_vec())),
            prop::option::of(prop::sample::select(LEAD_STEPS.to_vec())),
            prop::sample::select(SORTS.to_vec()),
            1..=LAST_PAGE,
            any::<bool>(),
        );
        ("\\PC{0,40}", facets, rest).prop_map(
            |(
                q,
                (category, region, price_kind, badge, certificate),
                (moq, lead, (sort, _), page, literal),
            )| {
                ResultsState {
                    q: text::line(&q),
                    category,
                    region,
                    price_kind,
                    badge,
                    certificate,
                    moq,
                    lead,
                    sort,
                    page,
                    literal,
                }
            },
        )
    }

    proptest! {
        #[test]
        fn an_address_says_everything(state in states()) {
            prop_assert_eq!(ResultsState::parse(&state.to_query()), (state, false));
        }

        #[test]
        fn any_address_is_read(query in "\\PC{0,300}") {
            let (state, _) = ResultsState::parse(&query);
            let (again, cut) = ResultsState::parse(&state.to_query());
            prop_assert_eq!((again, cut), (state, false));
        }
    }

    #[test]
    fn absurd_values_are_dropped() {
        let (state, cut) = ResultsState::parse(
            "page=-5&moq=-1&lead=7&sort=evil&region=mars&category=hex-bolts&category=hex-bolts&price_kind=free&cursor=AAAA&q=%00%FFa",
        );
        assert_eq!(
            (state.page, state.moq, state.lead, state.sort, cut),
            (1, None, Some(7), Sort::Relevance, false)
        );
        assert_eq!(
            (state.region.len(), state.category.as_slice(), state.price_kind.len()),
            (0, ["fasteners.bolts.hex"].as_slice(), 0)
        );
        assert_eq!(ResultsState::parse("page=99999999999999999").0.page, LAST_PAGE);
        assert_eq!(ResultsState::parse("page=99999999999999999999999999").0.page, 1);
        let long = format!("q={}", "가".repeat(500));
        let (state, cut) = ResultsState::parse(&long);
        assert_eq!((state.q.chars().count(), cut), (400, true));
        let flood = "badge=venture&badge=innobiz&".repeat(500);
        assert_eq!(ResultsState::parse(&flood).0.badge.len(), 2);
    }
}
