//! Paths, and why a file could not be read: the kit's errors hold both.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

use crate::value::{Decode, Encode, Malformed, Reader};

impl Encode for PathBuf {
    fn encode(&self, out: &mut Vec<u8>) {
        self.as_os_str().as_bytes().encode(out);
    }
}

impl Decode for PathBuf {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        from.decode().map(|bytes| OsString::from_vec(bytes).into())
    }
}

/// The kinds that reading a file may end with; any other is sent as the last of them.
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

impl Encode for ErrorKind {
    fn encode(&self, out: &mut Vec<u8>) {
        KINDS.iter().position(|kind| kind == self).unwrap_or(KINDS.len() - 1).encode(out);
    }
}

impl Decode for ErrorKind {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        KINDS.get(from.decode::<usize>()?).copied().ok_or(Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_and_a_reason_cross() {
        let value = (PathBuf::from("data/é.csv"), ErrorKind::NotADirectory);
        let mut out = Vec::new();
        value.encode(&mut out);
        assert_eq!(Reader::new(&out).decode(), Ok(value));
    }
}
