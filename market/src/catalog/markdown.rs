//! What vendors write (a subset of Markdown) as safe HTML, and as plain text for indexes and summaries.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use ammonia::Builder;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

use crate::memo::Memo;

/// Elements that may come out. No pictures and no HTML of the writer's own: those would load things from elsewhere.
const ELEMENTS: [&str; 22] = [
    "p",
    "br",
    "hr",
    "strong",
    "em",
    "del",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let mut tags: HashSet<&str> = ELEMENTS.into_iter().collect();
    tags.insert("a");
    builder
        .tags(tags)
        .add_tag_attributes("a", &["href"])
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(Some("nofollow noopener ugc"))
        .clean_content_tags(HashSet::from(["script", "style"]));
    builder
});

/// Texts that are read again and again. Reading one and cleaning it takes longer than all statements of its page.
static READ: LazyLock<Memo<String, Arc<Texts>>> = LazyLock::new(|| Memo::new(512));

/// One text in the forms that its page shows.
#[derive(Debug)]
pub struct Texts {
    /// As [`to_html`] makes it.
    pub html: Arc<str>,
    /// As [`to_plain`] makes it.
    pub plain: String,
}

/// Both forms of a text, remembered for those read most recently.
pub fn texts(text: &str) -> Arc<Texts> {
    let make = || Arc::new(Texts { html: to_html(text).into(), plain: to_plain(text) });
    READ.get(text.to_owned(), |_| true, make)
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

/// Safe HTML of a text. Headings begin at level 3, below those of the page around it.
pub fn to_html(text: &str) -> String {
    let events = Parser::new_ext(text, options()).filter_map(shown);
    let mut raw = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut raw, events);
    CLEANER.clean(&raw).to_string()
}

fn shown(event: Event<'_>) -> Option<Event<'_>> {
    match event {
        // what looks like HTML is shown as typed
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Heading { level, .. }) => Some(Event::Start(Tag::Heading {
            level: lower(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        })),
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(lower(level)))),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        other => Some(other),
    }
}

const fn lower(level: pulldown_cmark::HeadingLevel) -> pulldown_cmark::HeadingLevel {
    use pulldown_cmark::HeadingLevel::{H1, H2, H3, H4, H5, H6};
    match level {
        H1 => H3,
        H2 => H4,
        H3 => H5,
        H4 | H5 | H6 => H6,
    }
}

/// The words of a text without marks, blocks separated by blanks.
pub fn to_plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Text(words) | Event::Code(words) => out.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::End(_) if !out.ends_with(' ') && !out.is_empty() => {
                out.push(' ');
            }
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The beginning of the plain text, at most `max` characters, cut between words.
pub fn summary(text: &str, max: usize) -> String {
    let texts = texts(text);
    let plain = &texts.plain;
    let Some((cut, _)) = plain.char_indices().nth(max) else { return plain.clone() };
    let head = plain.get(..cut).unwrap_or_default();
    let end = head.rfind(' ').filter(|at| *at > cut / 2).unwrap_or(head.len());
    format!("{}…", head.get(..end).unwrap_or_default().trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_elements() {
        let html = to_html(
            "# 제목\n\n**굵게** 그리고 [누리집](https://example.kr)\n\n| 가 | 나 |\n|---|---|\n| 1 | 2 |",
        );
        assert!(
            html.contains("<h3>제목</h3>")
                && html.contains("<strong>굵게</strong>")
                && html.contains("<td>1</td>"),
            "{html}"
        );
        assert!(html.contains("rel=\"nofollow noopener ugc\""));
    }

    #[test]
    fn nothing_runs_and_nothing_loads() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "![x](https://evil.test/p.png)",
            "<a href=\"data:text/html,x\" onclick=x>y</a>",
            "</div></main><form action=//evil.test>",
            "[x](  JaVaScRiPt:alert(1))",
        ] {
            let html = to_html(hostile).to_lowercase();
            for wrong in
                ["<script", "<img", "<a href=\"javascript", "<a href=\"data", "<form", "</div", "<a onclick"]
            {
                assert!(!html.contains(wrong), "{hostile} gave {html}");
            }
        }
    }

    #[test]
    fn plain_text_keeps_words_apart() {
        assert_eq!(to_plain("# 가\n\n나 *다*\n- 라\n- 마"), "가 나 다 라 마");
        assert_eq!(summary("가나 다라 마바", 6), "가나 다라…");
        assert_eq!(summary("짧다", 10), "짧다");
    }
}
