//! Where everything lies.

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::hash::Hash;
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

    /// The folder in which cargo builds for this repository.
    ///
    /// One that several repositories share gets a folder in it for each: cargo would take the test program of one for that
    /// of another. `KATAS_TARGET` names a folder that is taken as it is.
    #[must_use]
    pub fn target(&self) -> PathBuf {
        if let Some(target) = env::var_os("KATAS_TARGET").filter(|it| !it.is_empty()) {
            return PathBuf::from(target);
        }
        let target = self.cargos_target();
        if target.starts_with(&self.root) {
            return target;
        }
        target.join(format!("katas-{}", Hash::of(self.root.as_os_str().as_encoded_bytes())))
    }

    /// The folder in which cargo builds: as its variable says, or its settings, which show in where this program lies.
    fn cargos_target(&self) -> PathBuf {
        let here = || env::current_dir().unwrap_or_else(|_| self.root.clone());
        // Cargo takes a relative one from the folder in which it was called.
        let named = env::var_os("CARGO_TARGET_DIR").filter(|it| !it.is_empty()).map(|it| here().join(it));
        let program = env::current_exe().unwrap_or_default();
        let of_settings = || {
            let folder =
                program.ancestors().skip(1).find(|folder| folder.join(".rustc_info.json").is_file())?;
            Some(folder.to_owned())
        };
        named.or_else(of_settings).unwrap_or_else(|| self.path("target"))
    }
}
