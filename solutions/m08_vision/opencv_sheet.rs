//! All of it on one sheet.
