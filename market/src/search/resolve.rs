//! One word of a question: which terms of the catalogue answer it. Interpretations are tried in this order, and the
//! first that the catalogue knows is taken: as typed (whole, inside compounds), synonyms, same sound; without
//! particles; unfinished; other keyboard; heard in the other script or like a trade word; a slip; compound of known words;
//! same consonants.

use super::{
    answer::{Evidence, Reading},
    clean, hangul, heard, particles,
    plan::{Alternative, Lexicon, Match},
    sound,
    terms::{self, Field},
    vocabulary::Vocabulary,
    ways::{NEIGHBOUR, alternative, literal, phrase},
};

/// Consonants that tell a Korean word before it is taken apart.
const MANY: usize = 6;
/// And afterwards.
const FEW: usize = 4;

/// A word understood.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    /// Ways to answer, empty when nothing is known.
    pub alternatives: Vec<Alternative>,
    /// What was changed to get there.
    pub reading: Option<Reading>,
    /// The parts, when the word was taken apart; each is a concept of its own.
    pub parts: Vec<(String, Vec<Alternative>)>,
}

impl Resolved {
    fn of(alternatives: Vec<Alternative>, reading: Option<Reading>) -> Self {
        Self { alternatives, reading, parts: Vec::new() }
    }

    /// Whether nothing was found.
    pub fn is_unknown(&self) -> bool {
        self.alternatives.is_empty() && self.parts.is_empty()
    }
}

/// Looks words up in a catalogue and a vocabulary.
pub struct Resolver<'a> {
    /// The catalogue's words.
    pub lexicon: &'a dyn Lexicon,
    /// Synonym tables, the curators' first.
    pub vocabularies: &'a [&'a Vocabulary],
    /// Take words as typed, nothing else.
    pub literal: bool,
    /// Whether slips are guessed; in long sentences they mislead.
    pub guess: bool,
}

