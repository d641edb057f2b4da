//! What became of putting several products in at once: told where the button stood, once, by the address.

use leptos::prelude::*;
use market::basket::service;
use uuid::Uuid;

use crate::context::Req;
use crate::i18n::basket as w;
use crate::ui::{self, Tone, notice_more};

/// Name of the boxes; in an address those that stay ticked.
pub const PICK: &str = "pick";
/// How many of those that were ticked lie in the basket.
const ADDED: &str = "added";
/// How many could not be put in, as they are not shown any more.
const GONE: &str = "gone";
/// The basket does not hold them all.
const FULL: &str = "full";
/// Where the page tells it.
const PLACE: &str = "told";

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// So many are inside, and so many do not exist.
    Added(usize, usize),
    /// Nothing was put in; these stay ticked.
    TooMany(Vec<Uuid>),
}

impl Told {
    /// `address`, which says nothing of before, telling this.
    pub fn at(&self, address: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        match self {
            Self::Added(inside, gone) => {
                query.append_pair(ADDED, &inside.to_string());
                if *gone > 0 {
                    query.append_pair(GONE, &gone.to_string());
                }
            }
            Self::TooMany(picks) => {
                query.append_pair(FULL, "1");
                for pick in picks {
                    query.append_pair(PICK, &pick.simple().to_string());
                }
            }
        }
        let joint = if address.contains('?') { '&' } else { '?' };
        format!("{address}{joint}{}#{PLACE}", query.finish())
    }
}

/// The address of this page without what it tells once.
pub fn here(req: &Req) -> String {
    untold(&req.here())
}

/// An address without what it told, and without its place on the page.
pub fn untold(address: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let told = |part: &&str| {
        let name = form_urlencoded::parse(part.as_bytes()).next();
        name.is_some_and(|(name, _)| [ADDED, GONE, FULL, PICK].contains(&&*name))
    };
    let kept: Vec<&str> = query.split('&').filter(|part| !told(part)).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// Whether the address tells anything; nearly none does.
fn tells(req: &Req) -> bool {
    [ADDED, FULL].iter().any(|name| req.query.contains(name))
}

/// Products whose boxes are still ticked.
pub fn ticked(req: &Req) -> Vec<Uuid> {
    if !tells(req) {
        return Vec::new();
    }
    let picks = req.query_pairs().into_iter().filter(|(name, _)| name == PICK);
    picks.filter_map(|(_, value)| Uuid::try_parse(&value).ok()).collect()
}

/// The words, where the address tells something.
pub fn notice(req: &Req) -> Option<AnyView> {
    if !tells(req) {
        return None;
    }
    let words = words(req)?;
    Some(view! { <div id=PLACE tabindex="-1" class="mb-4">{words}</div> }.into_any())
}

fn words(req: &Req) -> Option<AnyView> {
    let lang = req.lang();
    let number = |name: &str| req.query_value(name).parse::<usize>().ok();
    let held = req.collected().len();
    let basket = req.href("/basket");
    let open = (basket.as_str(), w::open(lang));
    let most = service::places(&req.cx);
    if number(FULL).is_some() {
        let text = match most.saturating_sub(held) {
            0 => w::full(lang).to_owned(),
            room => w::picks_too_many(lang, most, room),
        };
        return Some(notice_more(Tone::Warn, text, open));
    }
    match (number(ADDED)?, number(GONE).unwrap_or(0).min(most)) {
        (0, 0) => Some(ui::notice(Tone::Warn, w::picks_none(lang))),
        (0, _) => Some(ui::notice(Tone::Warn, w::picks_all_gone(lang))),
        // an address that somebody passed on tells nothing of whose basket is another
        (inside, _) if inside > held => None,
        (inside, 0) => Some(notice_more(Tone::Good, w::picks_added(lang, inside), open)),
        (inside, gone) => {
            let text = format!("{} {}", w::picks_added(lang, inside), w::picks_gone(lang, gone));
            Some(notice_more(Tone::Warn, text, open))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tells_once() {
        let [one, two] = [Uuid::from_u128(1), Uuid::from_u128(2)];
        let tellings = [Told::Added(0, 0), Told::Added(3, 1), Told::TooMany(vec![one, two])];
        for address in ["/search?q=%EB%B3%BC&view=table&page=2", "/en/categories/hex-bolts", "/search?q=a"] {
            for told in &tellings {
                let at = told.at(address);
                assert!(at.ends_with("#told") && at.len() > address.len(), "{at}");
                assert_eq!(untold(&at), address);
                assert_eq!(untold(&told.at(&untold(&at))), address, "the second time, too");
            }
        }
        assert_eq!(Told::Added(3, 1).at("/search"), "/search?added=3&gone=1#told");
        assert_eq!(untold("/search?%61dded=3&q=full&pic=1&added"), "/search?q=full&pic=1");
    }
}
