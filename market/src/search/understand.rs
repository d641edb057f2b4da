//! From a text to a plan: what is asked, what is wished, what is only manners.

use super::{
    answer::{Evidence, Reading},
    clean::{self, clean},
    codes, grams, hangul, measure,
    model::SearchQuery,
    negation, particles,
    parts::{Unit, units},
    plan::{Concept, Lexicon, Match, Plan, Role},
    resolve::{self, Resolver},
    terms::{self, Field},
    vocabulary::Vocabulary,
    ways::{self, alternative},
};

/// More words than this make a sentence: slips are not guessed and context words weigh less.
const SENTENCE: usize = 6;
/// Reads a question.
pub fn understand(text: &str, literal: bool, lexicon: &dyn Lexicon, vocabularies: &[&Vocabulary]) -> Plan {
    let (text, cut) = clean::truncate(text, SearchQuery::LONGEST);
    let mut resolver = Resolver { lexicon, vocabularies, literal, guess: true };
    let text = clean(&without_markup(text));
    let text = if literal { text } else { negation::apart(&text) };
    let (text, codes) = codes_from_keys(&text, &resolver);
    let mut units = units(&text);
    if !literal {
        units = negation::bind(&units, &resolver);
    }
    let words = units.iter().filter(|u| matches!(u, Unit::Word(_))).count();
    resolver.guess = words <= SENTENCE;
    let mut reader = Reader { resolver, plan: Plan::default(), sentence: words > SENTENCE };
    reader.plan.readings = codes;
    if cut {
        reader.plan.readings.push(Reading::Truncated);
    }
    let all_manners = units.iter().all(|u| matches!(u, Unit::Word(w) if particles::is_buying(w)));
    let mut i = 0;
    while i < units.len() {
        i += reader.read(units.get(i..).unwrap_or_default(), all_manners).max(1);
    }
    reader.plan
}

/// Part numbers typed on the Korean keyboard, put right before their digits are read as sizes (ㅕ뉴3740 → usb3740).
fn codes_from_keys(text: &str, resolver: &Resolver<'_>) -> (String, Vec<Reading>) {
    let mut readings = Vec::new();
    let mut right = |chunk: &str| {
        let mixed = chunk.chars().any(hangul::is_hangul) && chunk.bytes().any(|b| b.is_ascii_digit());
        let keys = if mixed && !resolver.literal { hangul::to_keys(chunk) } else { String::new() };
        if keys.len() < 5 || !keys.is_ascii() || resolver.part_number(&keys).is_empty() {
            return chunk.to_owned();
        }
        let keys = keys.to_ascii_lowercase();
        readings.push(Reading::Keyboard { from: chunk.to_owned(), to: keys.clone() });
        keys
    };
    let text = text.split(' ').map(&mut right).collect::<Vec<_>>().join(" ");
    (text, readings)
}

/// The text without tags, as pasted from a page.
fn without_markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let name = after.strip_prefix('/').unwrap_or(after);
        let tag = after
            .split_once('>')
            .filter(|(inside, _)| name.starts_with(|c: char| c.is_ascii_alphabetic()) && inside.len() <= 200);
        if let Some((_, behind)) = tag {
            out.push(' ');
            rest = behind;
        } else {
            out.push('<');
            rest = after;
        }
    }
    out + rest
}

struct Reader<'a> {
    resolver: Resolver<'a>,
    plan: Plan,
    sentence: bool,
}

