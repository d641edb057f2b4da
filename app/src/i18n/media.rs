//! Why a picture was not taken, in words that say what to do.

use market::Lang;
use market::media::MediaRefusal;

/// The sentence of a refusal.
pub fn refusal(lang: Lang, refusal: &MediaRefusal) -> String {
    match lang {
        Lang::Ko => korean(refusal),
        Lang::En => english(refusal),
    }
}

fn korean(refusal: &MediaRefusal) -> String {
    match refusal {
        MediaRefusal::Empty => "파일이 비어 있어요. 다른 사진을 골라 주세요.".into(),
        MediaRefusal::TooLarge { max_bytes } => {
            format!("사진이 너무 커요. 한 장에 {} MB까지 올릴 수 있어요.", max_bytes >> 20)
        }
        MediaRefusal::NotAnImage { kind: Some(kind) } => {
            format!("{kind} 파일이에요. 사진(JPEG, PNG, WebP, GIF)을 골라 주세요.")
        }
        MediaRefusal::NotAnImage { kind: None } => {
            "사진이 아니에요. JPEG, PNG, WebP, GIF를 골라 주세요.".into()
        }
        MediaRefusal::UnsupportedKind { kind } => {
            format!("{kind} 사진은 올릴 수 없어요. JPEG나 PNG로 바꿔 주세요.")
        }
        MediaRefusal::Heic => {
            "HEIC 사진이에요. 휴대전화에서 ‘호환성 우선’(JPEG)으로 보내 다시 올려 주세요.".into()
        }
        MediaRefusal::TooManyPixels { width, height, .. } => {
            format!("{width}×{height}은 너무 커요. 줄여서 올려 주세요.")
        }
        MediaRefusal::TooSmall { min_side, .. } => {
            format!("너무 작아서 잘 보이지 않아요. 가로세로 {min_side}픽셀 넘는 사진을 올려 주세요.")
        }
        MediaRefusal::TooLong { .. } => "너무 길쭉해요. 잘라서 올려 주세요.".into(),
        MediaRefusal::Broken => "사진 파일이 깨졌어요. 다시 저장해서 올려 주세요.".into(),
        MediaRefusal::Timeout => "사진을 읽는 데 너무 오래 걸려요. 줄여서 올려 주세요.".into(),
        MediaRefusal::Busy => "지금 사진이 몰리고 있어요. 잠시 뒤에 다시 올려 주세요.".into(),
        MediaRefusal::DiskFull => "지금은 저장할 자리가 없어요. 잠시 뒤에 다시 올려 주세요.".into(),
        MediaRefusal::Unavailable { .. } => {
            "지금은 사진을 저장할 수 없어요. 잠시 뒤에 다시 올려 주세요.".into()
        }
    }
}

fn english(refusal: &MediaRefusal) -> String {
    match refusal {
        MediaRefusal::Empty => "The file is empty. Please choose another picture.".into(),
        MediaRefusal::TooLarge { max_bytes } => {
            format!("Too large: up to {} MB per picture.", max_bytes >> 20)
        }
        MediaRefusal::NotAnImage { kind: Some(kind) } => {
            format!("This is a {kind} file. Please choose a picture (JPEG, PNG, WebP, GIF).")
        }
        MediaRefusal::NotAnImage { kind: None } => {
            "This is not a picture. Please choose a JPEG, PNG, WebP or GIF.".into()
        }
        MediaRefusal::UnsupportedKind { kind } => {
            format!("{kind} pictures cannot be taken. Please convert it to JPEG or PNG.")
        }
        MediaRefusal::Heic => {
            "This is an HEIC photo. Share it as “Most Compatible” (JPEG) and upload it again.".into()
        }
        MediaRefusal::TooManyPixels { width, height, .. } => {
            format!("{width}×{height} is too large. Please scale it down.")
        }
        MediaRefusal::TooSmall { min_side, .. } => {
            format!("Too small to see anything: at least {min_side} pixels on each side, please.")
        }
        MediaRefusal::TooLong { .. } => "Too long and thin. Please crop it.".into(),
        MediaRefusal::Broken => "The file is damaged. Please save it again and upload it.".into(),
        MediaRefusal::Timeout => "Reading it takes too long. Please scale it down.".into(),
        MediaRefusal::Busy => "Many pictures are coming in right now. Please try again in a moment.".into(),
        MediaRefusal::DiskFull => "There is no room to store it right now. Please try again later.".into(),
        MediaRefusal::Unavailable { .. } => {
            "Pictures cannot be stored right now. Please try again later.".into()
        }
    }
}
