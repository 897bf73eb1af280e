//! Whether a file is the one that was asked for.

use std::io::{self, Read};

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

use crate::catalog::PublishedFile;

/// More than any file here, packed or unpacked.
pub(crate) const LARGEST: u64 = 64 << 20;

/// In which form the right content came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Packed,
    Unpacked,
}

/// The SHA-256 of what a reader gives, in hexadecimal.
///
/// # Errors
///
/// What the reader's `read` gives.
pub fn sha256(mut from: impl Read) -> io::Result<String> {
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        let n = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hasher.update(&buffer[..n]);
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The form in which this is the file, or, if it is not, its SHA-256. `open` gives the bytes from the first one.
pub(crate) fn recognize<R: Read>(
    open: impl Fn() -> io::Result<R>,
    file: &PublishedFile,
) -> io::Result<Result<Form, String>> {
    let sum = sha256(open()?)?;
    if sum == file.packed {
        return Ok(Ok(Form::Packed));
    }
    let Some(unpacked) = &file.unpacked else { return Ok(Err(sum)) };
    if sum == *unpacked {
        return Ok(Ok(Form::Unpacked));
    }
    // Packed anew: another header, the same content. What is not packed at all does not unpack.
    let content = sha256(GzDecoder::new(open()?).take(LARGEST));
    Ok(if content.is_ok_and(|content| content == *unpacked) { Ok(Form::Packed) } else { Err(sum) })
}
