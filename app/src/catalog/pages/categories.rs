//! `GET /categories`: the whole tree with counts. Cache: private, revalidated (`page::render`).

use std::collections::HashMap;

use leptos::prelude::*;
use market::catalog::drawing::Family;
use market::catalog::taxonomy::{self, Category};
use market::search::counts;

use crate::context::Req;
use crate::error::PageResult;
use crate::i18n::{common as w, listing as l};
use crate::page::{self, Meta};
use crate::ui::{Crumb, breadcrumbs, number, silhouette};

/// Visible listings below each category, its own included.
pub struct Counts(HashMap<&'static str, i64>);

impl Counts {
    /// Adds the counts of leaves up to every place above them.
    pub fn from_leaves(leaves: &[(String, i64)]) -> Self {
        let mut counts = HashMap::new();
        for (code, count) in leaves {
            let Some(leaf) = taxonomy::find(code) else { continue };
            for category in taxonomy::ancestors(code).into_iter().chain([leaf]) {
                *counts.entry(category.code).or_insert(0) += count;
            }
        }
        Self(counts)
    }

    /// Listings below a category.
    pub fn of(&self, code: &str) -> i64 {
        self.0.get(code).copied().unwrap_or(0)
    }
}

/// The directory.
pub async fn show(req: Req) -> PageResult {
    let counts = Counts::from_leaves(&counts::by_category(&req.cx).await?);
    let lang = req.lang();
    let meta = Meta::public(l::categories(lang), l::categories_lead(lang));
    Ok(page::render(&req, meta, view(&req, &counts)))
}

fn view(req: &Req, counts: &Counts) -> AnyView {
    let lang = req.lang();
    let crumbs = vec![Crumb::link(w::home(lang), req.href("/")), Crumb::here(l::categories(lang))];
    let roots = taxonomy::roots().map(|root| section(req, root, counts)).collect::<Vec<_>>();
    view! {
        {breadcrumbs(lang, crumbs)}
        <div class="page-head"><h1>{l::categories(lang)}</h1><p class="mute">{l::categories_lead(lang)}</p></div>
        {roots}
    }
    .into_any()
}

fn section(req: &Req, root: &'static Category, counts: &Counts) -> AnyView {
    let lang = req.lang();
    let entries = taxonomy::children(root.code)
        .map(|child| entry(req, child, counts.of(child.code)))
        .collect::<Vec<_>>();
    view! {
        <section class="sec" id=root.slug>
            <div class="with-pic">{silhouette(Family::for_category(root.code))}
                <h2 class="t-l"><a href=req.href(&format!("/categories/{}", root.slug))>{root.name(lang)}</a>" "<span class="mute small">{number(counts.of(root.code))}</span></h2></div>
            <ul class="dir mt-3">{entries}</ul>
        </section>
    }
    .into_any()
}

/// One line of the directory.
pub fn entry(req: &Req, category: &Category, count: i64) -> AnyView {
    entry_at(req, category, count, req.href(&format!("/categories/{}", category.slug)))
}

/// The same leading to this address of the category.
pub fn entry_at(req: &Req, category: &Category, count: i64, href: String) -> AnyView {
    view! { <li><a href=href>{category.name(req.lang())}<span>{number(count)}</span></a></li> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_add_up_on_the_way() {
        let counts = Counts::from_leaves(&[
            ("fasteners.bolts.hex".into(), 2),
            ("fasteners.bolts.socket".into(), 3),
            ("unknown".into(), 9),
        ]);
        assert_eq!(
            (
                counts.of("fasteners"),
                counts.of("fasteners.bolts"),
                counts.of("fasteners.bolts.hex"),
                counts.of("pipes")
            ),
            (5, 5, 2, 0)
        );
    }
}
