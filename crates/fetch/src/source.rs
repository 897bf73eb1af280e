use std::path::PathBuf;

/// Where files come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A folder of this machine.
    Folder(PathBuf),
    /// The address of a folder, ending in a slash.
    Address(String),
}

impl Source {
    /// An address has a scheme, a folder has none.
    #[must_use]
    pub fn of(text: &str) -> Self {
        match text.split_once("://") {
            Some(("http" | "https", _)) => {
                let slash = if text.ends_with('/') { "" } else { "/" };
                Self::Address(format!("{text}{slash}"))
            }
            Some(("file", path)) => Self::Folder(path.into()),
            _ => Self::Folder(text.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_scheme() {
        assert_eq!(Source::of("http://host/mnist"), Source::Address("http://host/mnist/".to_owned()));
        assert_eq!(Source::of("https://host/"), Source::Address("https://host/".to_owned()));
        assert_eq!(Source::of("file:///data"), Source::Folder("/data".into()));
        assert_eq!(Source::of("../data"), Source::Folder("../data".into()));
    }
}
