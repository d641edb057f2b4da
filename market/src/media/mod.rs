//! Images of listings and vendors: what one is called, in which widths it exists, why an upload is
//! turned down. Owns names, addresses and refusals; decoding and disks are behind [`crate::ports::media`].

mod model;
mod refusal;
mod upload;

pub use model::{ImageFormat, ImageHash, ImageSlot, StoredImage, Variant, srcset};
pub use refusal::MediaRefusal;
pub use upload::{FinishedUpload, TempUpload};
