//! Kinds of files, what the scanner said, and a file as a thread shows it.

use uuid::Uuid;

use crate::words::stored_words;

stored_words! {
    /// A kind of file that is taken.
    FileKind {
        /// A document.
        Pdf => "pdf",
        /// A photo.
        Jpeg => "jpeg",
        /// A picture.
        Png => "png",
        /// A picture.
        Webp => "webp",
        /// A picture.
        Gif => "gif",
        /// A photo of a telephone.
        Heic => "heic",
        /// A drawing of the usual program.
        Dwg => "dwg",
        /// A drawing for exchange.
        Dxf => "dxf",
        /// A model for exchange.
        Step => "step",
        /// Word.
        Docx => "docx",
        /// Excel.
        Xlsx => "xlsx",
        /// Slides.
        Pptx => "pptx",
        /// Word up to 2003.
        Doc => "doc",
        /// Excel up to 2003.
        Xls => "xls",
        /// Slides up to 2003.
        Ppt => "ppt",
        /// 한글.
        Hwp => "hwp",
        /// 한글, the newer container.
        Hwpx => "hwpx",
    }
}

impl FileKind {
    /// Endings of names of this kind, the usual one first.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Webp => &["webp"],
            Self::Gif => &["gif"],
            Self::Heic => &["heic", "heif"],
            Self::Dwg => &["dwg"],
            Self::Dxf => &["dxf"],
            Self::Step => &["step", "stp"],
            Self::Docx => &["docx", "docm", "dotx"],
            Self::Xlsx => &["xlsx", "xlsm", "xltx"],
            Self::Pptx => &["pptx", "pptm", "ppsx"],
            Self::Doc => &["doc"],
            Self::Xls => &["xls"],
            Self::Ppt => &["ppt", "pps"],
            Self::Hwp => &["hwp"],
            Self::Hwpx => &["hwpx"],
        }
    }

    /// Value of the `Content-Type` header.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Heic => "image/heic",
            Self::Dwg => "image/vnd.dwg",
            Self::Dxf => "image/vnd.dxf",
            Self::Step => "model/step",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Doc => "application/msword",
            Self::Xls => "application/vnd.ms-excel",
            Self::Ppt => "application/vnd.ms-powerpoint",
            Self::Hwp => "application/x-hwp",
            Self::Hwpx => "application/hwp+zip",
        }
    }

    /// What people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Webp => "WebP",
            Self::Gif => "GIF",
            Self::Heic => "HEIC",
            Self::Dwg => "DWG",
            Self::Dxf => "DXF",
            Self::Step => "STEP",
            Self::Docx | Self::Doc => "Word",
            Self::Xlsx | Self::Xls => "Excel",
            Self::Pptx | Self::Ppt => "PowerPoint",
            Self::Hwp => "HWP",
            Self::Hwpx => "HWPX",
        }
    }

    /// Whether a small picture of it can be made.
    pub const fn is_drawn(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp | Self::Gif)
    }
}

stored_words! {
    /// What the virus scanner said.
    Scan {
        /// There is no scanner.
        Off => "off",
        /// It has not been asked yet, or was away.
        Waiting => "waiting",
        /// Nothing was found.
        Clean => "clean",
        /// Something was found: the file is withheld.
        Infected => "infected",
    }
}

/// What a reader is told about the scan, and whether they get the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScanView {
    /// What the scanner said.
    pub scan: Scan,
    /// Whether the file may be opened.
    pub opens: bool,
}

/// A file of a message, as the thread shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachedFile {
    /// Identity.
    pub id: Uuid,
    /// The message it came with; none while it waits to be sent.
    pub message_id: Option<Uuid>,
    /// Name, safe to keep on any disk.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// Size in bytes.
    pub bytes: i64,
    /// Carries macros or scripts that run when it is opened.
    pub active: bool,
    /// Pages, when the document says so cheaply.
    pub pages: Option<i64>,
    /// Width and height of its small picture, when there is one.
    pub preview: Option<(i64, i64)>,
    /// What the scanner said.
    pub scan: Scan,
}

/// How far an upload is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// Bytes so far; the next piece goes behind them.
    Receiving(u64),
    /// Here, and looked at.
    Kept(AttachedFile),
}
