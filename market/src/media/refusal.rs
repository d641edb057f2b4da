//! Why an upload was turned down: a stable code and its parameters. The sentences a person reads
//! are written from these, per language, by the pages.

/// Why an upload was turned down.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MediaRefusal {
    /// Nothing was sent.
    #[error("the upload is empty")]
    Empty,
    /// More bytes than allowed.
    #[error("the upload is larger than {max_bytes} bytes")]
    TooLarge {
        /// The limit in bytes.
        max_bytes: u64,
    },
    /// Not a picture at all: a document, an archive, text.
    #[error("the upload is {}, not an image", kind.unwrap_or("of no known kind"))]
    NotAnImage {
        /// What it is instead, as people call it (`PDF`, `ZIP`), if that could be told.
        kind: Option<&'static str>,
    },
    /// A picture of a kind that is not taken.
    #[error("images of kind {kind} are not taken")]
    UnsupportedKind {
        /// The kind as people call it: `TIFF`, `SVG`, `AVIF`.
        kind: &'static str,
    },
    /// The format telephones of Apple keep photos in. It has a code of its own because many people
    /// meet it and can do something: share the photo as JPEG ("Most Compatible").
    #[error("HEIC photos are not taken")]
    Heic,
    /// More pixels than can be decoded safely.
    #[error("{width}x{height} is more than {max_pixels} pixels")]
    TooManyPixels {
        /// Width the file claims.
        width: u32,
        /// Height the file claims.
        height: u32,
        /// The limit for a file of this kind (fewer for kinds that need more memory per pixel).
        max_pixels: u64,
    },
    /// So small that nothing can be seen on it.
    #[error("{width}x{height} is smaller than {min_side} pixels on a side")]
    TooSmall {
        /// Width.
        width: u32,
        /// Height.
        height: u32,
        /// Fewest pixels a side may have.
        min_side: u32,
    },
    /// A strip so long and thin that no width of it can be shown.
    #[error("{width}x{height} is too long and thin")]
    TooLong {
        /// Width.
        width: u32,
        /// Height.
        height: u32,
    },
    /// Damaged, cut off, or not what its first bytes promise.
    #[error("the image is damaged")]
    Broken,
    /// Decoding took longer than allowed.
    #[error("the image took too long to read")]
    Timeout,
    /// Too many images are being worked on: try again in a moment.
    #[error("too many images are being worked on")]
    Busy,
    /// The disk is full. Nothing was kept.
    #[error("the disk is full")]
    DiskFull,
    /// The store failed in another way. Nothing was kept.
    #[error("the media store failed: {cause}")]
    Unavailable {
        /// For the log, never for visitors.
        cause: String,
    },
}

impl MediaRefusal {
    /// Stable code: key of the translated sentence, of counters and of logs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too_large",
            Self::NotAnImage { .. } => "not_an_image",
            Self::UnsupportedKind { .. } => "unsupported_kind",
            Self::Heic => "heic",
            Self::TooManyPixels { .. } => "too_many_pixels",
            Self::TooSmall { .. } => "too_small",
            Self::TooLong { .. } => "too_long",
            Self::Broken => "broken",
            Self::Timeout => "timeout",
            Self::Busy => "busy",
            Self::DiskFull => "disk_full",
            Self::Unavailable { .. } => "unavailable",
        }
    }

    /// Whether the house is at fault, not the file: answer 503 and log it instead of 422.
    pub const fn is_fault(&self) -> bool {
        matches!(self, Self::Busy | Self::DiskFull | Self::Unavailable { .. })
    }
}

impl From<std::io::Error> for MediaRefusal {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull, TimedOut};
        match error.kind() {
            // a limit on the size of files is no room, too
            StorageFull | QuotaExceeded | FileTooLarge => Self::DiskFull,
            TimedOut => Self::Timeout,
            _ => Self::Unavailable { cause: error.to_string() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_apart_from_other_faults() {
        let enospc = std::io::Error::from_raw_os_error(28);
        assert_eq!(MediaRefusal::from(enospc), MediaRefusal::DiskFull);
        let limited = std::io::Error::from_raw_os_error(27);
        assert_eq!(MediaRefusal::from(limited), MediaRefusal::DiskFull);
        let denied = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        assert_eq!(MediaRefusal::from(denied).code(), "unavailable");
        assert!(MediaRefusal::DiskFull.is_fault() && !MediaRefusal::Broken.is_fault());
    }
}
