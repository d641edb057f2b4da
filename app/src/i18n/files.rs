//! Words of files: choosing, sending, why one was not taken.

use market::files::FileRefusal;

use super::Lang;

crate::words! {
    attach = "파일 붙이기", "Attach files";
    optional = "선택", "optional";
    choose = "파일이나 사진 고르기", "Choose files or pictures";
    camera = "지금 사진 찍기", "Take a photo";
    attach_hint(most: usize, mega: u64) = "PDF, 사진, DWG·DXF·STEP 도면, 한글·오피스 문서. 한 개에 {mega} MB, 모두 {most}개까지. 끌어다 놓거나 붙여 넣어도 돼요.", "PDF, pictures, DWG/DXF/STEP drawings, office documents. Up to {mega} MB each, {most} in all. You can also drop or paste them.";
    attached = "붙인 파일", "Attached files";
    pages(count: i64) = "{count}쪽", "{count} p.";
    macros = "매크로 있음", "contains macros";
    scan_off = "검사 안 됨", "not scanned";
    scan_waiting = "검사 대기", "waiting to be scanned";
    scan_infected = "바이러스가 발견돼 열 수 없어요", "withheld: a virus was found";
    infected_title = "이 파일은 열 수 없어요", "This file is withheld";
    infected_text = "바이러스가 발견됐어요. 보낸 분께 다른 방법으로 다시 보내 달라고 해 주세요.", "A virus was found in it. Please ask the sender for a clean copy.";
    waiting_title = "아직 검사하고 있어요", "Still being scanned";
    waiting_text = "바이러스 검사가 끝나면 열 수 있어요. 잠시 뒤에 다시 열어 주세요.", "You can open it once the virus scan is done. Please try again in a moment.";
    stop = "멈추기", "Stop";
    close = "지우기", "Dismiss";
    too_large(mega: u64) = "너무 커요. 한 개에 {mega} MB까지 보낼 수 있어요.", "Too large: up to {mega} MB each.";
    sending_waiting = "차례를 기다려요", "Waiting for its turn";
    sending_progress = "올리는 중", "Uploading";
    sending_dropped = "연결이 끊겼어요. 다시 이어지면 그 자리부터 올려요.", "The connection dropped. It goes on from there once you are back online.";
    sending_failed = "올리지 못했어요. 파일을 다시 골라 주세요.", "It could not be uploaded. Please choose the file again.";
    sending_unfinished = "파일이 다 올라가면 바로 보낼게요.", "It will be sent as soon as the files are up.";
    not_now = "지금은 올릴 수 없어요. 페이지를 다시 열어 주세요.", "This cannot be uploaded now. Please open the page again.";
}

/// Why a file was not taken, and what to do.
pub fn refusal(lang: Lang, refusal: &FileRefusal) -> String {
    match lang {
        Lang::Ko => korean(refusal),
        Lang::En => english(refusal),
    }
}

fn korean(refusal: &FileRefusal) -> String {
    match refusal {
        FileRefusal::Empty => "파일이 비어 있어요.".into(),
        FileRefusal::TooLarge { max_bytes } => too_large(Lang::Ko, (max_bytes >> 20).max(1)),
        FileRefusal::NotTaken { found: Some(found) } => {
            format!("{found} 파일은 보낼 수 없어요. PDF나 사진, 도면, 오피스 문서로 바꿔 주세요.")
        }
        FileRefusal::NotTaken { found: None } => {
            "받지 않는 파일이에요. PDF, 사진, DWG·DXF·STEP, 한글·오피스 문서를 보내 주세요.".into()
        }
        FileRefusal::Archive => "압축 파일은 보낼 수 없어요. 풀어서 하나씩 올려 주세요.".into(),
        FileRefusal::Bomb => {
            "풀면 지나치게 커지는 파일이라 받을 수 없어요. PDF로 저장해서 올려 주세요.".into()
        }
        FileRefusal::Broken => "파일이 깨졌어요. 다시 저장해서 올려 주세요.".into(),
        FileRefusal::DayVolume { max_bytes } => {
            format!(
                "하루에 {} MB까지 올릴 수 있는데 오늘 몫을 다 썼어요. 내일 다시 올려 주세요.",
                max_bytes >> 20
            )
        }
        FileRefusal::Busy => "지금 파일이 몰리고 있어요. 잠시 뒤에 다시 올려 주세요.".into(),
        FileRefusal::DiskFull | FileRefusal::Unavailable { .. } => {
            "지금은 파일을 저장할 수 없어요. 잠시 뒤에 다시 올려 주세요.".into()
        }
    }
}

fn english(refusal: &FileRefusal) -> String {
    match refusal {
        FileRefusal::Empty => "The file is empty.".into(),
        FileRefusal::TooLarge { max_bytes } => too_large(Lang::En, (max_bytes >> 20).max(1)),
        FileRefusal::NotTaken { found: Some(found) } => {
            format!(
                "{found} files are not taken. Please send a PDF, a picture, a drawing or an office document."
            )
        }
        FileRefusal::NotTaken { found: None } => {
            "Files of this kind are not taken. Please send PDF, pictures, DWG, DXF, STEP or office documents."
                .into()
        }
        FileRefusal::Archive => {
            "Archives are not taken. Please unpack it and send the files one by one.".into()
        }
        FileRefusal::Bomb => {
            "This file grows far too large when it is opened. Please save it as a PDF.".into()
        }
        FileRefusal::Broken => "The file is damaged. Please save it again and upload it.".into(),
        FileRefusal::DayVolume { max_bytes } => {
            format!("You have used today's {} MB. Please go on tomorrow.", max_bytes >> 20)
        }
        FileRefusal::Busy => "Many files are coming in right now. Please try again in a moment.".into(),
        FileRefusal::DiskFull | FileRefusal::Unavailable { .. } => {
            "Files cannot be stored right now. Please try again later.".into()
        }
    }
}
