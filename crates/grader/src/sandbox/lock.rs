use std::fs::{self, File};
use std::path::Path;

use engine::problem::{Doing, Problem};
use rustix::fs::{FlockOperation, flock};

/// One grader per repository: what it builds and its slots are its own for as long as this value lives.
#[derive(Debug)]
pub struct RepositoryLock {
    _held: File,
}

impl RepositoryLock {
    /// Takes the lock of this folder before anything in it is written.
    ///
    /// # Errors
    ///
    /// [`Problem::Grading`] if another grader is at work there.
    pub fn acquire(folder: &Path) -> Result<Self, Problem> {
        fs::create_dir_all(folder).doing("make the folder", folder)?;
        let path = folder.join("lock");
        let file =
            File::options().create(true).truncate(false).write(true).open(&path).doing("open", &path)?;
        flock(&file, FlockOperation::NonBlockingLockExclusive).map_err(|_| Problem::Grading {
            what: "another grader is at work in this repository".to_owned(),
            remedy: "Wait for it, or grade from another copy; `--jobs` grades several at a time.".to_owned(),
        })?;
        Ok(Self { _held: file })
    }
}
