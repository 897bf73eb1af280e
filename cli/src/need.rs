//! What a law or a file needs besides Rust: a data set, a library of the system, or patience. Where it is not there,
//! what needs it is reported as skipped, never as passed, with the way to get it.

use std::path::PathBuf;
use std::{env, fmt};

/// One thing that not every machine has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The four files of the real MNIST.
    Mnist,
    /// The four files of Fashion-MNIST.
    FashionMnist,
    /// Minutes instead of seconds.
    Time,
}

impl Need {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Mnist, "mnist"), (Self::FashionMnist, "fashion-mnist"), (Self::Time, "time")];

    /// The needs that `#[ignore = "needs mnist, time"]` names; words that are unknown name none.
    #[must_use]
    pub fn all_of(reason: &str) -> Vec<Self> {
        let words = reason.strip_prefix("needs ").unwrap_or_default().split(',').map(str::trim);
        words
            .filter_map(|word| Self::ALL.iter().find(|(_, known)| *known == word).map(|(need, _)| *need))
            .collect()
    }

    /// Whether it is there. `patient` is whoever asks for the laws that take minutes as well.
    #[must_use]
    pub fn is_met(self, patient: bool) -> bool {
        match self {
            Self::Mnist | Self::FashionMnist => data_folders(self.word()).iter().any(|it| holds_images(it)),
            Self::Time => patient,
        }
    }

    /// Why what needs it is skipped, and how to get it, in one line.
    #[must_use]
    pub fn remedy(self) -> String {
        match self {
            Self::Mnist | Self::FashionMnist => format!("needs {self}: `cargo kata data {self}` fetches it"),
            Self::Time => "takes minutes: `cargo kata test ID --all` runs it".to_owned(),
        }
    }

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(need, _)| *need == self).map_or("", |(_, word)| word)
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Where a data set may lie: below `KATAS_DATA`, else in the cache. The kit looks in the same places.
fn data_folders(set: &str) -> Vec<PathBuf> {
    if let Some(named) = env::var_os("KATAS_DATA").filter(|named| !named.is_empty()) {
        return vec![PathBuf::from(named).join(set)];
    }
    let home = env::home_dir().unwrap_or_default();
    let cache = match env::consts::OS {
        "macos" => home.join("Library/Caches"),
        "windows" => env::var_os("LOCALAPPDATA").map_or_else(|| home.join("AppData/Local"), PathBuf::from),
        _ => env::var_os("XDG_CACHE_HOME").map_or_else(|| home.join(".cache"), PathBuf::from),
    };
    vec![cache.join("katas").join(set)]
}

fn holds_images(folder: &std::path::Path) -> bool {
    let file = folder.join("train-images-idx3-ubyte");
    file.is_file() || file.with_extension("gz").is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_names_its_needs() {
        assert_eq!(Need::all_of("needs mnist, time"), [Need::Mnist, Need::Time]);
        assert_eq!(Need::all_of("slow"), []);
    }

    #[test]
    fn data_is_there_when_its_images_are() {
        assert!(holds_images(std::path::Path::new("/nowhere")).eq(&false));
        assert!(!Need::Time.is_met(false) && Need::Time.is_met(true));
    }
}
