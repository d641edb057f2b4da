//! What the ports of the business are connected to: disks, search engines, mail servers.

pub mod media;
