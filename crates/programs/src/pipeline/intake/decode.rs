//! From the bytes of a file to its text.

use std::io::Read;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use flate2::read::MultiGzDecoder;

use super::report::Notes;

/// More than any table that fits the memory of a small machine: a packed file may unpack to more.
const LARGEST: u64 = 1 << 30;

/// Starts of files that are no text, with what they are.
const OTHERS: [(&[u8], &str); 5] = [
    (b"PK\x03\x04", "a spreadsheet (.xlsx, .ods) or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet of old (.xls)"),
    (b"PAR1", "a Parquet file"),
    (b"BZh", "packed with bzip2"),
    (b"\xfd7zXZ", "packed with xz"),
];

/// Unpacks and decodes; `asked` names an encoding by its label on the web.
pub(super) fn decode(bytes: Vec<u8>, asked: Option<&str>, notes: &mut Notes) -> Result<String, String> {
    let bytes = if bytes.starts_with(&[0x1f, 0x8b]) { unpack(&bytes, notes)? } else { bytes };
    if let Some((_, what)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(format!("this is {what}, not a table as text. Save it as CSV, or unpack it first"));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let text = decoded(&bytes[mark..], encoding)?;
        let what = if encoding == UTF_8 { "byte order mark removed" } else { "decoded" };
        notes.note(format!("encoding {}: {what}", encoding.name()));
        return Ok(text);
    }
    let encoding = match asked {
        Some(label) => Encoding::for_label(label.as_bytes())
            .ok_or_else(|| format!("--encoding: {label:?} is not the name of an encoding, such as latin1"))?,
        None => guess(&bytes),
    };
    let text = decoded(&bytes, encoding)?;
    if encoding != UTF_8 {
        let other =
            if asked.is_none() { "; if letters look wrong, name another with --encoding" } else { "" };
        notes.note(format!("encoding {}: decoded{other}", encoding.name()));
    }
    if text.contains('\0') {
        return Err("this is no text: it holds zero bytes".to_owned());
    }
    Ok(text)
}

fn unpack(bytes: &[u8], notes: &mut Notes) -> Result<Vec<u8>, String> {
    let mut unpacked = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(LARGEST + 1).read_to_end(&mut unpacked);
    read.map_err(|error| format!("cannot unpack it: {error}. Is the gzip file complete?"))?;
    if unpacked.len() as u64 > LARGEST {
        return Err(format!("it unpacks to more than {} MB", LARGEST >> 20));
    }
    notes.note("gzip: unpacked".to_owned());
    Ok(unpacked)
}

/// Without a mark: UTF-8 if it is valid, UTF-16 if every second byte of the beginning is zero, else Windows-1252, which
/// has Latin-1 within it and decodes any bytes.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let beginning = &bytes[..bytes.len().min(64) & !1];
    let zeros = |first: usize| beginning.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let half = beginning.len() / 2;
    if half >= 2 && zeros(1) * 4 >= half * 3 && zeros(0) == 0 {
        UTF_16LE
    } else if half >= 2 && zeros(0) * 4 >= half * 3 && zeros(1) == 0 {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

fn decoded(bytes: &[u8], encoding: &'static Encoding) -> Result<String, String> {
    let (text, wrong) = encoding.decode_without_bom_handling(bytes);
    if wrong {
        return Err(format!("it is not valid {}. Name its encoding with --encoding", encoding.name()));
    }
    Ok(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Result<String, String> {
        decode(bytes.to_vec(), None, &mut Notes::default())
    }

    #[test]
    fn an_encoding_is_recognized_by_its_mark_or_its_bytes() {
        let little: Vec<u8> = "grün,1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "grün,1\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for bytes in [
            "grün,1\n".as_bytes().to_vec(),
            b"gr\xfcn,1\n".to_vec(),
            marked(b"\xef\xbb\xbf", "grün,1\n".as_bytes()),
            marked(b"\xff\xfe", &little),
            marked(b"\xfe\xff", &big),
            little,
            big,
        ] {
            assert_eq!(text(&bytes), Ok("grün,1\n".to_owned()), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert!(text(b"PK\x03\x04...").is_err_and(|wrong| wrong.contains("spreadsheet")));
        assert!(text(b"\x1f\x8b\x08").is_err_and(|wrong| wrong.contains("gzip")));
        assert!(text(b"a,b\n1,\0\0\0\n").is_err_and(|wrong| wrong.contains("zero bytes")));
        let other = decode(b"\x81".to_vec(), Some("klingon"), &mut Notes::default());
        assert!(other.is_err_and(|wrong| wrong.contains("klingon")));
    }
}
