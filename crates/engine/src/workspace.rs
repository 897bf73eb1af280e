//! Where everything lies.

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::problem::Problem;

/// The repository of the katas.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The repository around the current folder.
    ///
    /// # Errors
    ///
    /// [`Problem::NotInRepository`] if there is none.
    pub fn find() -> Result<Self, Problem> {
        Self::around(&env::current_dir().unwrap_or_else(|_| PathBuf::from(".")))
    }

    /// The repository around a folder: the nearest one above whose `Cargo.toml` is that of the package `katas`.
    ///
    /// # Errors
    ///
    /// [`Problem::NotInRepository`] if there is none.
    pub fn around(from: &Path) -> Result<Self, Problem> {
        let root = from.ancestors().find(|folder| {
            let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
            manifest.lines().any(|line| line.trim_end() == "name = \"katas\"")
                && folder.join("katas/lib.rs").is_file()
        });
        match root {
            Some(root) => Ok(Self { root: root.to_owned() }),
            None => Err(Problem::NotInRepository { from: from.to_owned() }),
        }
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A file or folder below it.
    #[must_use]
    pub fn path(&self, below: impl AsRef<Path>) -> PathBuf {
        self.root.join(below)
    }

    /// The folder in which cargo builds.
    #[must_use]
    pub fn target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.path("target"), |target| self.root.join(target))
    }
}
