//! A document's pages and scripts, counted while it passes by. Documents that pack their objects tell neither,
//! except the linear ones, whose first object names the pages.

/// Longest mark that may straddle two pieces.
const OVERLAP: usize = 40;

/// What was seen so far.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Runs scripts or starts programs.
    pub active: bool,
    pages: i64,
    linear: Option<i64>,
    seen: Vec<u8>,
}

impl Marks {
    pub(super) fn take(&mut self, piece: &[u8], last: bool) {
        self.seen.extend_from_slice(piece);
        let end = if last { self.seen.len() } else { self.seen.len().saturating_sub(OVERLAP) };
        let seen = std::mem::take(&mut self.seen);
        // the first letter is looked at before anything is compared: a document may be made of nothing but slashes
        for (at, pair) in seen.windows(2).enumerate().take(end) {
            if matches!(pair, [b'/', b'T' | b'L' | b'J']) {
                self.mark(seen.get(at..).unwrap_or_default());
            }
        }
        self.seen = seen.get(end..).unwrap_or_default().to_vec();
    }

    fn mark(&mut self, rest: &[u8]) {
        let ends = |after: &[u8]| !after.first().is_some_and(u8::is_ascii_alphanumeric);
        if let Some(after) = rest.strip_prefix(b"/Type") {
            let named = after.trim_ascii_start().strip_prefix(b"/Page");
            self.pages += i64::from(named.is_some_and(ends));
        } else if let Some(after) = rest.strip_prefix(b"/Linearized") {
            self.linear = self.linear.or_else(|| number_after(after, b"/N "));
        } else if [&b"/JavaScript"[..], b"/JS", b"/Launch"]
            .iter()
            .any(|mark| rest.strip_prefix(*mark).is_some_and(ends))
        {
            self.active = true;
        }
    }

    pub(super) fn pages(&self) -> Option<i64> {
        (self.pages > 0).then_some(self.pages).or(self.linear).filter(|pages| *pages < 100_000)
    }
}

fn number_after(text: &[u8], name: &[u8]) -> Option<i64> {
    let text = text.get(..text.len().min(300))?;
    let at = text.windows(name.len()).position(|window| window == name)?;
    let digits = text.get(at + name.len()..)?.iter().take_while(|byte| byte.is_ascii_digit());
    let digits: String = digits.take(6).copied().map(char::from).collect();
    digits.parse().ok().filter(|number| *number > 0)
}
