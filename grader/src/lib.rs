//! Grades untrusted submissions.

pub mod crossing;
