//! What a demonstration must hold.

use std::collections::HashSet;

use time::macros::date;

use super::{products, *};
use crate::{catalog::taxonomy, regions, vendors::BusinessNumber};

/// Figures in a unit with a particle that does not fit what they are read as: 미터, 리터, 킬로그램.
fn misread(text: &str) -> Option<&'static str> {
    let wrong = [
        "m을", "m은 ", "m이", "m과", "L을", "L은 ", "L이", "L과", "㎡을", "㎡은 ", "㎡이", "kg를", "kg는",
        "kg가", "kg와", "kg예요",
    ];
    // SUS316L is spelt: 엘
    let is_figure = |before: &str| {
        let word = before.rsplit([' ', '*']).next().unwrap_or_default();
        word.ends_with(|c: char| c.is_ascii_digit()) && !word.contains(char::is_alphabetic)
    };
    wrong.into_iter().find(|words| text.match_indices(words).any(|(at, _)| is_figure(&text[..at])))
}

fn market() -> (Vec<DemoVendor>, Vec<DemoListing>) {
    let companies = vendors(VENDORS, date!(2026 - 11 - 24));
    let goods = companies.iter().flat_map(listings).collect();
    (companies, goods)
}

#[test]
fn companies_are_many_different_and_plausible() {
    let (companies, _) = market();
    let unique = |values: HashSet<&str>| assert_eq!(values.len(), VENDORS);
    unique(companies.iter().map(|vendor| vendor.name_ko.as_str()).collect());
    unique(companies.iter().map(|vendor| vendor.name_en.as_str()).collect());
    unique(companies.iter().map(|vendor| vendor.business_number.as_str()).collect());
    unique(companies.iter().map(|vendor| vendor.phone.as_str()).collect());
    assert_eq!(companies.iter().map(|vendor| vendor.sido).collect::<HashSet<_>>().len(), 17);
    assert_eq!(
        companies.iter().map(|vendor| vendor.area).collect::<HashSet<_>>().len(),
        taxonomy::roots().count()
    );
    for vendor in &companies {
        assert!(BusinessNumber::parse(&vendor.business_number).is_ok(), "{}", vendor.business_number);
        assert!(vendor.business_number.starts_with('9'));
        assert_eq!(
            regions::normalise(&vendor.address_ko).unwrap().code,
            vendor.sido,
            "{}",
            vendor.address_ko
        );
        assert!(
            !vendor.intro_ko.contains(['{', '|']) && vendor.intro_ko.matches("요.").count() >= 2,
            "{}",
            vendor.intro_ko
        );
        assert!(vendor.intro_en.is_ascii(), "{}", vendor.intro_en);
        assert!(vendor.certificates.iter().all(|paper| paper.issued < paper.valid_until));
    }
}

#[test]
fn every_line_of_the_products_is_understood() {
    let lines = include_str!("../../data/demo_products.tsv").lines().count() - 1;
    assert_eq!(products::all().len(), lines);
    for product in products::all() {
        assert!(taxonomy::find(product.category).unwrap().is_leaf(), "{}", product.category);
        assert!(product.hs.is_empty() || product.hs.len() == 10);
    }
}

#[test]
fn goods_are_many_and_varied() {
    let (_, goods) = market();
    assert!(goods.len() >= 3_000, "{}", goods.len());
    let kinds: HashSet<&str> = goods.iter().map(|listing| listing.category).collect();
    assert!(kinds.len() >= 100, "{}", kinds.len());
    assert!(kinds.iter().map(|code| code.split('.').next().unwrap()).collect::<HashSet<_>>().len() >= 25);
    let titles: HashSet<&str> = goods.iter().map(|listing| listing.title_ko.as_str()).collect();
    assert!(titles.len() * 10 > goods.len() * 7, "{} of {}", titles.len(), goods.len());
    for listing in &goods {
        for text in [&listing.title_ko, &listing.title_en, &listing.description_ko, &listing.description_en] {
            assert!(!text.is_empty() && !text.contains(['{', '}', '~', '|', '^']), "{text}");
        }
        assert_eq!(misread(&listing.description_ko), None, "{}", listing.description_ko);
        let hangul = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
        assert!(hangul(&listing.title_ko) || !listing.title_ko.is_ascii() || listing.title_ko.len() > 4);
        assert!(!hangul(&listing.title_en) && !hangul(&listing.description_en), "{}", listing.title_en);
        assert!(
            listing.specs.len() >= 2 && listing.specs.iter().all(|spec| !hangul(&spec.value_en)),
            "{:?}",
            listing.specs
        );
        assert!(listing.moq >= 1 && listing.lead_days >= 1);
    }
}

#[test]
fn prices_fall_with_quantity() {
    let (_, goods) = market();
    let mut kinds = [0; 3];
    for listing in &goods {
        match &listing.price {
            DemoPrice::Public(price) => {
                kinds[0] += 1;
                assert!(*price > 0);
            }
            DemoPrice::Tiers(tiers) => {
                kinds[1] += 1;
                assert!(
                    tiers.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 > pair[1].1),
                    "{tiers:?}"
                );
            }
            DemoPrice::Negotiable => kinds[2] += 1,
        }
    }
    assert!(kinds.iter().all(|count| *count > 300), "{kinds:?}");
}

#[test]
fn conversations_end_as_they_say() {
    let (_, goods) = market();
    let talks = threads(&goods, 600);
    let askers = buyers();
    assert!(askers.iter().all(|buyer| buyer.email.ends_with("@demo.test")));
    let answered =
        talks.iter().filter(|talk| talk.messages.iter().any(|message| message.kind.from_vendor())).count();
    assert!((480..570).contains(&answered), "{answered}");
    for talk in &talks {
        let has = |kind| talk.messages.iter().any(|message| message.kind == kind);
        assert_eq!(talk.quoted.is_some(), has(MessageKind::Quote));
        assert_eq!(has(MessageKind::Reroute), !talk.instead.is_empty());
        for messages in [&talk.messages, &talk.instead] {
            assert!(messages.windows(2).all(|pair| pair[0].after_minutes < pair[1].after_minutes));
        }
        for message in talk.messages.iter().chain(&talk.instead) {
            use MessageKind::{Accept, Decline, Refuse, Reroute, Withdraw};
            let speaks_for_itself = matches!(message.kind, Accept | Withdraw | Reroute);
            assert_eq!(message.text.is_empty(), speaks_for_itself, "{message:?}");
            assert_eq!(message.reason.is_some(), matches!(message.kind, Decline | Refuse), "{message:?}");
            assert!(!message.text.contains(['{', '}']));
            assert_eq!(misread(&message.text), None, "{}", message.text);
        }
    }
}

#[test]
fn the_same_call_gives_the_same_market() {
    let (one, two) = (market(), market());
    assert!(one == two);
    assert_eq!(threads(&one.1, 50), threads(&two.1, 50));
}
