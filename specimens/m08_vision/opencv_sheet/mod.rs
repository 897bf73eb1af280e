//! Specimens of `opencv_sheet`.

mod contact_sheet;

pub use contact_sheet::contact_sheet;
