use std::path::PathBuf;

/// A file with its path.
pub(super) struct Contents {
    pub path: PathBuf,
    pub bytes: Vec<u8>,
}
