//! The filter grammar of Meilisearch 1.50 as the recorded exchanges show it: what is refused, and what meets what.

use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

/// A parsed filter.
#[derive(Debug, Clone)]
pub enum Filter {
    /// Everything.
    Free,
    /// All.
    And(Vec<Filter>),
    /// Any.
    Or(Vec<Filter>),
    /// Not.
    Not(Box<Filter>),
    /// One condition.
    One(String, Test),
}

/// What one attribute must meet.
#[derive(Debug, Clone)]
pub enum Test {
    /// Any of these.
    In(Vec<String>),
    /// `>`, `>=`, `<`, `<=`.
    Compare(String, String),
    /// Inclusive.
    Between(String, String),
    /// Begins so.
    Begins(String),
    /// The attribute is there.
    Exists,
    /// It is null.
    Null,
    /// It is an empty text, list or object.
    Empty,
}

type Parsed<T> = Result<T, (&'static str, String)>;

fn bad<T>(message: impl Into<String>) -> Parsed<T> {
    Err(("invalid_search_filter", message.into()))
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
    Sign(&'static str),
}

const SIGNS: [&str; 11] = ["!=", ">=", "<=", "=", ">", "<", "(", ")", "[", "]", ","];
const RESERVED: [&str; 10] = ["AND", "OR", "NOT", "IN", "TO", "EXISTS", "IS", "NULL", "CONTAINS", "STARTS"];
const OPERATIONS: &str = "Was expecting an operation `=`, `!=`, `>=`, `>`, `<=`, `<`, `IN`, `NOT IN`, `TO`, `EXISTS`, \
    `NOT EXISTS`, `IS NULL`, `IS NOT NULL`, `IS EMPTY`, `IS NOT EMPTY`, `CONTAINS`, `NOT CONTAINS`, `STARTS WITH`, \
    `NOT STARTS WITH`, `_geoRadius`, `_geoBoundingBox` or `_geoPolygon` but instead got nothing.";

fn tokens(text: &str) -> Parsed<Vec<Token>> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if first == '"' || first == '\'' {
            let (value, after) = string(rest, first)?;
            out.push(Token::Quoted(value));
            rest = after;
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            out.push(Token::Sign(sign));
            rest = &rest[sign.len()..];
        } else {
            let end = rest
                .find(|c: char| c.is_whitespace() || "=!<>()[],\"'".contains(c))
                .filter(|end| *end > 0)
                .unwrap_or(rest.len());
            out.push(Token::Word(rest[..end].to_owned()));
            rest = &rest[end..];
        }
        rest = rest.trim_start();
    }
    Ok(out)
}

fn string(text: &str, quote: char) -> Parsed<(String, &str)> {
    let mut value = String::new();
    let mut chars = text.char_indices().skip(1).peekable();
    let mut malformed = false;
    while let Some((at, c)) = chars.next() {
        if c == quote {
            if malformed {
                return bad(format!("Malformed value: `{}`.", text[1..at].replace('\\', "\\\\")));
            }
            return Ok((value, &text[at + 1..]));
        }
        if c == '\\' {
            match chars.peek().copied() {
                Some((_, next)) if next == quote || next == '\\' => {
                    value.push(next);
                    chars.next();
                }
                _ => malformed = true,
            }
        } else {
            value.push(c);
        }
    }
    let shown = text.replace('\\', "\\\\").replace('"', "\\\"");
    bad(format!("Expression `{shown}` is missing the following closing delimiter: `{quote}`."))
}

struct Parser {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    depth: usize,
}

impl Parser {
    fn word(&mut self, word: &str) -> bool {
        self.tokens.next_if(|token| matches!(token, Token::Word(w) if w == word)).is_some()
    }

    fn sign(&mut self, sign: &str) -> bool {
        self.tokens.next_if(|token| matches!(token, Token::Sign(s) if *s == sign)).is_some()
    }

    fn or(&mut self) -> Parsed<Filter> {
        let mut parts = vec![self.and()?];
        while self.word("OR") {
            parts.push(self.and()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Filter::Or(parts) })
    }

