//! What a law or a file needs in addition to Rust: a data set, a library of the system, or time. Where it is not there,
//! what needs it is reported as skipped, never as passed, with the way to get it.

use std::path::PathBuf;
use std::{env, fmt};

use super::opencv;

/// One thing that not every machine has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The four files of the real MNIST.
    Mnist,
    /// The four files of Fashion-MNIST.
    FashionMnist,
    /// The library OpenCV, which is a cargo feature as well.
    OpenCv,
    /// Minutes instead of seconds.
    Time,
}

impl Need {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Mnist, "mnist"),
        (Self::FashionMnist, "fashion-mnist"),
        (Self::OpenCv, "opencv"),
        (Self::Time, "time"),
    ];

    /// The need that a cargo feature stands for; most stand for none.
    #[must_use]
    pub fn of_feature(feature: &str) -> Option<Self> {
        (feature == Self::OpenCv.word()).then_some(Self::OpenCv)
    }

    /// Those that `cargo kata data` fetches.
    pub const DATA: [Self; 2] = [Self::Mnist, Self::FashionMnist];

    /// The needs that `#[ignore = "needs mnist, time"]` names; words that are unknown name none.
    #[must_use]
    pub fn all_of(reason: &str) -> Vec<Self> {
        let words = reason.strip_prefix("needs ").unwrap_or_default().split(',').map(str::trim);
        words
            .filter_map(|word| Self::ALL.iter().find(|(_, known)| *known == word).map(|(need, _)| *need))
            .collect()
    }

    /// Whether it is there. `slow` is true where the laws that take minutes are asked for as well.
    #[must_use]
    pub fn is_met(self, slow: bool) -> bool {
        match self {
            Self::Mnist | Self::FashionMnist => self.found().is_some(),
            Self::OpenCv => opencv::is_there(),
            Self::Time => slow,
        }
    }

    /// The folder of a data set that is there.
    #[must_use]
    pub fn found(self) -> Option<PathBuf> {
        data_folders(self.word()).into_iter().find(|folder| holds_images(folder))
    }

    /// How much there is to fetch.
    #[must_use]
    pub fn size(self) -> &'static str {
        match self {
            Self::Mnist => "12 MB",
            Self::FashionMnist => "31 MB",
            Self::OpenCv | Self::Time => "nothing",
        }
    }

    /// Why what needs it is skipped, and how to get it, in one line.
    #[must_use]
    pub fn remedy(self) -> String {
        match self {
            Self::Mnist | Self::FashionMnist => format!("needs {self}: `cargo kata data {self}` fetches it"),
            Self::OpenCv if opencv::is_declined() => "needs opencv, and KATAS_OPENCV=no hides it".to_owned(),
            Self::OpenCv => "needs opencv: `cargo kata setup` installs it".to_owned(),
            Self::Time => "takes minutes: `cargo kata test ID --all` runs it".to_owned(),
        }
    }

    /// Its name in `#[ignore = "needs …"]`, and for `cargo kata data`.
    #[must_use]
    pub fn word(self) -> &'static str {
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
    let named = env::var_os("KATAS_DATA").filter(|named| !named.is_empty()).map(PathBuf::from);
    let home = env::home_dir().unwrap_or_default();
    let cache = match env::consts::OS {
        "macos" => home.join("Library/Caches"),
        "windows" => env::var_os("LOCALAPPDATA").map_or_else(|| home.join("AppData/Local"), PathBuf::from),
        _ => env::var_os("XDG_CACHE_HOME").map_or_else(|| home.join(".cache"), PathBuf::from),
    };
    named.into_iter().chain([cache.join("katas")]).map(|folder| folder.join(set)).collect()
}

/// All four files, packed or not: a fetch may have been interrupted between two of them.
fn holds_images(folder: &std::path::Path) -> bool {
    let files = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"];
    files.iter().all(|name| {
        let file = folder.join(format!("{name}-ubyte"));
        file.is_file() || file.with_extension("gz").is_file()
    })
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
