//! Files for a law, deleted when it is judged.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, process};

use opencv::core::{Mat, Vector};
use opencv::imgcodecs;

/// A fresh folder.
pub struct Folder(PathBuf);

impl Folder {
    pub fn fresh() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("katas-vision-{}-{number}", process::id()));
        fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("no folder for the law: {error}"));
        Self(folder)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The names of all that is in it, sorted.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// Writes a file and returns its path.
    pub fn with(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("no file for the law: {error}"));
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone_already = fs::remove_dir_all(&self.0);
    }
}

/// The image as the bytes of a file; `kind` is `.png` or `.jpg`.
pub fn encoded(image: &Mat, kind: &str) -> Vec<u8> {
    let mut bytes = Vector::<u8>::new();
    let done = imgcodecs::imencode(kind, image, &mut bytes, &Vector::new());
    assert!(matches!(done, Ok(true)), "OpenCV, which writes the file for the law, rejects: {done:?}");
    bytes.as_slice().to_vec()
}