impl Reader<'_> {
    /// Reads from the beginning of `units`; answers how many were read.
    fn read(&mut self, units: &[Unit], all_manners: bool) -> usize {
        match units.first() {
            None => 0,
            Some(Unit::Measure(m, text)) => {
                self.read_measure(m, text, units.get(1));
                1
            }
            Some(Unit::Not(unwanted)) => {
                self.exclude(unwanted);
                1
            }
            Some(Unit::Word(word)) => {
                if let Some(count) = self.read_phrase(units) {
                    return count;
                }
                if particles::is_listing(word) && !self.resolver.literal && !self.plan.concepts.is_empty() {
                    self.plan.any_of |= units.len() > 1 && !word.is_ascii();
                    return 1;
                }
                if !self.resolver.literal && !all_manners && self.is_manners(word, units.get(1)) {
                    return 1;
                }
                self.read_word(word);
                1
            }
        }
    }

    fn is_manners(&self, word: &str, next: Option<&Unit>) -> bool {
        let counts = particles::is_numeral(word)
            && matches!(next, Some(Unit::Word(n)) if particles::is_quantity(n) || particles::stems(n).iter().any(|s| particles::is_quantity(s)));
        counts || (particles::is_quantity(word) && self.sentence) || particles::is_buying(word)
    }

    fn exclude(&mut self, unwanted: &negation::Unwanted) {
        if let Some(matches) = unwanted.matches(&self.resolver) {
            self.plan.excluded.push(matches);
            self.plan.readings.push(Reading::Excluded { word: unwanted.text.clone() });
        }
    }

    /// The longest run of words that the vocabulary knows, or that the catalogue writes as one.
    fn read_phrase(&mut self, units: &[Unit]) -> Option<usize> {
        if self.resolver.literal {
            return None;
        }
        let words: Vec<&str> = units
            .iter()
            .map_while(|u| if let Unit::Word(w) = u { Some(w.as_str()) } else { None })
            .take(6)
            .collect();
        for count in (2..=words.len()).rev() {
            let run = words.get(..count)?;
            let mut ways = self.resolver.synonyms(run.iter().copied());
            let joined = run.concat();
            ways.extend(self.category_named(&joined));
            if count == 2 {
                ways.extend(self.glued_translations(run));
            }
            let glued =
                joined.chars().all(hangul::is_syllable) && !run.iter().any(|w| particles::is_buying(w));
            if ways.is_empty() && !(glued && count <= 4 && self.written_as_one(run, &joined)) {
                continue;
            }
            ways.insert(0, alternative(ways::phrase(&run.join(" ")), 1.0, Evidence::Literal));
            if glued {
                ways.push(alternative(ways::literal(&joined), 1.0, Evidence::Literal));
                ways.extend(self.resolver.synonyms(std::iter::once(joined.as_str())));
            }
            if let Some(head) = run.last().filter(|_| !glued) {
                let near = self
                    .resolver
                    .direct(head)
                    .into_iter()
                    .map(|a| alternative(a.matches, a.quality * ways::NEIGHBOUR, Evidence::Context));
                ways.extend(near.collect::<Vec<_>>());
            }
            self.add(run.join(" "), Role::Word, ways, count);
            return Some(count);
        }
        None
    }

    /// The category that is called so, however it is spaced and hyphenated (DC-DC 컨버터).
    fn category_named(&self, joined: &str) -> Option<super::plan::Alternative> {
        let named = Match::Term(Field::Category, format!("={joined}"));
        self.resolver.lexicon.any(&named).then(|| alternative(named, 1.0, Evidence::Literal))
    }

    /// Two English words whose Korean words are written as one: copper elbow → 동엘보.
    fn glued_translations(&self, run: &[&str]) -> Vec<super::plan::Alternative> {
        let [first, second] = run else { return Vec::new() };
        if !(first.is_ascii() && second.is_ascii()) {
            return Vec::new();
        }
        let korean = |word: &str| -> Vec<&str> {
            let all = self.resolver.vocabularies.iter().flat_map(|v| v.alternatives(std::iter::once(word)));
            all.filter(|other| other.chars().all(hangul::is_syllable)).take(8).collect()
        };
        let (heads, tails) = (korean(first), korean(second));
        heads
            .iter()
            .flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}")))
            .map(|both| alternative(ways::literal(&both), 0.88, Evidence::Synonym))
            .filter(|way| self.resolver.lexicon.any(&way.matches))
            .take(6)
            .collect()
    }

    /// Whether the words only make sense together: glued they are known, and one of them alone is too short to tell.
    fn written_as_one(&self, run: &[&str], joined: &str) -> bool {
        let short = run.iter().any(|w| w.chars().count() == 1);
        let known = Match::Any(vec![
            (Match::Phrase(Field::TitleGram, grams::run_phrases(joined)[0].clone()), 1.0),
            (Match::Phrase(Field::CategoryGram, grams::run_phrases(joined)[0].clone()), 1.0),
        ]);
        (short || run.iter().any(|w| self.resolver.direct(w).is_empty()) || !self.sentence)
            && self.resolver.lexicon.any(&known)
    }

    fn read_word(&mut self, word: &str) {
        if self.read_region(word) {
            return;
        }
        if word.bytes().any(|b| b.is_ascii_digit()) && self.read_code(word) {
            return;
        }
        let parts = terms::scripts(word);
        if parts.len() > 1 && self.resolver.direct(word).is_empty() {
            return self.read_mixed(word, &parts);
        }
        let telling = !self.resolver.literal
            && particles::is_verbal(word)
            && (self.sentence || !self.plan.concepts.is_empty());
        if telling && self.resolver.direct(word).is_empty() {
            return;
        }
        if particles::lists_more(word) && !self.resolver.literal && self.resolver.direct(word).is_empty() {
            self.plan.any_of = true;
        }
        let found = self.resolver.resolve(word);
        self.take(word, found);
    }

    fn take(&mut self, word: &str, found: resolve::Resolved) {
        if found.is_unknown() {
            let telling =
                particles::is_verbal(word) || (word.chars().count() == 1 && !self.plan.concepts.is_empty());
            if !telling {
                self.plan.unknown.push(word.to_owned());
                self.plan.readings.push(Reading::Dropped { word: word.to_owned() });
            }
            return;
        }
        self.plan.readings.extend(found.reading);
        if !found.alternatives.is_empty() {
            self.add(word.to_owned(), Role::Word, found.alternatives, 1);
        }
        for (part, ways) in found.parts {
            self.add(part, Role::Word, ways, 1);
        }
    }

    fn add(&mut self, text: String, role: Role, alternatives: Vec<super::plan::Alternative>, words: usize) {
        let weight = if words > 1 { 1.3 } else { 1.0 };
        self.plan.concepts.push(Concept { text, role, alternatives, weight });
    }

    fn read_region(&mut self, word: &str) -> bool {
        if self.resolver.literal || word.chars().count() < 2 {
            return false;
        }
        let stems = std::iter::once(word.to_owned())
            .chain(particles::stems(word).into_iter().filter(|s| s.chars().count() >= 2));
        for stem in stems {
            let region = Match::Term(Field::Region, terms::region_word(&stem));
            if self.resolver.lexicon.any(&region)
                && !self.resolver.lexicon.any(&Match::Term(Field::Title, stem.clone()))
            {
                self.plan.readings.push(Reading::Region { word: stem.clone() });
                self.add(stem, Role::Region, vec![alternative(region, 1.0, Evidence::Context)], 1);
                return true;
            }
        }
        false
    }

    fn read_code(&mut self, word: &str) -> bool {
        let latin: String = word.chars().take_while(char::is_ascii).collect();
        let rest = word.get(latin.len()..).unwrap_or_default();
        if !rest.is_empty() && !particles::is_particle(rest) {
            return false;
        }
        let mut found = self.resolver.part_number(&latin);
        if found.is_empty() {
            found = self
                .resolver
                .lexicon
                .any(&ways::literal(&latin))
                .then(|| alternative(ways::literal(&latin), 1.0, Evidence::Literal))
                .into_iter()
                .collect();
        }
        if found.is_empty() && !self.resolver.literal {
            let pieces = codes::in_pieces(&latin, self.resolver.lexicon);
            found.extend(pieces.map(|pieces| alternative(pieces, 0.95, Evidence::PartNumber)));
        }
        if found.is_empty() {
            return self.read_near_code(&latin);
        }
        self.add(latin, Role::Word, found, 2);
        true
    }

    /// What comes near to a part number that nobody has: one with another sign, or the number it begins with.
    fn read_near_code(&mut self, code: &str) -> bool {
        if let Some(similar) = self.resolver.similar_part(code) {
            self.take(code, similar);
            return true;
        }
        let guess = self.resolver.guess && !self.resolver.literal;
        let Some(head) = codes::beginning(code, self.resolver.lexicon).filter(|_| guess) else {
            return false;
        };
        let near = Match::Any(vec![
            (Match::Term(Field::CodeWhole, head.clone()), 1.0),
            (Match::Term(Field::Title, head.clone()), 1.0),
        ]);
        self.plan.readings.push(Reading::Corrected { from: code.to_owned(), to: head });
        self.add(
            code.to_owned(),
            Role::Word,
            vec![alternative(near, ways::NEIGHBOUR, Evidence::PartNumber)],
            1,
        );
        true
    }

    /// A word of several scripts that the catalogue does not know whole: each part for itself.
    fn read_mixed(&mut self, word: &str, parts: &[&str]) {
        let keys = hangul::to_keys(word);
        if !word.is_ascii() && keys.is_ascii() && !self.resolver.literal {
            let found = self.resolver.part_number(&keys);
            if !found.is_empty() {
                self.plan.readings.push(Reading::Keyboard { from: word.to_owned(), to: keys });
                return self.add(word.to_owned(), Role::Word, found, 1);
            }
        }
        if word.is_ascii() {
            return self.take(word, resolve::Resolved::default());
        }
        for part in parts {
            if particles::is_particle(part)
                || (part.starts_with(|c: char| c.is_ascii_digit()) && part.len() < 2)
            {
                continue;
            }
            self.read_word(part);
        }
    }

    fn read_measure(&mut self, m: &measure::Measure, text: &str, next: Option<&Unit>) {
        let counted = m.bare && matches!(next, Some(Unit::Word(w)) if particles::is_quantity(w));
        if counted {
            return;
        }
        let mut answered = false;
        let code = clean::squash(text);
        for ask in &m.asks {
            let ways: Vec<(Match, f32)> =
                ask.iter().map(|(form, q)| (Match::Term(Field::Spec, form.clone()), *q)).collect();
            let known = Match::Any(ways);
            answered |= self.resolver.lexicon.any(&known);
            self.add(text.to_owned(), Role::Measure, vec![alternative(known, 1.0, Evidence::Spec)], 1);
        }
        if code.len() >= 3 && (!answered || code.len() >= 4) && m.asks.len() == 1 {
            let found = self.resolver.part_number(&code);
            if !found.is_empty() && (!answered || m.bare) {
                self.plan.concepts.pop();
                return self.add(text.to_owned(), Role::Word, found, 1);
            }
        }
        if text.starts_with("sus") || text.starts_with("sts") {
            self.read_word("sus");
        }
    }
}
