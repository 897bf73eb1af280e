//! Paths, and why a file could not be read: the kit's errors hold both.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

use crate::value::{Malformed, Put, Reader, Take};

impl Put for PathBuf {
    fn put(&self, out: &mut Vec<u8>) {
        self.as_os_str().as_bytes().put(out);
    }
}

impl Take for PathBuf {
    fn take(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        from.take().map(|bytes| OsString::from_vec(bytes).into())
    }
}

/// The kinds that reading a file may end with; any other crosses as the last of them.
const KINDS: [ErrorKind; 20] = [
    ErrorKind::NotFound,
    ErrorKind::PermissionDenied,
    ErrorKind::AlreadyExists,
    ErrorKind::InvalidInput,
    ErrorKind::InvalidData,
    ErrorKind::UnexpectedEof,
    ErrorKind::IsADirectory,
    ErrorKind::NotADirectory,
    ErrorKind::DirectoryNotEmpty,
    ErrorKind::ReadOnlyFilesystem,
    ErrorKind::StorageFull,
    ErrorKind::QuotaExceeded,
    ErrorKind::FileTooLarge,
    ErrorKind::ResourceBusy,
    ErrorKind::Interrupted,
    ErrorKind::TimedOut,
    ErrorKind::WouldBlock,
    ErrorKind::WriteZero,
    ErrorKind::Unsupported,
    ErrorKind::Other,
];

impl Put for ErrorKind {
    fn put(&self, out: &mut Vec<u8>) {
        KINDS.iter().position(|kind| kind == self).unwrap_or(KINDS.len() - 1).put(out);
    }
}

impl Take for ErrorKind {
    fn take(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        KINDS.get(from.take::<usize>()?).copied().ok_or(Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_and_a_reason_cross() {
        let value = (PathBuf::from("data/é.csv"), ErrorKind::NotADirectory);
        let mut out = Vec::new();
        value.put(&mut out);
        assert_eq!(Reader::new(&out).take(), Ok(value));
    }
}
