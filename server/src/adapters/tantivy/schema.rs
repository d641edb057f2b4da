//! The index schema and how a document is written into it.

use market::search::{
    FacetKind, SearchDoc,
    terms::{Field as TermField, doc_terms},
};
use tantivy::{
    TantivyDocument, Term,
    schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions},
};

use super::placed;

/// Raise when terms, fields or their meaning change: older indexes ask for a rebuild.
pub const VERSION: u32 = 8;

/// Columns of whole numbers.
pub const NUMBERS: [&str; 8] =
    ["published_at", "price", "moq", "lead_days", "title_len", "prior", "answer_hours", "free_until"];
/// Columns of identifying numbers.
pub const IDENTITIES: [&str; 5] = ["id_high", "id_low", "vendor_high", "vendor_low", "fingerprint"];
/// Columns of codes, in the order of `FacetKind::ALL`.
pub const FACETS: [&str; 6] =
    ["category_code", "region_code", "price_kind", "badge", "certificate", "answer_speed"];

/// The schema with its fields at hand.
#[derive(Debug, Clone)]
pub struct Fields {
    /// tantivy's schema.
    pub schema: Schema,
    /// Key for deletes.
    pub key: Field,
    /// What the list under the search box shows.
    pub shown: Field,
    terms: Vec<Field>,
    numbers: Vec<Field>,
    identities: Vec<Field>,
    facets: Vec<Field>,
}

impl Fields {
    /// Declares all fields.
    pub fn new() -> Self {
        let mut builder = Schema::builder();
        let terms = TermField::ALL
            .iter()
            .map(|field| {
                let record = if field.has_positions() {
                    IndexRecordOption::WithFreqsAndPositions
                } else {
                    IndexRecordOption::Basic
                };
                let indexing = TextFieldIndexing::default()
                    .set_tokenizer(placed::NAME)
                    .set_fieldnorms(false)
                    .set_index_option(record);
                builder.add_text_field(field.name(), TextOptions::default().set_indexing_options(indexing))
            })
            .collect();
        let numbers = NUMBERS.iter().map(|name| builder.add_i64_field(name, FAST)).collect();
        let identities = IDENTITIES.iter().map(|name| builder.add_u64_field(name, FAST)).collect();
        let facets = FACETS
            .iter()
            .map(|name| builder.add_text_field(name, TextOptions::default().set_fast("raw")))
            .collect();
        let key = builder.add_bytes_field("key", INDEXED);
        let shown = builder.add_text_field("shown", STORED);
        Self { schema: builder.build(), key, shown, terms, numbers, identities, facets }
    }

    /// The tantivy field of a term field.
    pub fn of(&self, field: TermField) -> Field {
        let place = TermField::ALL.iter().position(|f| *f == field).unwrap_or_default();
        self.terms.get(place).copied().unwrap_or(self.key)
    }

    /// The term that identifies a listing.
    pub fn key_term(&self, id: uuid::Uuid) -> Term {
        Term::from_field_bytes(self.key, id.as_bytes())
    }

    /// A document as tantivy takes it.
    pub fn document(&self, doc: &SearchDoc) -> TantivyDocument {
        let mut out = TantivyDocument::default();
        let terms = doc_terms(doc);
        for (field, list) in terms.fields.iter().filter(|(_, list)| !list.is_empty()) {
            out.add_text(self.of(*field), placed::write(list, field.has_positions()));
        }
        let prior = i64::from(doc.answered_permille.min(1000)) * 1001
            + i64::from(doc.completeness_permille.min(1000));
        let numbers = [
            Some(doc.published_at),
            doc.price_minor,
            doc.moq,
            doc.lead_days,
            Some(i64::from(terms.title_len)),
            Some(prior),
            doc.answer_hours,
            Some(doc.free_until),
        ];
        for (field, value) in self.numbers.iter().zip(numbers) {
            if let Some(value) = value {
                out.add_i64(*field, value);
            }
        }
        let (id_high, id_low) = doc.id.as_u64_pair();
        let (vendor_high, vendor_low) = doc.vendor_id.as_u64_pair();
        for (field, value) in
            self.identities.iter().zip([id_high, id_low, vendor_high, vendor_low, doc.fingerprint()])
        {
            out.add_u64(*field, value);
        }
        for (field, facet) in self.facets.iter().zip(FacetKind::ALL) {
            for code in doc.codes(facet).into_iter().filter(|c| !c.is_empty()) {
                out.add_text(*field, code);
            }
        }
        out.add_bytes(self.key, doc.id.as_bytes());
        out.add_text(self.shown, shown(doc));
        out
    }
}

/// Titles, vendor, part number and category in one stored line; parts never contain a tab.
fn shown(doc: &SearchDoc) -> String {
    let leaf = doc.categories.last().map_or("", String::as_str);
    [&doc.title_ko, &doc.title_en, &doc.part_number, &doc.vendor_ko, &doc.vendor_en, leaf]
        .map(|t| t.replace(['\t', '\n'], " "))
        .join("\t")
}
