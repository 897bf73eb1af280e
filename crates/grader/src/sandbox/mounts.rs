use std::path::Path;

/// What a program in the sandbox sees of this machine.
#[derive(Debug, Clone, Default)]
pub struct Mounts<'a> {
    /// Files and folders of ours, and where they appear, read-only.
    pub read_only: Vec<(&'a Path, &'a str)>,
    /// A folder that it may write to, which appears as `/out`.
    pub out: Option<&'a Path>,
    /// Environment variables, for a program that may also write to a folder in memory: `/tmp`.
    pub scratch: Option<&'a [(&'a str, &'a str)]>,
}
