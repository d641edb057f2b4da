//! The privacy policy says how long things are kept; the figures in its sentences are those the work behind them goes by.

use market::accounts::model::CONSENT_VERSION;
use market::retention as kept;

const KO: &str = include_str!("texts/privacy.ko.md");
const EN: &str = include_str!("texts/privacy.en.md");
/// The log goes to standard error, and the operator's collector lets it go.
const OPERATIONS: &str = include_str!("../../../docs/OPERATIONS.md");
const LOG_DAYS: i64 = 90;

/// What a line begins with in both languages, and what it says of each figure.
struct Row {
    ko: (&'static str, Vec<String>),
    en: (&'static str, Vec<String>),
}

fn row(ko: (&'static str, &[&str]), en: (&'static str, &[&str]), figures: &[i64]) -> Row {
    let said = |words: &[&str]| {
        let pairs = words.iter().zip(figures);
        pairs.map(|(words, figure)| words.replace('N', &figure.to_string())).collect()
    };
    Row { ko: (ko.0, said(ko.1)), en: (en.0, said(en.1)) }
}

/// Every line of the part about time.
fn table() -> Vec<Row> {
    let (plain, unconfirmed) = ([], kept::CONFIRM_DAYS + 1);
    vec![
        row(("계정 정보", &[]), ("Account", &[]), &plain),
        row(
            ("확인하지 않은 가입", &["보내고 N일이 지나면"]),
            ("Sign-ups that are never confirmed", &["erased N days after the last mail"]),
            &[kept::UNPROVED_DAYS],
        ),
        row(
            ("문의와 답", &["끝난 뒤 N년"]),
            ("Inquiries and answers", &["erased N years after their end"]),
            &[kept::THREAD_YEARS],
        ),
        row(
            ("견적을 받아들이며 알린 연락처", &["N일 동안"]),
            ("Contact data told by accepting", &["for N days"]),
            &[kept::CONTACT_DAYS],
        ),
        row(
            (
                "가입하지 않고 보낸 문의에서 적은 내용",
                &["고칠 수 있도록 N일", "확인하지 않은 문의와 요청은 N일 뒤"],
            ),
            (
                "What was typed into an inquiry without an account",
                &["account: N day,", "deleted after N days"],
            ),
            &[kept::TYPED_DAYS, unconfirmed],
        ),
        row(
            ("사람이 볼 수 없는 칸", &["살피려고 N일"]),
            ("Forms in which a field was filled in", &["for N days"]),
            &[kept::TRAPPED_DAYS],
        ),
        row(("쓰다 만 답", &["답: N일"]), ("Answers begun", &["sent: N days"]), &[kept::ANSWER_DRAFT_DAYS]),
        row(
            ("로그인한 기기의 기록", &["끝나고 N일"]),
            ("Devices", &["N days after the session ended"]),
            &[kept::KEPT_DAYS],
        ),
        row(
            ("메일에 든 링크의 기록", &["끝나고 N일"]),
            ("Links in mails", &["for N days after they ended"]),
            &[kept::LINK_DAYS],
        ),
        row(
            ("횟수를 세는 표시", &["보낸 메일의 기록: N일"]),
            ("Marks that count attempts", &["mails sent: N days"]),
            &[kept::KEPT_DAYS],
        ),
        row(("접속 기록", &["기록: N일"]), ("Access log", &["log: N days"]), &[LOG_DAYS]),
        row(("홈에 추천한 제품", &[]), ("Products recommended", &[]), &plain),
    ]
}

/// The lines of the second part.
fn lines(text: &str) -> Vec<&str> {
    let part = text.split("\n# ").find(|part| part.starts_with("2. ")).unwrap_or_default();
    part.lines().filter_map(|line| line.strip_prefix("- ")).collect()
}

fn figures(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).count()
}

#[test]
fn every_figure_of_the_policy_is_the_one_the_work_goes_by() {
    let table = table();
    for (text, side) in [(KO, 0), (EN, 1)] {
        let lines = lines(text);
        assert_eq!(lines.len(), table.len(), "a line without a row, or a row without a line");
        for (line, row) in lines.iter().zip(&table) {
            let (start, said) = if side == 0 { &row.ko } else { &row.en };
            assert!(line.starts_with(start), "{start}: {line}");
            for words in said {
                assert!(line.contains(words), "{words}: {line}");
            }
            assert_eq!(figures(line), said.len(), "a figure that nothing goes by: {line}");
        }
    }
}

#[test]
fn the_log_is_forgotten_by_whoever_collects_it() {
    assert!(OPERATIONS.contains(&format!("MaxRetentionSec={LOG_DAYS}d")));
}

#[test]
fn consents_are_to_the_version_that_is_shown() {
    for text in [KO, EN, include_str!("texts/terms.ko.md"), include_str!("texts/terms.en.md")] {
        let first = text.lines().next().unwrap_or_default();
        assert!(first.contains(CONSENT_VERSION), "{first}");
    }
}