    fn and(&mut self) -> Parsed<Filter> {
        let mut parts = vec![self.not()?];
        while self.word("AND") {
            parts.push(self.not()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Filter::And(parts) })
    }

    fn not(&mut self) -> Parsed<Filter> {
        if self.word("NOT") {
            return Ok(Filter::Not(Box::new(self.not()?)));
        }
        if self.sign("(") {
            self.depth += 1;
            if self.depth > 200 {
                return bad(
                    "The filter exceeded the maximum depth limit. Try rewriting the filter so that it contains fewer nested conditions.",
                );
            }
            let inner = self.or()?;
            self.depth -= 1;
            return if self.sign(")") {
                Ok(inner)
            } else {
                bad("Expression is missing the following closing delimiter: `)`.")
            };
        }
        self.condition()
    }

    fn condition(&mut self) -> Parsed<Filter> {
        let attribute = match self.tokens.next() {
            Some(Token::Word(word)) if !RESERVED.contains(&word.as_str()) => word,
            Some(Token::Quoted(word)) => word,
            _ => return bad(OPERATIONS),
        };
        let one = |test| Ok(Filter::One(attribute.clone(), test));
        let negated = |test| Ok(Filter::Not(Box::new(Filter::One(attribute.clone(), test))));
        for sign in [">=", "<=", ">", "<"] {
            if self.sign(sign) {
                return one(Test::Compare(sign.to_owned(), self.value()?));
            }
        }
        if self.sign("=") {
            return one(Test::In(vec![self.value()?]));
        }
        if self.sign("!=") {
            return negated(Test::In(vec![self.value()?]));
        }
        let not = self.word("NOT");
        let test = if self.word("IN") {
            Test::In(self.list()?)
        } else if self.word("EXISTS") {
            Test::Exists
        } else if self.word("STARTS") && self.word("WITH") {
            Test::Begins(self.value()?)
        } else if self.word("IS") {
            let not = self.word("NOT");
            let test = if self.word("NULL") {
                Test::Null
            } else if self.word("EMPTY") {
                Test::Empty
            } else {
                return bad(OPERATIONS);
            };
            return if not { negated(test) } else { one(test) };
        } else if self.word("CONTAINS") {
            return Err((
                "feature_not_enabled",
                "Using `CONTAINS` in a filter requires enabling the `contains filter` experimental feature. See https://github.com/orgs/meilisearch/discussions/763".into(),
            ));
        } else if let Some(Token::Word(_) | Token::Quoted(_)) = self.tokens.peek() {
            let low = self.value()?;
            if !self.word("TO") {
                return bad(OPERATIONS);
            }
            Test::Between(low, self.value()?)
        } else {
            return bad(OPERATIONS);
        };
        if not { negated(test) } else { one(test) }
    }

    fn value(&mut self) -> Parsed<String> {
        match self.tokens.next() {
            Some(Token::Quoted(value)) => Ok(value),
            Some(Token::Word(word)) if RESERVED.contains(&word.as_str()) => bad(format!(
                "Was expecting a value but instead got `{word}`, which is a reserved keyword. To use `{word}` as a field name or a value, surround it by quotes."
            )),
            Some(Token::Word(word)) => Ok(word),
            _ => bad("Was expecting a value but instead got nothing."),
        }
    }

    fn list(&mut self) -> Parsed<Vec<String>> {
        let mut out = Vec::new();
        if !self.sign("[") {
            return bad("Expected `[` after `IN` keyword.");
        }
        while !self.sign("]") {
            out.push(self.value()?);
            self.sign(",");
        }
        Ok(out)
    }
}

