//! Invented buyers and their conversations with vendors.

use super::{
    listings::round,
    model::{DemoBuyer, DemoListing, DemoMessage, DemoThread, MessageKind},
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

/// `count` conversations about these listings: about four in five answered, some of them decided, some declined, some waiting.
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

/// What a conversation comes to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Plan {
    /// Nobody answered yet.
    Waiting,
    /// The vendor asked or told something.
    Informed,
    /// A price was named.
    Quoted,
    /// The vendor declined.
    Declined,
}

/// Older than so many days, a reply of the buyer has been answered.
const RECENT: u32 = 2;
/// Why a vendor says no, in the order of its words in the list.
const DECLINED: [&str; 5] = ["not_made", "no_capacity", "no_capacity", "not_made", "too_few"];
/// Why a buyer does not take a quote, in the order of its words.
const REFUSED: [&str; 3] = ["price", "lead_time", "elsewhere"];

fn thread(
    (at, listing): (usize, &DemoListing),
    (buyer, person): (usize, &DemoBuyer),
    prng: &mut Prng,
) -> DemoThread {
    let quantity = listing.moq.max(1) * prng.between(1, 8);
    let plan = match prng.below(100) {
        0..52 if listing.base_price > 0 => Plan::Quoted,
        0..78 => Plan::Informed,
        78..88 => Plan::Declined,
        _ => Plan::Waiting,
    };
    let quoted = (plan == Plan::Quoted)
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
    let age_days = if plan == Plan::Waiting { prng.between(0, 3) } else { prng.between(1, 85) };
    let mut talk = Talk::new(&values, person.english, prng);
    talk.lead_to(plan, age_days);
    let rerouted = talk.messages.last().is_some_and(|message| message.kind == MessageKind::Reroute);
    let messages = std::mem::take(&mut talk.messages);
    let instead = if rerouted { talk.with_another() } else { Vec::new() };
    DemoThread { buyer, listing: at, quantity, quoted, age_days, messages, instead }
}

/// A conversation as it is being written.
struct Talk<'a> {
    values: &'a Values,
    english: bool,
    prng: &'a mut Prng,
    /// Number of the question in the word list; the answer of the same number is the one to it.
    question: usize,
    minutes: u32,
    messages: Vec<DemoMessage>,
}

impl<'a> Talk<'a> {
    fn new(values: &'a Values, english: bool, prng: &'a mut Prng) -> Self {
        let question = prng.below(words("q").len());
        let mut talk = Self { values, english, prng, question, minutes: 0, messages: Vec::new() };
        talk.say(MessageKind::Question, "q", (0, 0));
        talk
    }

    fn lead_to(&mut self, plan: Plan, age_days: u32) {
        match plan {
            Plan::Waiting => {}
            Plan::Declined => {
                self.say(MessageKind::Decline, "decline", (12, 420));
                if self.prng.chance(30) {
                    self.say(MessageKind::Reroute, "", (30, 900));
                }
            }
            Plan::Informed => {
                self.say(MessageKind::Info, "answer", (12, 420));
                if self.prng.chance(40) {
                    self.talk_on(age_days);
                }
            }
            Plan::Quoted => {
                if self.prng.chance(25) {
                    self.say(MessageKind::Info, "answer", (12, 420));
                }
                self.say(MessageKind::Quote, "quote", (12, 420));
                self.decide(age_days);
            }
        }
    }

    /// What the buyer makes of a quote; some leave it where it lies.
    fn decide(&mut self, age_days: u32) {
        match self.prng.below(100) {
            0..22 => self.say(MessageKind::Accept, "", (60, 900)),
            22..32 => self.say(MessageKind::Refuse, "refuse", (60, 900)),
            32..38 => self.say(MessageKind::Withdraw, "", (60, 900)),
            38..68 => {
                self.talk_on(age_days);
                if age_days > RECENT && self.prng.chance(50) {
                    self.say(MessageKind::Accept, "", (60, 600));
                }
            }
            _ => {}
        }
    }

    /// The buyer writes back; where that was a while ago, the vendor has answered.
    fn talk_on(&mut self, age_days: u32) {
        self.say(MessageKind::Reply, "thanks", (20, 600));
        if age_days > RECENT {
            self.say(MessageKind::Answer, "again", (20, 600));
        }
    }

    /// The same question to somebody else, who answers.
    fn with_another(mut self) -> Vec<DemoMessage> {
        self.minutes = 0;
        self.say(MessageKind::Question, "q", (0, 0));
        self.say(MessageKind::Info, "answer", (12, 420));
        self.messages
    }

    fn say(&mut self, kind: MessageKind, from: &str, (soonest, latest): (u32, u32)) {
        self.minutes += self.prng.between(soonest, latest);
        let at = match from {
            "q" | "answer" => self.question,
            _ => self.prng.below(words(from).len()),
        };
        let (ko, en) = words(from).get(at).copied().unwrap_or_default();
        let reasons: &[&str] = match kind {
            MessageKind::Decline => &DECLINED,
            MessageKind::Refuse => &REFUSED,
            _ => &[],
        };
        self.messages.push(DemoMessage {
            kind,
            text: self.values.fill(if self.english { en } else { ko }),
            reason: reasons.get(at).copied(),
            after_minutes: self.minutes,
        });
    }
}
