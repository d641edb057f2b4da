//! Scores answers against judged questions, class by class, as a table.
//!
//! nDCG@10 with gain 2^grade − 1; R@10 and S@1 look at the best grade alone. A question that nothing answers by right
//! counts as good when it is answered by nothing, or when the page says that these are only the nearest.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
};

use serde::Deserialize;

/// A question with what was judged about it.
#[derive(Debug, Deserialize)]
pub struct JudgedQuery {
    /// Name of the question.
    pub id: String,
    /// The text.
    pub query: String,
    /// Kind of difficulty.
    #[serde(default)]
    pub class: String,
    /// Grade 1 to 3 by listing; nothing when not judged.
    pub relevant: Option<HashMap<String, u32>>,
}

/// Sums of one class.
#[derive(Debug, Default)]
struct Row {
    questions: usize,
    answerable: usize,
    ndcg: f64,
    recall: f64,
    first: f64,
    empty: usize,
    unanswerable: usize,
    declined: usize,
}

/// The table while answers come in.
#[derive(Debug, Default)]
pub struct Scores(BTreeMap<String, Row>);

impl Scores {
    /// Counts one answer.
    pub fn add(&mut self, query: &JudgedQuery, hits: &[&str], relaxed: bool) {
        let Some(grades) = &query.relevant else { return };
        for class in [query.class.as_str(), "~all"] {
            self.0.entry(class.to_owned()).or_default().add(grades, hits, relaxed);
        }
    }

    /// As Markdown; empty when nothing was judged.
    pub fn table(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let mut out = String::from(
            "| class | n | nDCG@10 | R@10 | S@1 | empty | zero-ok |\n|---|---:|---:|---:|---:|---:|---:|\n",
        );
        for (class, row) in &self.0 {
            let share =
                |sum: f64, of: usize| if of == 0 { String::new() } else { format!("{:.3}", sum / count(of)) };
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} | {} |",
                class.trim_start_matches('~'),
                row.questions,
                share(row.ndcg, row.answerable),
                share(row.recall, row.answerable),
                share(row.first, row.answerable),
                share(count(row.empty), row.answerable),
                share(count(row.declined), row.unanswerable)
            );
        }
        out
    }
}

impl Row {
    fn add(&mut self, grades: &HashMap<String, u32>, hits: &[&str], relaxed: bool) {
        self.questions += 1;
        let Some(best) = grades.values().copied().max() else {
            self.unanswerable += 1;
            self.declined += usize::from(hits.is_empty() || relaxed);
            return;
        };
        let grade = |hit: &&str| grades.get(*hit).copied().unwrap_or_default();
        let shown: Vec<u32> = hits.iter().take(10).map(grade).collect();
        let mut ideal: Vec<u32> = grades.values().copied().collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        let wanted = ideal.iter().filter(|grade| **grade == best).count().min(10);
        self.answerable += 1;
        self.ndcg += gain(&shown) / gain(ideal.get(..ideal.len().min(10)).unwrap_or_default());
        self.recall += count(shown.iter().filter(|grade| **grade == best).count()) / count(wanted);
        self.first += if shown.first() == Some(&best) { 1.0 } else { 0.0 };
        self.empty += usize::from(hits.is_empty());
    }
}

fn gain(grades: &[u32]) -> f64 {
    let gains = grades
        .iter()
        .enumerate()
        .map(|(i, grade)| (f64::from(1u32 << grade) - 1.0) / (count(i) + 2.0).log2());
    gains.sum()
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_order_scores_one_and_declining_is_right_where_nothing_is() {
        let judged = |relevant: &[(&str, u32)]| JudgedQuery {
            id: String::new(),
            query: String::new(),
            class: "kind".to_owned(),
            relevant: Some(relevant.iter().map(|(id, grade)| ((*id).to_owned(), *grade)).collect()),
        };
        let mut scores = Scores::default();
        scores.add(&judged(&[("a", 3), ("b", 1)]), &["a", "b"], false);
        scores.add(&judged(&[]), &["a"], true);
        assert!(
            scores.table().contains("| kind | 2 | 1.000 | 1.000 | 1.000 | 0.000 | 1.000 |"),
            "{}",
            scores.table()
        );
        scores.add(&judged(&[("a", 3), ("b", 1)]), &["b", "a"], false);
        assert!(
            scores.table().contains("| all | 3 | 0.855 | 1.000 | 0.500 | 0.000 | 1.000 |"),
            "{}",
            scores.table()
        );
    }
}
