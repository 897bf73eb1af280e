use std::path::{Path, PathBuf};

/// Where files come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Provider {
    /// A folder of this machine.
    Folder(PathBuf),
    /// One file of this machine.
    File(PathBuf),
    /// The address of a folder, ending in a slash.
    Address(String),
}

impl Provider {
    /// An address has a scheme, a path has none.
    #[must_use]
    pub fn of(text: &str) -> Self {
        match text.split_once("://") {
            Some(("http" | "https", _)) => {
                let slash = if text.ends_with('/') { "" } else { "/" };
                Self::Address(format!("{text}{slash}"))
            }
            Some(("file", path)) => Self::of_path(path.into()),
            _ => Self::of_path(text.into()),
        }
    }

    fn of_path(path: PathBuf) -> Self {
        if path.is_file() { Self::File(path) } else { Self::Folder(path) }
    }
}

/// The files in which one of a set may lie below this folder, in the layouts that people have: the set's own folder, and
/// torchvision's; each file packed or not, its name with a hyphen or, as on Kaggle, a dot.
pub(crate) fn places(folder: &Path, set: &str, name: &str) -> Vec<PathBuf> {
    let torchvision = match set {
        "mnist" => "MNIST",
        "fashion-mnist" => "FashionMNIST",
        other => other,
    };
    let folders = [
        folder.to_owned(),
        folder.join(set),
        folder.join(torchvision).join("raw"),
        folder.join("raw"),
        folder.join(torchvision),
    ];
    let dotted = name.replace("-idx", ".idx");
    let names = [format!("{name}.gz"), name.to_owned(), format!("{dotted}.gz"), dotted];
    folders.iter().flat_map(|folder| names.iter().map(|name| folder.join(name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_scheme() {
        assert_eq!(Provider::of("http://host/mnist"), Provider::Address("http://host/mnist/".to_owned()));
        assert_eq!(Provider::of("https://host/"), Provider::Address("https://host/".to_owned()));
        assert_eq!(Provider::of("file:///data"), Provider::Folder("/data".into()));
        assert_eq!(Provider::of("../data"), Provider::Folder("../data".into()));
        assert_eq!(
            Provider::of(file!().rsplit('/').next().unwrap_or("")),
            Provider::Folder("source.rs".into())
        );
        let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        assert_eq!(Provider::of(manifest), Provider::File(manifest.into()));
    }
}
