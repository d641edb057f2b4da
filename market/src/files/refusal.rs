//! Why a file was turned down: codes and figures; the sentences are the app's.

use crate::error::Error;
use crate::media::MediaRefusal;

/// Why a file was turned down.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileRefusal {
    /// Nothing was sent.
    #[error("the file is empty")]
    Empty,
    /// More bytes than allowed.
    #[error("the file is larger than {max_bytes} bytes")]
    TooLarge {
        /// The limit.
        max_bytes: u64,
    },
    /// Of a kind that is not taken.
    #[error("files of kind {} are not taken", found.unwrap_or("unknown"))]
    NotTaken {
        /// What it is, as people call it, if that can be told.
        found: Option<&'static str>,
    },
    /// An archive of files.
    #[error("archives are not taken")]
    Archive,
    /// A container that unfolds to far more than it weighs.
    #[error("the file unfolds to more than a computer can hold")]
    Bomb,
    /// Damaged or cut off.
    #[error("the file is damaged")]
    Broken,
    /// The sender's volume of the day is used up.
    #[error("more than {max_bytes} bytes in a day")]
    DayVolume {
        /// The limit.
        max_bytes: u64,
    },
    /// Too many are worked on; again in a moment.
    #[error("too many files are being worked on")]
    Busy,
    /// The disk is full. Nothing was kept.
    #[error("the disk is full")]
    DiskFull,
    /// The store failed in another way. Nothing was kept.
    #[error("the file store failed: {cause}")]
    Unavailable {
        /// For the log, never for visitors.
        cause: String,
    },
}

impl FileRefusal {
    /// Whether the house is at fault, not the file.
    pub const fn is_fault(&self) -> bool {
        matches!(self, Self::Busy | Self::DiskFull | Self::Unavailable { .. })
    }
}

impl From<std::io::Error> for FileRefusal {
    fn from(error: std::io::Error) -> Self {
        match MediaRefusal::from(error) {
            MediaRefusal::DiskFull => Self::DiskFull,
            other => Self::Unavailable { cause: other.to_string() },
        }
    }
}

/// A failed upload.
#[derive(Debug)]
pub enum UploadError {
    /// The file cannot be taken.
    Refused(FileRefusal),
    /// Another piece is wanted: the next one goes behind this many bytes.
    Offset(u64),
    /// The sender cannot send it.
    Failed(Error),
}

impl From<Error> for UploadError {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<FileRefusal> for UploadError {
    fn from(refusal: FileRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<std::io::Error> for UploadError {
    fn from(error: std::io::Error) -> Self {
        Self::Refused(error.into())
    }
}