/// Reads a filter: a text, or a list of lists.
pub fn parse(filter: &Value) -> Parsed<Filter> {
    match filter {
        Value::Null => Ok(Filter::Free),
        Value::String(text) if text.trim().is_empty() => Ok(Filter::Free),
        Value::String(text) => {
            let mut parser = Parser { tokens: tokens(text)?.into_iter().peekable(), depth: 0 };
            let filter = parser.or()?;
            if parser.tokens.next().is_some() {
                return bad(
                    "Found unexpected characters at the end of the filter. You probably forgot an `OR` or an `AND` rule.",
                );
            }
            Ok(filter)
        }
        Value::Array(parts) => {
            let inner = |part: &Value| match part {
                Value::Array(any) => Ok(Filter::Or(any.iter().map(parse).collect::<Parsed<_>>()?)),
                one => parse(one),
            };
            Ok(Filter::And(parts.iter().map(inner).collect::<Parsed<_>>()?))
        }
        _ => bad("Invalid filter"),
    }
}

fn folded(text: &str) -> String {
    text.trim().nfkd().collect::<String>().to_lowercase()
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64()
}

/// The values of an attribute, lists taken apart; `a.b` goes into objects.
fn values<'a>(doc: &'a Map<String, Value>, attribute: &str) -> Option<Vec<&'a Value>> {
    let value = match doc.get(attribute) {
        Some(value) => value,
        None => attribute.split('.').try_fold(None, |at: Option<&Value>, part| match at {
            None => doc.get(part).map(Some),
            Some(value) => value.get(part).map(Some),
        })??,
    };
    Some(match value {
        Value::Array(list) => list.iter().collect(),
        one => vec![one],
    })
}

fn equals(value: &Value, wanted: &str) -> bool {
    match value {
        Value::String(text) => folded(text) == folded(wanted),
        Value::Number(_) => number(value).is_some_and(|n| wanted.parse() == Ok(n)),
        Value::Bool(is) => wanted == is.to_string(),
        _ => false,
    }
}

fn compare(value: &Value, sign: &str, wanted: &str) -> bool {
    let order = match (value, wanted.parse::<f64>()) {
        (Value::Number(_), Ok(wanted)) => number(value).and_then(|n| n.partial_cmp(&wanted)),
        (Value::String(text), Err(_)) => Some(folded(text).cmp(&folded(wanted))),
        _ => None,
    };
    order.is_some_and(|order| match sign {
        ">" => order.is_gt(),
        ">=" => order.is_ge(),
        "<" => order.is_lt(),
        _ => order.is_le(),
    })
}

impl Filter {
    /// Whether a document meets it.
    pub fn meets(&self, doc: &Map<String, Value>) -> bool {
        match self {
            Self::Free => true,
            Self::And(parts) => parts.iter().all(|part| part.meets(doc)),
            Self::Or(parts) => parts.iter().any(|part| part.meets(doc)),
            Self::Not(inner) => !inner.meets(doc),
            Self::One(attribute, test) => {
                let Some(values) = values(doc, attribute) else { return false };
                match test {
                    Test::In(wanted) => values.iter().any(|v| wanted.iter().any(|w| equals(v, w))),
                    Test::Compare(sign, wanted) => values.iter().any(|v| compare(v, sign, wanted)),
                    Test::Between(low, high) => {
                        values.iter().any(|v| compare(v, ">=", low) && compare(v, "<=", high))
                    }
                    Test::Begins(prefix) => values
                        .iter()
                        .any(|v| v.as_str().is_some_and(|text| folded(text).starts_with(&folded(prefix)))),
                    Test::Exists => true,
                    Test::Null => values.iter().any(|v| v.is_null()),
                    Test::Empty => values.is_empty() || values.iter().any(|v| v.as_str() == Some("")),
                }
            }
        }
    }

    /// Attributes and whether they are compared, for checking the settings.
    pub fn attributes(&self, out: &mut Vec<(String, Option<String>)>) {
        match self {
            Self::Free => {}
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.attributes(out)),
            Self::Not(inner) => inner.attributes(out),
            Self::One(attribute, test) => {
                let sign = match test {
                    Test::Compare(sign, _) => Some(sign.clone()),
                    Test::Between(..) => Some("TO".to_owned()),
                    Test::Begins(_) => Some("STARTS WITH".to_owned()),
                    _ => None,
                };
                out.push((attribute.clone(), sign));
            }
        }
    }
}
