//! Files of the learner that no compiler can read: the problem is reported, and its stub stands in for it.

use std::fs;
use std::path::Path;

/// Why a file cannot be read as Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not there.
    Missing,
    /// There is nothing in it.
    Empty,
    /// It was saved as UTF-16, as some editors on Windows do.
    Utf16,
    /// A byte on this line is not UTF-8: it was saved as Latin-1 or the like.
    NotUtf8 {
        /// The line, counted from 1.
        line: usize,
        /// The byte.
        byte: u8,
    },
    /// The system does not let it be read.
    Locked(String),
}

impl Unreadable {
    /// What is wrong and what to do, a sentence each.
    #[must_use]
    pub fn in_words(&self, file: &str) -> String {
        let what = match self {
            Self::Missing => "is not there".to_owned(),
            Self::Empty => "is empty".to_owned(),
            Self::Utf16 => "is saved as UTF-16, and Rust reads UTF-8".to_owned(),
            Self::NotUtf8 { line, byte } => format!(
                "is not UTF-8: line {line} has the byte 0x{byte:02X}, which is {:?} in Latin-1",
                char::from(*byte)
            ),
            Self::Locked(error) => format!("cannot be read: {error}"),
        };
        let remedy = match self {
            Self::Missing | Self::Empty => format!("`cargo kata reset {file}` brings the stubs back."),
            Self::Utf16 | Self::NotUtf8 { .. } => format!(
                "Save it as UTF-8 in your editor, or let `cargo kata reset {file}` \
                 bring the stubs back; what you wrote is kept."
            ),
            Self::Locked(_) => "Is the file yours to read?".to_owned(),
        };
        format!("{what}. {remedy}")
    }
}

/// What is wrong with a file, if anything is.
pub(super) fn look(path: &Path) -> Option<Unreadable> {
    match fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some(Unreadable::Missing),
        Err(error) => Some(Unreadable::Locked(error.to_string())),
        Ok(bytes) => unreadable(&bytes),
    }
}

/// What is wrong with the bytes of a file, if anything is.
#[must_use]
pub fn unreadable(bytes: &[u8]) -> Option<Unreadable> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Some(Unreadable::Empty);
    }
    if is_utf16(bytes) {
        return Some(Unreadable::Utf16);
    }
    let error = std::str::from_utf8(bytes).err()?;
    let at = error.valid_up_to();
    let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
    Some(Unreadable::NotUtf8 { line, byte: bytes[at] })
}

/// By its mark, or by its zeros: no Rust has any.
fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe])
        || bytes.starts_with(&[0xfe, 0xff])
        || bytes.iter().take(64).any(|byte| *byte == 0)
}

/// The text of a file, whatever it was saved as: UTF-8, UTF-16 with or without its mark, or else Latin-1.
#[must_use]
pub fn decoded(bytes: &[u8]) -> String {
    if is_utf16(bytes) {
        let big = bytes.starts_with(&[0xfe, 0xff]) || !bytes.starts_with(&[0xff, 0xfe]) && bytes[0] == 0;
        let pairs = bytes.chunks_exact(2).map(|pair| {
            let pair = [pair[0], pair[1]];
            if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
        });
        let units: Vec<u16> = pairs.collect();
        return String::from_utf16_lossy(&units).trim_start_matches('\u{feff}').to_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_distinguished_from_the_others() {
        assert_eq!(unreadable(b"fn a() {}\n"), None);
        assert_eq!(unreadable("fn ä() {}\n".as_bytes()), None);
        assert_eq!(unreadable(b" \r\n"), Some(Unreadable::Empty));
        assert_eq!(unreadable(b"\xff\xfef\0n\0"), Some(Unreadable::Utf16));
        assert_eq!(unreadable(b"f\0n\0 \0"), Some(Unreadable::Utf16));
        assert_eq!(unreadable(b"a\n// caf\xe9\n"), Some(Unreadable::NotUtf8 { line: 2, byte: 0xe9 }));
    }

    #[test]
    fn whatever_a_text_was_saved_as_it_is_read() {
        let utf16 = |order: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
            format!("{mark}// café").encode_utf16().flat_map(order).collect()
        };
        for bytes in [
            "// café".as_bytes().to_vec(),
            b"// caf\xe9".to_vec(),
            utf16(u16::to_le_bytes, "\u{feff}"),
            utf16(u16::to_be_bytes, "\u{feff}"),
            utf16(u16::to_le_bytes, ""),
            utf16(u16::to_be_bytes, ""),
        ] {
            assert_eq!(decoded(&bytes), "// café", "{bytes:?}");
        }
    }
}
