//! Invented buyers and their conversations with vendors.

use super::{
    listings::round,
    model::{DemoBuyer, DemoListing, DemoMessage, DemoOutcome, DemoThread, MessageKind},
    text::{Values, word, words},
};
use crate::money::grouped;
use crate::prng::Prng;

/// Countries of the buyers who write English, in the order of their companies in the word list.
const ABROAD: [&str; 5] = ["NO", "NO", "IT", "GE", "GB"];
/// Where goods go.
const CITIES: [(&str, &str); 6] = [
    ("수원", "Suwon"),
    ("창원", "Changwon"),
    ("평택", "Pyeongtaek"),
    ("대구", "Daegu"),
    ("군산", "Gunsan"),
    ("원주", "Wonju"),
];

/// Thirty persons who ask, two to a company; none has an address outside `demo.test`.
pub fn buyers() -> Vec<DemoBuyer> {
    let companies = words("buyer");
    (0..companies.len() * 2)
        .filter_map(|index| {
            let mut prng = Prng::new(3, index);
            let at = index % companies.len();
            let (company, _) = companies.get(at)?;
            let english = company.is_ascii();
            let (family, given) = (word("family", &mut prng), word("given", &mut prng));
            let country = if english { ABROAD.get(at % 5).copied().unwrap_or("GB") } else { "KR" };
            let name = if english {
                FOREIGN.get(index % FOREIGN.len())?.to_string()
            } else {
                format!("{}{}", family.0, given.0)
            };
            Some(DemoBuyer {
                name,
                company,
                email: format!("asker{:02}@demo.test", index + 1),
                country,
                english,
            })
        })
        .collect()
}

const FOREIGN: [&str; 10] = [
    "Ingrid Solvang",
    "Marius Tveit",
    "Elena Castaldi",
    "Giorgi Tanadze",
    "Hannah Whitlow",
    "Oskar Lindgaard",
    "Paolo Ferrante",
    "Nino Beradze",
    "Thomas Ashcombe",
    "Astrid Hovden",
];

/// `count` conversations about these listings: about four in five answered, some declined, some waiting.
pub fn threads(listings: &[DemoListing], count: usize) -> Vec<DemoThread> {
    let buyers = buyers();
    (0..count)
        .filter_map(|index| {
            let mut prng = Prng::new(4, index);
            let (listing, buyer) = (prng.below(listings.len()), prng.below(buyers.len()));
            Some(thread((listing, listings.get(listing)?), (buyer, buyers.get(buyer)?), &mut prng))
        })
        .collect()
}

fn thread(
    (at, listing): (usize, &DemoListing),
    (buyer, person): (usize, &DemoBuyer),
    prng: &mut Prng,
) -> DemoThread {
    let quantity = listing.moq.max(1) * prng.between(1, 8);
    let outcome = match prng.below(100) {
        0..52 if listing.base_price > 0 => DemoOutcome::Quoted,
        0..78 => DemoOutcome::Informed,
        78..88 => DemoOutcome::Declined,
        _ => DemoOutcome::Waiting,
    };
    let quoted = (outcome == DemoOutcome::Quoted)
        .then(|| round(listing.base_price * i64::from(prng.between(90, 100)) / 100).max(1));
    let (city, city_en) = prng.pick(&CITIES).copied().unwrap_or(("수원", "Suwon"));
    let values = Values::default()
        .with("title", &listing.title_ko)
        .with("title_en", &listing.title_en)
        .with("qty", grouped(i64::from(quantity)))
        .with("unit", listing.unit.ko)
        .with("unit_en", listing.unit.en_for(quantity))
        .with("moq", grouped(i64::from(listing.moq)))
        .with("city", city)
        .with("city_en", city_en)
        .with("lead", listing.lead_days)
        .with("price", grouped(quoted.unwrap_or(0)));
    let messages = messages(outcome, (&values, person.english), prng);
    let age_days = if outcome == DemoOutcome::Waiting { prng.between(0, 3) } else { prng.between(1, 85) };
    DemoThread { buyer, listing: at, quantity, quoted, outcome, age_days, messages }
}

fn messages(outcome: DemoOutcome, (values, english): (&Values, bool), prng: &mut Prng) -> Vec<DemoMessage> {
    let mut minutes = 0;
    let mut list = Vec::new();
    let question = prng.below(words("q").len());
    let mut say = |kind: MessageKind, from: &str, after: u32, prng: &mut Prng| {
        // the answer of the same number is the one to this question
        let own = matches!(from, "q" | "answer").then(|| words(from).get(question).copied()).flatten();
        let (ko, en) = own.unwrap_or_else(|| word(from, prng));
        minutes += after;
        list.push(DemoMessage {
            kind,
            text: values.fill(if english { en } else { ko }),
            after_minutes: minutes,
        });
    };
    say(MessageKind::Question, "q", 0, prng);
    let wait = prng.between(12, 420);
    match outcome {
        DemoOutcome::Waiting => {}
        DemoOutcome::Declined => say(MessageKind::Decline, "decline", wait, prng),
        DemoOutcome::Informed => {
            say(MessageKind::Info, "answer", wait, prng);
            if prng.chance(40) {
                let wait = prng.between(20, 300);
                say(MessageKind::Reply, "thanks", wait, prng);
            }
        }
        DemoOutcome::Quoted => {
            if prng.chance(25) {
                say(MessageKind::Info, "answer", wait, prng);
            }
            say(MessageKind::Quote, "quote", wait, prng);
            if prng.chance(45) {
                let wait = prng.between(20, 600);
                say(MessageKind::Reply, "thanks", wait, prng);
            }
        }
    }
    list
}
