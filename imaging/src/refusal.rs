//! Why a file is not taken.

/// Why a file is not taken. The fields say what a person must know to do better.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("empty")]
    Empty,
    #[error("larger than {max_bytes} bytes")]
    TooLarge { max_bytes: u64 },
    #[error("not an image but {kind:?}")]
    NotAnImage { kind: Option<&'static str> },
    #[error("images of kind {kind} are not taken")]
    UnsupportedKind { kind: &'static str },
    #[error("HEIC is not taken")]
    Heic,
    #[error("{width}x{height} is more than {max_pixels} pixels")]
    TooManyPixels { width: u32, height: u32, max_pixels: u64 },
    #[error("{width}x{height} is smaller than {min_side} pixels on a side")]
    TooSmall { width: u32, height: u32, min_side: u32 },
    #[error("{width}x{height} is too long and thin")]
    TooLong { width: u32, height: u32 },
    #[error("damaged")]
    Broken,
    #[error("took too long")]
    Timeout,
    #[error("an encoder failed: {0}")]
    Encoder(String),
    #[error("the file could not be read: {0}")]
    Unreadable(String),
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::TimedOut {
            Self::Timeout
        } else {
            Self::Unreadable(error.to_string())
        }
    }
}
