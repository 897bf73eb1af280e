use std::path::PathBuf;

/// How a file came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It was there, and right.
    WasThere,
    /// It was fetched.
    Fetched,
}

/// A file that is there now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// Where.
    pub path: PathBuf,
    /// How it came.
    pub way: Way,
    /// A wrong file that would be read before it, under the name that it has now.
    pub aside: Option<PathBuf>,
}
