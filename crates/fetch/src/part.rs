//! A file that is not whole yet.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::catalog;
use crate::check::{Form, LARGEST, recognize};
use crate::delivered::{Delivered, Way};
use crate::failure::FetchError;

/// What has come of a file, ours alone while we write it.
pub(crate) struct Part {
    path: PathBuf,
    // One handle for everything: on some systems the lock keeps our own others out, too.
    file: File,
}

impl Part {
    pub(crate) fn open(path: PathBuf) -> Result<Self, FetchError> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let file = file.map_err(FetchError::local("write", &path))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => Err(FetchError::Busy { path }),
            // Where files cannot be locked, nothing is lost but this courtesy.
            Ok(()) | Err(TryLockError::Error(_)) => Ok(Self { path, file }),
        }
    }

    pub(crate) fn length(&self) -> Result<u64, FetchError> {
        Ok(self.file.metadata().map_err(FetchError::local("read", &self.path))?.len())
    }

    pub(crate) fn clear(&mut self) -> Result<(), FetchError> {
        self.file.set_len(0).map_err(FetchError::local("write", &self.path))
    }

    /// Adds these bytes at the end; returns how many there are now.
    pub(crate) fn add(&mut self, bytes: &[u8]) -> Result<u64, FetchError> {
        let written = self.file.seek(SeekFrom::End(0)).and_then(|_| self.file.write_all(bytes));
        written.map_err(FetchError::local("write", &self.path))?;
        let length = self.length()?;
        if length > LARGEST {
            let error =
                io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than any file of a data set");
            self.clear()?;
            return Err(FetchError::local("keep", &self.path)(error));
        }
        Ok(length)
    }

    /// The form in which this is the file, or else its SHA-256.
    pub(crate) fn recognize(
        &self,
        file: &catalog::PublishedFile,
    ) -> Result<Result<Form, String>, FetchError> {
        let from_the_beginning = || {
            (&self.file).rewind()?;
            Ok(&self.file)
        };
        recognize(from_the_beginning, file).map_err(FetchError::local("read", &self.path))
    }

    pub(crate) fn remove(self) -> Result<(), FetchError> {
        fs::remove_file(&self.path).map_err(FetchError::local("remove", &self.path))
    }

    /// Appears under its name, in one step, and as a whole even if the machine stops at once.
    pub(crate) fn becomes(self, name: &Path) -> Result<Delivered, FetchError> {
        self.file.sync_all().map_err(FetchError::local("write", &self.path))?;
        fs::rename(&self.path, name).map_err(FetchError::local("rename", &self.path))?;
        Ok(Delivered { path: name.to_owned(), way: Way::Fetched, aside: None })
    }
}
