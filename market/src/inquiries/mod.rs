//! inquiries
