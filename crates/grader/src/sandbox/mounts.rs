use std::path::Path;

/// What libraries of the system look for: each other, where one of several packages provides one, and OpenCV its data.
pub const OF_THE_SYSTEM: [&str; 3] = ["/etc/alternatives", "/usr/share/opencv4", "/usr/share/opencv"];

/// What a program in the sandbox sees of this machine.
#[derive(Debug, Clone, Default)]
pub struct Mounts<'a> {
    /// Files and folders of ours, and where they appear, read-only.
    pub read_only: Vec<(&'a Path, &'a str)>,
    /// A folder that it may write to, which appears as `/out`.
    pub out: Option<&'a Path>,
    /// Whether it may write to a folder in memory: `/tmp`.
    pub scratch: bool,
    /// Environment variables; there are no others.
    pub variables: &'a [(&'a str, &'a str)],
}
