//! From free text to lines: item, quantity, unit, grade, dimension, and for the whole request the day and the place.
//! Pure, the same answer every time, no guessing beyond what stands there: whoever asked confirms and edits.
//!
//! `clean` makes one spelling of widths, signs and numbers; `days` and `places` take their words out; `line` reads the
//! rest of each piece between commas and line breaks.

mod clean;
mod days;
mod grades;
mod line;
mod places;
mod sizes;
pub mod units;

use time::Date;

use super::model::{Request, RequestLine};

/// Longest text that is read, in characters.
pub const TEXT_MAX: usize = 4_000;
/// Lines taken from one text.
pub const MOST_LINES: usize = 20;

/// Labels of forms, with what they name.
const LABELS: [(&str, Label); 24] = [
    ("품명", Label::Item),
    ("품목", Label::Item),
    ("제품", Label::Item),
    ("item", Label::Item),
    ("product", Label::Item),
    ("재질", Label::Spec),
    ("규격", Label::Spec),
    ("사양", Label::Spec),
    ("spec", Label::Spec),
    ("size", Label::Spec),
    ("material", Label::Spec),
    ("수량", Label::Quantity),
    ("qty", Label::Quantity),
    ("quantity", Label::Quantity),
    ("납기", Label::Due),
    ("납기일", Label::Due),
    ("delivery", Label::Due),
    ("due", Label::Due),
    ("장소", Label::Place),
    ("납품장소", Label::Place),
    ("납품지", Label::Place),
    ("도착지", Label::Place),
    ("받을 곳", Label::Place),
    ("destination", Label::Place),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Item,
    Spec,
    Quantity,
    Due,
    Place,
}

/// Reads a request written on `today`.
pub fn parse(text: &str, today: Date) -> Request {
    let text: String = text.chars().take(TEXT_MAX).collect();
    let mut found = Request::default();
    let mut reader = Reader::default();
    for row in clean::rows(&text) {
        for piece in clean::pieces(&row) {
            let (label, rest) = labelled(&piece);
            let mut words: Vec<String> = rest.split_whitespace().map(str::to_owned).collect();
            if label == Some(Label::Place) && found.place.is_empty() {
                found.place = places::given(rest);
                continue;
            }
            let due = label == Some(Label::Due);
            if found.due.is_none()
                && let Some((day, at)) = days::find(&words, today, true)
            {
                found.due = Some(day);
                words.drain(at);
            } else if due && let Some((day, at)) = due_after_label(&words, today) {
                found.due = Some(day);
                words.drain(at);
            }
            if found.place.is_empty()
                && let Some((place, at)) = places::find(&words)
            {
                found.place = place;
                words.drain(at);
            }
            if !due {
                reader.take(label, &words);
            }
        }
        reader.end_of_row();
    }
    found.lines = reader.finish();
    found
}

fn due_after_label(words: &[String], today: Date) -> Option<days::Found> {
    let mut with = vec!["납기".to_owned()];
    with.extend_from_slice(words);
    let (day, at) = days::find(&with, today, true)?;
    Some((day, at.start.saturating_sub(1)..at.end.saturating_sub(1)))
}

fn labelled(piece: &str) -> (Option<Label>, &str) {
    if let Some((label, rest)) = piece.split_once(':') {
        let name = label.trim().to_lowercase();
        let known = LABELS.iter().find(|(word, _)| *word == name).map(|(_, label)| *label);
        if known.is_some() {
            return (known, rest.trim());
        }
        if ["견적 요청", "견적요청", "need quotation", "요청", "문의", "rfq", "need urgently"]
            .contains(&name.as_str())
        {
            return (None, rest.trim());
        }
    }
    let low = piece.to_lowercase();
    for lead in ["qty ", "수량 "] {
        if let Some(rest) = low.strip_prefix(lead) {
            return (Some(Label::Quantity), piece.get(piece.len() - rest.len()..).unwrap_or(piece).trim());
        }
    }
    (None, piece)
}

/// Collects pieces into lines: a quantity ends what one line can hold.
#[derive(Default)]
struct Reader {
    lines: Vec<RequestLine>,
    open: RequestLine,
    started: bool,
}

impl Reader {
    fn take(&mut self, label: Option<Label>, words: &[String]) {
        let mut read = line::read(words, label == Some(Label::Quantity));
        if label == Some(Label::Spec) && read.quantity.is_empty() {
            // what is said of the material may be a word that also names things
            if read.grade.is_empty() && read.dimension.is_empty() {
                read.grade = std::mem::take(&mut read.item);
            } else {
                read.item.clear();
            }
        }
        if read == RequestLine::default() {
            return;
        }
        let item_again = label == Some(Label::Item) && !self.open.item.is_empty();
        let full = !self.open.quantity.is_empty() && !read.quantity.is_empty();
        if full || item_again {
            self.push();
        }
        self.started = true;
        let open = &mut self.open;
        if open.item.is_empty() {
            open.item = read.item;
        } else if !read.item.is_empty() && open.quantity.is_empty() && !read.quantity.is_empty() {
            open.item = format!("{} {}", open.item, read.item);
        }
        if !read.quantity.is_empty() {
            (open.quantity, open.unit) = (read.quantity, read.unit);
        }
        join(&mut open.grade, &read.grade);
        join(&mut open.dimension, &read.dimension);
    }

    /// A row of a list is a line of its own once it has a quantity.
    fn end_of_row(&mut self) {
        if !self.open.quantity.is_empty() && !self.open.item.is_empty() {
            // the next row may still add to it; `take` decides when it comes with a quantity or an item
            self.started = true;
        }
    }

    fn push(&mut self) {
        let line = std::mem::take(&mut self.open);
        if line.quantity.is_empty() && line.item.is_empty() {
            return;
        }
        let before = self.lines.last().map(|line| line.item.clone());
        self.lines.push(line);
        let Some(before) = before else { return };
        if let Some(line) = self.lines.last_mut() {
            line.item = inherited(&before, &line.item);
        }
    }

    fn finish(mut self) -> Vec<RequestLine> {
        self.push();
        if self.lines.is_empty() {
            return Vec::new();
        }
        self.lines.truncate(MOST_LINES);
        self.lines
    }
}

/// `M10×25 300개` after `육각볼트 M8×20 500개` is about bolts too; `P30` after `오링 P22` about rings.
fn inherited(before: &str, item: &str) -> String {
    if item.is_empty() {
        return before.to_owned();
    }
    let is_code = |text: &str| {
        text.chars().any(|c| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '#' | '/'))
    };
    match before.rsplit_once(' ') {
        Some((name, code)) if is_code(item) && is_code(code) => format!("{name} {item}"),
        _ => item.to_owned(),
    }
}

fn join(have: &mut String, more: &str) {
    if more.is_empty() {
        return;
    }
    if !have.is_empty() {
        have.push(' ');
    }
    have.push_str(more);
}
