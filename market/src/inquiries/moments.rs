//! Moments in mails, on the clock of the reader.

use crate::cx::Cx;
use crate::lang::Lang;
use crate::time::Timestamp;

/// Day and hour on the reader's clock: `11월 27일 18시` or `27 Nov 18:00 KST`; on another one than that of Seoul with its name, and
/// with the Korean time beside it, by which deadlines are set: `11월 27일 04:00 CST(한국 시간 11월 27일 18시)`.
pub(super) fn moment(cx: &Cx, lang: Lang, at: Timestamp) -> String {
    let korean = in_seoul(lang, at);
    if cx.zone.is_seoul() {
        return korean;
    }
    let (there, name) = (cx.zone.at(at), cx.zone.abbreviation(at));
    let time = format!("{:02}:{:02} {name}", there.hour(), there.minute());
    match lang {
        Lang::Ko => {
            format!("{}월 {}일 {time}(한국 시간 {korean})", u8::from(there.month()), there.day())
        }
        Lang::En => format!("{} {:.3} {time} ({korean})", there.day(), there.month().to_string()),
    }
}

/// The last day on which something holds; for readers on another clock, the moment at which it ends.
pub(super) fn last_day(cx: &Cx, lang: Lang, at: Timestamp) -> String {
    if !cx.zone.is_seoul() {
        return moment(cx, lang, at);
    }
    let day = at.to_seoul();
    match lang {
        Lang::Ko => format!("{}월 {}일", u8::from(day.month()), day.day()),
        Lang::En => format!("{} {:.3}", day.day(), day.month().to_string()),
    }
}

fn in_seoul(lang: Lang, at: Timestamp) -> String {
    let at = at.to_seoul();
    match lang {
        Lang::Ko => format!("{}월 {}일 {}시", u8::from(at.month()), at.day(), at.hour()),
        Lang::En => {
            format!("{} {:.3} {:02}:{:02} KST", at.day(), at.month().to_string(), at.hour(), at.minute())
        }
    }
}
