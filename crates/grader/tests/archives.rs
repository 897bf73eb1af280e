//! Archives that say something else than what is in them: they neither reach outside, nor fill the memory, nor hide a text.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use grader::intake::read;
use tempfile::TempDir;

const ID: &str = "m01_linear_algebra/vectors";
const INSIDE: &str = "katas/m01_linear_algebra/vectors.rs";
/// No file of a submission may be longer.
const LONGEST: usize = 256 << 10;

fn zipped(folder: &TempDir, name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let path = folder.path().join(name);
    let mut zip = zip::ZipWriter::new(File::create(&path).expect("a file"));
    for (name, text) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
        zip.write_all(text).expect("an entry");
    }
    zip.finish().expect("an archive");
    path
}

fn header(path: &str, kind: tar::EntryType, size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(kind);
    header.as_gnu_mut().expect("GNU").name[..path.len()].copy_from_slice(path.as_bytes());
    header.set_size(size);
    header.set_cksum();
    header
}

#[test]
fn a_name_that_leads_elsewhere_is_followed_nowhere() {
    let folder = TempDir::new().expect("a folder");
    let outside = folder.path().join("outside.rs");
    let absolute = outside.to_str().expect("a name").to_owned();
    let beyond = format!("{INSIDE}/../../../../outside.rs");
    let names = [
        absolute.as_str(),
        &beyond,
        "../outside.rs",
        "katas/../../outside.rs",
        "C:\\outside.rs",
        "katas/m01_linear_algebra/vectors.rs\n::error::mine",
        "katas/\u{1b}[2J/laws.rs",
    ];
    let mut files: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, &b"// wrong"[..])).collect();
    files.push((INSIDE, b"// right"));
    let submission = read(&zipped(&folder, "names.zip", &files), &[ID]).expect("one of them is right");
    assert_eq!(submission.files[ID], "// right");
    assert_eq!(submission.files.len() + submission.helpers.len(), 1, "{submission:?}");
    assert!(!outside.exists() && !folder.path().join("../outside.rs").exists());
}

#[test]
fn a_length_that_is_not_the_right_one_is_not_believed() {
    let folder = TempDir::new().expect("a folder");
    let text = vec![b' '; 4 * LONGEST];
    let path = zipped(&folder, "short.zip", &[(INSIDE, &text)]);
    // Eight bytes, says the archive, wherever it says how many.
    let mut bytes = fs::read(&path).expect("a file");
    let length = u32::try_from(text.len()).expect("a short text").to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..*at + 4] == length).collect();
    assert!(!places.is_empty());
    places.iter().for_each(|at| bytes[*at..*at + 4].copy_from_slice(&8_u32.to_le_bytes()));
    fs::write(&path, bytes).expect("a file");
    let taken = read(&path, &[ID]);
    assert!(taken.as_ref().map_or(true, |it| it.files.get(ID).is_none_or(|it| it.len() <= LONGEST)));
    // A terabyte, says the archive, and ends.
    let path = folder.path().join("long.tar");
    let mut tar = header(INSIDE, tar::EntryType::Regular, 1 << 40).as_bytes().to_vec();
    tar.extend(b"// short");
    fs::write(&path, tar).expect("a file");
    let said = read(&path, &[ID]).expect_err("it is no archive");
    assert!(!said.contains('\n'), "{said}");
}

#[test]
fn what_is_no_file_is_none_and_the_first_of_two_counts() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("kinds.tar");
    let mut tar = tar::Builder::new(File::create(&path).expect("a file"));
    for kind in
        [tar::EntryType::Char, tar::EntryType::Block, tar::EntryType::Fifo, tar::EntryType::Continuous]
    {
        tar.append(&header("katas/m01_linear_algebra/laws.rs", kind, 0), &[][..]).expect("an entry");
    }
    for text in [&b"// first"[..], b"// other"] {
        let size = u64::try_from(text.len()).expect("short");
        tar.append(&header(INSIDE, tar::EntryType::Regular, size), text).expect("an entry");
    }
    tar.finish().expect("an archive");
    let submission = read(&path, &[ID, "m01_linear_algebra/laws"]).expect("one of them is right");
    assert_eq!(submission.files.keys().collect::<Vec<_>>(), [ID], "{submission:?}");
    assert_eq!(submission.files[ID], "// first");
    assert!(submission.ignored.iter().any(|it| it.contains("submitted twice")), "{submission:?}");
    // An archive in itself is no submission, however deep.
    let inner = fs::read(zipped(&folder, "inner.zip", &[(INSIDE, b"// deep")])).expect("a file");
    let taken = read(&zipped(&folder, "outer.zip", &[("katas/inner.zip", &inner)]), &[ID]);
    assert!(taken.is_err() || taken.is_ok_and(|it| it.files.is_empty()));
    assert!(read(Path::new("/dev/zero"), &[ID]).is_err());
}
