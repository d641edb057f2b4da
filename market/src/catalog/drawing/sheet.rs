//! Pen and paper: line weights, axes, dimensions with arrows, lettering.

use std::fmt::Write as _;

use super::Drawing;

const PAPER: &str = "var(--paper,#fff)";
const INK: &str = "var(--drawing,currentColor)";

/// A sheet of 400 × 300 on which one family draws itself.
pub(super) struct Sheet<'a> {
    drawing: &'a Drawing,
    shapes: String,
    dims: String,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(drawing: &'a Drawing) -> Self {
        Self { drawing, shapes: String::with_capacity(2_048), dims: String::with_capacity(1_024) }
    }

    /// Everything drawn, with its title; `lettered` adds dimensions.
    pub(super) fn finish(self, lettered: bool) -> String {
        let title = if lettered {
            format!("<title>{}</title>", self.drawing.family.name_ko())
        } else {
            String::new()
        };
        let dims = if lettered {
            format!("<g class=\"dims\" stroke-width=\"1\">{}</g>", self.dims)
        } else {
            String::new()
        };
        format!(
            "{title}<g stroke-width=\"1.5\" stroke-linejoin=\"round\" stroke-linecap=\"round\">{}</g>{dims}",
            self.shapes
        )
    }

    /// The first number in dimension `at`, or `otherwise` when there is none that makes sense.
    pub(super) fn number(&self, at: usize, otherwise: f32) -> f32 {
        let text = self.drawing.dims.get(at).map_or("", |(_, value)| value.as_str());
        let digits: String = text
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(|c| c.is_ascii_digit() || *c == '.')
            .collect();
        digits
            .parse()
            .ok()
            .filter(|value: &f32| value.is_finite() && *value > 0.0 && *value < 1e6)
            .unwrap_or(otherwise)
    }

    /// How dimension `a` compares to `b`, held between `low` and `high` so that it still fits the sheet.
    pub(super) fn ratio(&self, a: (usize, f32), b: (usize, f32), low: f32, high: f32) -> f32 {
        (self.number(a.0, a.1) / self.number(b.0, b.1)).clamp(low, high)
    }

    /// A closed shape in the ordinary weight: hides what lies below it.
    pub(super) fn shape(&mut self, path: &str) {
        let _ =
            write!(self.shapes, "<path vector-effect=\"non-scaling-stroke\" fill=\"{PAPER}\" d=\"{path}\"/>");
    }

    /// An open line in the ordinary weight.
    pub(super) fn line(&mut self, path: &str) {
        let _ = write!(self.shapes, "<path vector-effect=\"non-scaling-stroke\" d=\"{path}\"/>");
    }

    /// Threads, hatching, folds: half the weight.
    pub(super) fn thin(&mut self, path: &str) {
        let _ = write!(
            self.shapes,
            "<path vector-effect=\"non-scaling-stroke\" stroke-width=\".75\" d=\"{path}\"/>"
        );
    }

    /// Hidden edges.
    pub(super) fn hidden(&mut self, path: &str) {
        let _ = write!(
            self.shapes,
            "<path vector-effect=\"non-scaling-stroke\" stroke-width=\".75\" stroke-dasharray=\"5 4\" d=\"{path}\"/>"
        );
    }

    /// Centre lines, dash-dot.
    pub(super) fn axis(&mut self, path: &str) {
        let _ = write!(
            self.shapes,
            "<path vector-effect=\"non-scaling-stroke\" stroke-width=\".75\" stroke-dasharray=\"14 4 3 4\" d=\"{path}\"/>"
        );
    }

    /// A centre cross through a point.
    pub(super) fn cross(&mut self, x: f32, y: f32, reach: f32) {
        self.axis(&format!("M{} {y}H{}M{x} {}V{}", x - reach, x + reach, y - reach, y + reach));
    }

    /// A rectangle.
    pub(super) fn rect(&mut self, x: f32, y: f32, width: f32, height: f32) {
        self.shape(&format!("M{x} {y}h{width}v{height}h{}z", -width));
    }

    /// A rectangle with rounded corners.
    pub(super) fn rounded(&mut self, (x, y, width, height): (f32, f32, f32, f32), r: f32) {
        let (along, up) = (width - 2.0 * r, height - 2.0 * r);
        self.shape(&format!(
            "M{} {y}h{along}a{r} {r} 0 0 1 {r} {r}v{up}a{r} {r} 0 0 1 -{r} {r}h{}a{r} {r} 0 0 1 -{r} -{r}v{}a{r} {r} 0 0 1 {r} -{r}z",
            x + r,
            -along,
            -up
        ));
    }

    /// A circle.
    pub(super) fn circle(&mut self, cx: f32, cy: f32, r: f32) {
        let _ = write!(
            self.shapes,
            "<circle vector-effect=\"non-scaling-stroke\" fill=\"{PAPER}\" cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\"/>"
        );
    }

    /// A pitch circle, dash-dot.
    pub(super) fn pitch(&mut self, cx: f32, cy: f32, r: f32) {
        let _ = write!(
            self.shapes,
            "<circle vector-effect=\"non-scaling-stroke\" stroke-width=\".75\" stroke-dasharray=\"14 4 3 4\" cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\"/>"
        );
    }

    /// Parallel 45° lines inside a rectangle: a cut face.
    pub(super) fn hatch(&mut self, (x, y, width, height): (f32, f32, f32, f32)) {
        let mut path = String::new();
        let mut offset = 8.0;
        while offset < width + height {
            let (x1, y1) = if offset <= height { (x, y + offset) } else { (x + offset - height, y + height) };
            let (x2, y2) = if offset <= width { (x + offset, y) } else { (x + width, y + offset - width) };
            let _ = write!(path, "M{x1} {y1}L{x2} {y2}");
            offset += 8.0;
        }
        self.thin(&path);
    }

    /// Dimension `at` between two x, drawn at height `y`; extension lines come from `from`.
    pub(super) fn across(&mut self, at: (usize, &str), (x1, x2): (f32, f32), y: f32, from: f32) {
        let beyond = if y > from { 5.0 } else { -5.0 };
        let gap = beyond * 0.8;
        let _ = write!(
            self.dims,
            "<path d=\"M{x1} {}V{}M{x2} {}V{}M{x1} {y}H{x2}\"/>",
            from + gap,
            y + beyond,
            from + gap,
            y + beyond
        );
        let text = self.label(at);
        if x2 - x1 > 26.0 {
            self.arrow(&format!("M{x1} {y}l9 -3v6zM{x2} {y}l-9 -3v6z"));
            self.text((f32::midpoint(x1, x2), y - 5.0), "text-anchor=\"middle\"", &text);
        } else {
            self.arrow(&format!("M{x1} {y}l-9 -3v6zM{x2} {y}l9 -3v6z"));
            self.text((x2 + 12.0, y + 4.5), "", &text);
        }
    }

    /// Dimension `at` between two y, drawn at `x`; extension lines come from `from`.
    pub(super) fn down(&mut self, at: (usize, &str), (y1, y2): (f32, f32), x: f32, from: f32) {
        let beyond = if x > from { 5.0 } else { -5.0 };
        let gap = beyond * 0.8;
        let _ = write!(
            self.dims,
            "<path d=\"M{} {y1}H{}M{} {y2}H{}M{x} {y1}V{y2}\"/>",
            from + gap,
            x + beyond,
            from + gap,
            x + beyond
        );
        if y2 - y1 > 26.0 {
            self.arrow(&format!("M{x} {y1}l-3 9h6zM{x} {y2}l-3 -9h6z"));
        } else {
            self.arrow(&format!("M{x} {y1}l-3 -9h6zM{x} {y2}l-3 9h6z"));
        }
        let text = self.label(at);
        let middle = f32::midpoint(y1, y2);
        if y2 - y1 > 26.0 {
            self.text(
                (x - 5.0, middle),
                &format!("text-anchor=\"middle\" transform=\"rotate(-90 {} {middle})\"", x - 5.0),
                &text,
            );
        } else {
            self.text((x, y1 - 14.0), "text-anchor=\"middle\"", &text);
        }
    }

    /// Dimension `at` as a note with an arrow to a point.
    pub(super) fn note(&mut self, at: (usize, &str), (x, y): (f32, f32), (tx, ty): (f32, f32)) {
        let side = if tx >= x { 1.0 } else { -1.0 };
        let _ = write!(self.dims, "<path d=\"M{x} {y}L{tx} {ty}h{}\"/>", 10.0 * side);
        let (dx, dy) = (tx - x, ty - y);
        let length = dx.hypot(dy).max(1.0);
        let (ux, uy) = (dx / length, dy / length);
        self.arrow(&format!(
            "M{x} {y}L{:.1} {:.1}L{:.1} {:.1}z",
            x + 9.0 * ux - 3.0 * uy,
            y + 9.0 * uy + 3.0 * ux,
            x + 9.0 * ux + 3.0 * uy,
            y + 9.0 * uy - 3.0 * ux
        ));
        let text = self.label(at);
        self.text((tx + 14.0 * side, ty + 4.5), if side > 0.0 { "" } else { "text-anchor=\"end\"" }, &text);
    }

    fn arrow(&mut self, path: &str) {
        let _ = write!(self.dims, "<path stroke=\"none\" fill=\"{INK}\" d=\"{path}\"/>");
    }

    fn text(&mut self, (x, y): (f32, f32), placing: &str, text: &str) {
        let _ = write!(
            self.dims,
            "<text x=\"{x}\" y=\"{y}\" {placing} font-size=\"14\" stroke=\"none\" fill=\"{INK}\">{}</text>",
            escape(text)
        );
    }

    fn label(&self, (at, letter): (usize, &str)) -> String {
        match self.drawing.dims.get(at) {
            Some((label, value)) if value.starts_with(label.as_str()) => value.clone(),
            Some((label, value)) if value.is_empty() => label.clone(),
            Some((label, value)) => format!("{label} {value}"),
            None => letter.to_owned(),
        }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