impl Resolver<'_> {
    /// The word as the catalogue answers it.
    pub fn resolve(&self, word: &str) -> Resolved {
        let direct = self.plain(word);
        if !direct.is_empty() || self.literal {
            return Resolved::of(direct, None);
        }
        // a short word is rather another spelling than a stem with a particle (신나 is 시너, not 신)
        let by_sound = |this: &Self| {
            Some(this.same_sound(word))
                .filter(|found| !found.is_empty())
                .map(|found| Resolved::of(found, None))
        };
        let short = word.chars().count() <= 2;
        let early = if short { by_sound(self) } else { self.without_particle(word, Self::plain) };
        early
            .or_else(|| if short { self.without_particle(word, Self::plain) } else { by_sound(self) })
            .or_else(|| self.without_particle(word, Self::same_sound))
            .or_else(|| self.unfinished(word))
            .or_else(|| self.other_keyboard(word))
            .or_else(|| self.heard(word))
            .or_else(|| self.slip(word))
            .or_else(|| self.consonants(word, MANY))
            .or_else(|| self.compound(word))
            .or_else(|| self.consonants(word, FEW))
            .unwrap_or_default()
    }

    /// Everything that needs no change to the word: itself, its synonyms, its other spellings.
    pub fn direct(&self, word: &str) -> Vec<Alternative> {
        let mut out = self.plain(word);
        if out.is_empty() && !self.literal {
            out.extend(self.same_sound(word));
        }
        out
    }

    /// The word itself and its synonyms; a known loan word also in its other spellings.
    fn plain(&self, word: &str) -> Vec<Alternative> {
        if word.chars().count() >= 2 && word.chars().all(hangul::is_lead) {
            return self.initials(word);
        }
        let mut out = self.known(vec![alternative(literal(word), 1.0, Evidence::Literal)]);
        if self.literal {
            return out;
        }
        out.extend(self.synonyms(std::iter::once(word)));
        if !out.is_empty() && sound::is_loan(word) {
            out.extend(self.same_sound(word));
        }
        out
    }

    /// The synonyms of a phrase.
    pub fn synonyms<'w>(&self, words: impl Iterator<Item = &'w str> + Clone) -> Vec<Alternative> {
        let mut out = Vec::new();
        let latin = words.clone().all(str::is_ascii);
        for vocabulary in self.vocabularies {
            for other in vocabulary.alternatives(words.clone()) {
                // a word of the same script is the nearer one: 그라인다 is rather 그라인더 than grinder
                let spelled = !latin
                    && words.clone().count() == 1
                    && words
                        .clone()
                        .all(|word| sound::is_loan(word) && sound::key(word) == sound::key(other));
                let quality = if spelled {
                    0.97
                } else if latin {
                    0.9
                } else if other.is_ascii() {
                    0.87
                } else {
                    0.92
                };
                out.push(alternative(phrase(other), quality, Evidence::Synonym));
            }
        }
        self.known(out)
    }

    fn known(&self, alternatives: Vec<Alternative>) -> Vec<Alternative> {
        alternatives.into_iter().filter(|a| self.lexicon.any(&a.matches)).collect()
    }

    fn initials(&self, word: &str) -> Vec<Alternative> {
        let letters: Vec<char> = word.chars().collect();
        let inside: Vec<String> = letters.windows(letters.len().min(3)).map(|w| w.iter().collect()).collect();
        let marked = |mark: &str, open: bool, close: bool| {
            let last = inside.len().saturating_sub(1);
            let text = |(i, pair): (usize, &String)| {
                let (begin, end) =
                    (if open && i == 0 { "^" } else { "" }, if close && i == last { "$" } else { "" });
                format!("{mark}{begin}{pair}{end}")
            };
            Match::Phrase(Field::Initials, inside.iter().enumerate().map(text).collect())
        };
        let mut ways = vec![
            (marked("", true, true), 1.0),
            (marked("", true, false), 0.9),
            (marked("c", true, true), 0.85),
        ];
        if letters.len() >= 3 {
            ways.push((marked("", false, true), 0.75));
            ways.push((marked("c", true, false), 0.7));
        }
        self.known(vec![alternative(Match::Any(ways), 0.9, Evidence::Initials)])
    }

    fn same_sound(&self, word: &str) -> Vec<Alternative> {
        if !word.chars().all(hangul::is_syllable) {
            return Vec::new();
        }
        let key = sound::key(word);
        let sound = |mark: &str| Match::Term(Field::Sound, format!("{mark}{key}"));
        let mut ways = vec![(sound("="), 1.0), (sound(""), 0.97), (sound("c"), 0.8)];
        if key.len() >= 4 {
            ways.extend(
                self.lexicon
                    .beginning(Field::Sound, &key, 40)
                    .into_iter()
                    .map(|k| (Match::Term(Field::Sound, k), 0.9)),
            );
        }
        if key.len() < 2 {
            return Vec::new();
        }
        self.known(vec![alternative(Match::Any(ways), 0.88, Evidence::Spelling)])
    }

    /// An English word by what it is called in Korean, a Korean one by trade words that sound like it.
    fn heard(&self, word: &str) -> Option<Resolved> {
        let found = if word.is_ascii() {
            let keys = heard::keys(word);
            let ways = |mark: &str, quality: f32| {
                let term = |key: &String| (Match::Term(Field::Sound, format!("{mark}{key}")), quality);
                keys.iter().map(term).collect::<Vec<_>>()
            };
            let ways = [ways("", 1.0), ways("c", 0.8)].concat();
            if ways.is_empty() {
                Vec::new()
            } else {
                vec![alternative(Match::Any(ways), 0.8, Evidence::Spelling)]
            }
        } else {
            let words = self.vocabularies.iter().flat_map(|vocabulary| vocabulary.heard_like(word));
            words.map(|other| alternative(phrase(other), 0.85, Evidence::Spelling)).collect()
        };
        let found = self.known(found);
        (!found.is_empty()).then(|| Resolved::of(found, None))
    }

    fn without_particle(
        &self,
        word: &str,
        look: impl Fn(&Self, &str) -> Vec<Alternative>,
    ) -> Option<Resolved> {
        if word.is_ascii() {
            return None;
        }
        particles::stems(word)
            .into_iter()
            .filter(|stem| stem.chars().count() >= 2 || word.chars().count() == 2)
            .find_map(|stem| {
                let found = look(self, &stem);
                (!found.is_empty()).then(|| Resolved::of(found, None))
            })
    }

    fn unfinished(&self, word: &str) -> Option<Resolved> {
        let found = if word.is_ascii() {
            if word.len() < 3 {
                return None;
            }
            self.lexicon
                .beginning(Field::Title, word, 60)
                .into_iter()
                .map(|t| Match::Term(Field::Title, t))
                .collect::<Vec<_>>()
        } else {
            let letters = hangul::letters(word);
            if letters.chars().count() < 3 || word.chars().filter(|c| hangul::is_syllable(*c)).count() == 0 {
                return None;
            }
            self.lexicon
                .beginning(Field::Letters, &letters, 200)
                .into_iter()
                .map(|t| Match::Term(Field::Letters, t))
                .collect()
        };
        (!found.is_empty()).then(|| {
            let ways = found.into_iter().map(|m| (m, 1.0)).collect();
            Resolved::of(vec![alternative(Match::Any(ways), 0.85, Evidence::HalfTyped)], None)
        })
    }

    fn other_keyboard(&self, word: &str) -> Option<Resolved> {
        let other = if word.is_ascii() { hangul::from_keys(word) } else { hangul::to_keys(word) };
        let sensible = if word.is_ascii() {
            word.len() >= 4 && other.chars().all(hangul::is_syllable)
        } else {
            other.is_ascii() && other.len() >= 3
        };
        if !sensible {
            return None;
        }
        let mut found =
            if terms::codes(&other).is_empty() { self.direct(&other) } else { self.part_number(&other) };
        if found.is_empty() {
            found = self
                .without_particle(&other, Self::direct)
                .or_else(|| self.compound(&other))
                .map(|r| r.alternatives)
                .unwrap_or_default();
        }
        for a in &mut found {
            a.evidence = Evidence::Keyboard;
        }
        (!found.is_empty())
            .then(|| Resolved::of(found, Some(Reading::Keyboard { from: word.to_owned(), to: other })))
    }

    fn slip(&self, word: &str) -> Option<Resolved> {
        let count = word.chars().count();
        if !self.guess || count < 2 || (word.is_ascii() && count < 5) {
            return None;
        }
        let (field, asked) = if word.is_ascii() {
            (Field::Title, terms::stem(word))
        } else {
            (Field::Letters, hangul::letters(word))
        };
        let near = self.lexicon.near(field, &asked, asked.chars().count() >= 14, 12);
        let best = near.first()?;
        let to =
            if word.is_ascii() { best.clone() } else { hangul::compose(&best.chars().collect::<Vec<_>>()) };
        let ways = near.iter().map(|t| (Match::Term(field, t.clone()), 1.0)).collect();
        let reading = Reading::Corrected { from: word.to_owned(), to };
        Some(Resolved::of(vec![alternative(Match::Any(ways), 0.75, Evidence::Typo)], Some(reading)))
    }

    /// 스텐플랜지 is 스텐 and 플랜지: the split with the longest known beginning.
    fn compound(&self, word: &str) -> Option<Resolved> {
        let chars: Vec<char> = word.chars().collect();
        if !(4..=16).contains(&chars.len()) || !chars.iter().all(|c| hangul::is_syllable(*c)) {
            return None;
        }
        for cut in (2..=chars.len() - 2).rev() {
            let head: String = chars.iter().take(cut).collect();
            let tail: String = chars.iter().skip(cut).collect();
            let first = self.direct(&head);
            if first.is_empty() {
                continue;
            }
            let mut parts = vec![(head, first)];
            let mut rest = self.direct(&tail);
            if rest.is_empty() {
                rest = self.without_particle(&tail, Self::direct).map(|r| r.alternatives).unwrap_or_default();
            }
            if !rest.is_empty() {
                parts.push((tail, rest));
            } else if let Some(more) = self.compound(&tail) {
                parts.extend(more.parts);
            } else if !particles::is_buying(&tail) && !particles::is_verbal(&tail) {
                continue;
            }
            return Some(Resolved { parts, ..Resolved::default() });
        }
        None
    }

    /// Words that share their consonants; few of them say less than the parts of a compound.
    fn consonants(&self, word: &str, least: usize) -> Option<Resolved> {
        let least = if word.is_ascii() { 4 } else { least };
        let skeleton = sound::skeleton(&terms::stem(word));
        // without a vowel there is nothing to hear: zzqqxx is no spelling of anything
        let mute = word.is_ascii() && !word.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        if mute || skeleton.len() < least || !(word.is_ascii() || sound::is_loan(word)) {
            return None;
        }
        let singular = skeleton.strip_suffix('s').unwrap_or(&skeleton).to_owned();
        let ways = vec![
            (Match::Term(Field::Skeleton, skeleton), 1.0),
            (Match::Term(Field::Skeleton, singular), 0.95),
        ];
        let found = self.known(vec![alternative(Match::Any(ways), 0.75, Evidence::Spelling)]);
        (!found.is_empty()).then(|| Resolved::of(found, None))
    }

    /// A part number: whole, from its beginning, or inside.
    pub fn part_number(&self, code: &str) -> Vec<Alternative> {
        let code = clean::squash(code);
        if code.len() < 3 {
            return Vec::new();
        }
        let row = |text: String| {
            Match::Phrase(Field::Code, terms::triples(&text, 0).into_iter().map(|t| t.text).collect())
        };
        let mut out = self.known(vec![alternative(
            Match::Any(vec![
                (row(format!("^{code}$")), 1.0),
                (row(format!("^{code}")), 0.93),
                (row(code.clone()), 0.85),
            ]),
            1.0,
            Evidence::PartNumber,
        )]);
        if !out.is_empty() && !self.literal && code.is_ascii() {
            // the rest of the family, behind: what shares at least half of the number from its beginning
            let family = (code.len().div_ceil(2).max(4)..code.len()).rev().zip(0u8..6);
            let ways = family.map(|(len, step)| {
                (
                    row(format!("^{}", code.get(..len).unwrap_or_default())),
                    NEIGHBOUR - 0.005 * f32::from(step),
                )
            });
            out.extend(self.known(vec![alternative(Match::Any(ways.collect()), 1.0, Evidence::PartNumber)]));
        }
        out
    }

    /// A part number with one wrong sign, when nothing has it as typed.
    pub fn similar_part(&self, code: &str) -> Option<Resolved> {
        let code = clean::squash(code);
        if !self.guess || self.literal || code.len() < 5 {
            return None;
        }
        let near = self.lexicon.near(Field::CodeWhole, &code, false, 12);
        let to = near.first()?.clone();
        let same = |t: &String| if t.len() == code.len() { 1.0 } else { 0.9 };
        let ways = near.iter().map(|t| (Match::Term(Field::CodeWhole, t.clone()), same(t))).collect();
        Some(Resolved::of(
            vec![alternative(Match::Any(ways), 0.7, Evidence::Typo)],
            Some(Reading::Corrected { from: code, to }),
        ))
    }
}
