//! Ports: what the business needs from the outside, as traits with plain types. The running program
//! brings the adapters, `crate::testing` the fakes.

mod clock;
pub mod files;
mod mail;
pub mod media;
mod registry;
pub mod scanner;
pub mod search;
mod talk;
mod translator;

pub use clock::{Clock, Ids, SystemClock, SystemIds, running_clock};
pub use files::FileStore;
pub use mail::{Mail, MailError, Mailer};
pub use media::MediaStore;
pub use registry::{NUMBERS_PER_CALL, Registry, RegistryError, RegistryStatus};
pub use scanner::Scanner;
pub use search::CatalogSearch;
pub use talk::{NoTalker, Talk, TalkError, Talker};
pub use translator::{NoTranslator, Translation, Translator, TranslatorError};
