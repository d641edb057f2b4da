//! How the terms of a document reach tantivy: as one text a field, which a tokenizer of ours takes apart again.
//! tantivy's own way for tokens made beforehand writes and reads them as JSON, which took a third of building an index.

use market::search::terms::Term;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Name of the tokenizer.
pub const NAME: &str = "placed";
/// Behind every term. Cleaned texts have no control characters.
const END: char = '\u{1}';
/// Before a term: it stands one place further on than the term before.
const ON: char = '\u{2}';
/// Before a term: a hundred places further on.
const FAR_ON: char = '\u{3}';

/// All terms as one text; places only where they matter.
pub fn write(terms: &[Term], placed: bool) -> String {
    let mut out = String::with_capacity(terms.iter().map(|term| term.text.len() + 2).sum());
    let mut place = 0;
    for term in terms {
        while placed && place < term.position {
            let far = term.position - place >= 100;
            out.push(if far { FAR_ON } else { ON });
            place += if far { 100 } else { 1 };
        }
        out.push_str(&term.text);
        out.push(END);
    }
    out
}

/// Takes such a text apart.
#[derive(Debug, Clone)]
pub struct Placed;

/// What is left of the text, and the term that was read.
pub struct Terms<'a> {
    rest: &'a str,
    token: Token,
}

impl Tokenizer for Placed {
    type TokenStream<'a> = Terms<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Terms<'a> {
        Terms { rest: text, token: Token { position: 0, ..Token::default() } }
    }
}

impl TokenStream for Terms<'_> {
    fn advance(&mut self) -> bool {
        while let Some(rest) = self.rest.strip_prefix([ON, FAR_ON]) {
            self.token.position += if self.rest.starts_with(ON) { 1 } else { 100 };
            self.rest = rest;
        }
        let Some((text, rest)) = self.rest.split_once(END) else { return false };
        self.rest = rest;
        self.token.text.clear();
        self.token.text.push_str(text);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Term> {
        let mut tokenizer = Placed;
        let mut stream = tokenizer.token_stream(text);
        let mut out = Vec::new();
        while let Some(token) = stream.next() {
            out.push(Term { text: token.text.clone(), position: token.position });
        }
        out
    }

    #[test]
    fn terms_come_back_with_their_places() {
        let at = |text: &str, position| Term { text: text.into(), position };
        let all = [
            at("^백엘", 0),
            at("백엘", 0),
            at("엘보$", 1),
            at("m8", 12),
            at("c^ㅂㅌ", 10_000),
            at("", 10_251),
        ];
        assert_eq!(read(&write(&all, true)), all);
        assert!(read(&write(&all, false)).iter().all(|term| term.position == 0));
        assert_eq!(read(""), []);
    }
}
