//! `GET /listings/{slug}/og.png`: what others show when somebody passes a listing on that has no photograph: its name, its
//! maker and its drawing. Cache: public, a day.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header;
use market::catalog::browse::{self, FoundListing, ListingPage};
use market::catalog::drawing::standalone_svg;
use market::memo::Memo;
use market::{Error, ErrorKind, Lang};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::context::Req;
use crate::error::PageResult;
use crate::i18n::common as w;
use crate::page::{self, escape};
use crate::ui::place;

/// Pictures that are drawn at once: each takes one processor for some hundredths of a second.
static TURNS: Semaphore = Semaphore::const_new(1);
/// Pictures remembered, at about 30 kB each.
const REMEMBERED: usize = 128;
/// Longest line of the name, in widths of a Korean syllable.
const LINE: f32 = 11.0;
/// Most lines of the name.
const LINES: usize = 4;

/// A picture and the drawing it was made of.
type Drawn = (Arc<str>, Bytes);

static PICTURES: LazyLock<Memo<(Uuid, Lang), Drawn>> = LazyLock::new(|| Memo::new(REMEMBERED));

/// The picture of a listing that a stranger may see.
pub async fn show(req: Req, Path(slug): Path<String>) -> PageResult {
    match browse::find_listing(&req.cx, &slug).await? {
        FoundListing::Shown(listing) => {
            let drawing: Arc<str> = svg(req.lang(), &listing).into();
            Ok(answer(picture((listing.id, req.lang()), drawing).await?))
        }
        FoundListing::Moved(slug) => Ok(page::moved(&req.href(&format!("/listings/{slug}/og.png")))),
        FoundListing::Gone { .. } => Err(ErrorKind::Gone.into()),
    }
}

/// The picture of this drawing, as remembered or made in turn. A turn lasts as long as the work, also when whoever asked
/// has gone; who waited for it looks first whether somebody made the same meanwhile.
async fn picture(key: (Uuid, Lang), drawing: Arc<str>) -> market::Result<Bytes> {
    let known = || PICTURES.known(&key, |(of, _)| *of == drawing).map(|(_, png)| png);
    if let Some(png) = known() {
        return Ok(png);
    }
    let turn = TURNS.acquire().await.map_err(Error::internal)?;
    if let Some(png) = known() {
        return Ok(png);
    }
    let work = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let png = Bytes::from(imaging::card::png_of(&drawing)?);
        PICTURES.put(key, (drawing, png.clone()));
        Ok::<_, imaging::Refusal>(png)
    });
    work.await.map_err(Error::internal)?.map_err(Error::internal)
}

fn answer(png: Bytes) -> Response {
    let headers = [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "public, max-age=86400")];
    (headers, png).into_response()
}

/// 1200 × 630, the size that everybody shows whole.
fn svg(lang: Lang, listing: &ListingPage) -> String {
    let mut out = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\" viewBox=\"0 0 1200 630\">\
         <rect width=\"1200\" height=\"630\" fill=\"#fff\"/><rect y=\"606\" width=\"1200\" height=\"24\" fill=\"#0b6249\"/>\
         <g transform=\"translate(72 64) scale(1.75)\"><path fill=\"#15201a\" d=\"M2 2h19v5H7v14H2z\"/>\
         <path fill=\"#15201a\" d=\"M30 30H11v-5h14V11h5z\"/><path fill=\"#0b6249\" d=\"M11 11h10v10H11z\"/></g>",
    );
    let mut text = |y: f32, size: u32, colour: &str, words: &str| {
        let _ = write!(
            out,
            "<text x=\"72\" y=\"{y}\" font-size=\"{size}\" fill=\"{colour}\">{}</text>",
            escape(words)
        );
    };
    let lines = wrapped(listing.title(lang));
    let mut y = 230.0;
    for line in &lines {
        text(y, 52, "#15201a", line);
        y += 66.0;
    }
    let supplier = &listing.supplier;
    text(y + 8.0, 30, "#435048", &cut(supplier.name(lang), 19.0));
    text(y + 52.0, 26, "#5a665f", &cut(&place(lang, &supplier.region, &supplier.address), 22.0));
    let _ = write!(
        out,
        "<text x=\"148\" y=\"103\" font-size=\"30\" fill=\"#15201a\">{}</text>",
        escape(w::site_name(lang))
    );
    // the drawing is a document of its own; its head gives way to a place on this sheet
    let drawing = standalone_svg(&listing.shown_drawing());
    let body = drawing.split_once('>').map_or("", |(_, rest)| rest).trim_end_matches("</svg>");
    let _ = write!(
        out,
        "<g transform=\"translate(672 126) scale(1.2)\" fill=\"none\" stroke=\"#3C5A50\">{body}</g></svg>"
    );
    // no XML may hold these two, wherever on the sheet they came from
    out.retain(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'));
    out
}

/// Width of a character in widths of a Korean syllable, as good as a line break needs it.
fn width(c: char) -> f32 {
    match c {
        'i' | 'l' | 'j' | 'I' | '.' | ',' | '\'' | ':' | ';' | '|' | '!' | '(' | ')' | ' ' => 0.3,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.9,
        'A'..='Z' => 0.72,
        c if c.is_ascii() => 0.58,
        _ => 0.92,
    }
}

fn width_of(text: &str) -> f32 {
    text.chars().map(width).sum()
}

/// At most `most` wide; what was cut off is told by an ellipsis.
fn cut(text: &str, most: f32) -> String {
    if width_of(text) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = width('…');
    for c in text.chars() {
        used += width(c);
        if used > most {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// The name in lines; words stay whole unless one alone is longer than a line.
fn wrapped(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        let full = lines.len() == LINES;
        match lines.last_mut() {
            Some(line) if width_of(line) + width(' ') + width_of(word) <= LINE => {
                let _ = write!(line, " {word}");
            }
            Some(line) if full => {
                line.push_str(" …");
                break;
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| cut(line, LINE)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_broken_between_words_and_cut_at_the_end() {
        assert_eq!(wrapped("육각볼트 M8×20"), ["육각볼트 M8×20"]);
        assert!(wrapped(" ").is_empty());
        let long = wrapped(
            "스테인리스 육각볼트 M8×20 SUS304 전나사 냉간압조 100개입 상자 납품 가능한 현장용 부품 모음",
        );
        assert_eq!(long.len(), LINES);
        assert!(long.iter().all(|line| width_of(line) <= LINE), "{long:?}");
        assert!(long.last().is_some_and(|line| line.ends_with('…')), "{long:?}");
        let one = wrapped(&"가".repeat(200));
        assert!(one.len() == 1 && one[0].ends_with('…'), "{one:?}");
    }
}
