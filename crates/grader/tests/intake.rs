//! What may be submitted instead of katas: each is reported in a sentence, and none of it reaches outside.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use grader::class::{collect, each_by_itself};
use grader::intake::{Submission, read};

const ID: &str = "m01_linear_algebra/vectors";
const INSIDE: &str = "katas/m01_linear_algebra/vectors.rs";

/// A folder that is gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("katas-intake-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("the temporary folder can be written to");
        Self(path)
    }

    fn write(&self, below: impl AsRef<Path>, bytes: &[u8]) {
        let path = self.0.join(below);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn taken(path: &Path) -> Result<Submission, String> {
    read(path, &[ID])
}

#[track_caller]
fn rejected(path: &Path, why: &str) {
    let said = taken(path).map(|it| it.files).expect_err("it is no submission");
    assert!(said.contains(why) && !said.contains('\n'), "{said}");
}

#[test]
fn what_is_no_submission_is_reported_in_a_sentence() {
    let folder = Folder::new("none");
    let at = |name: &str| folder.0.join(name);
    fs::create_dir(at("empty")).unwrap();
    rejected(&at("empty"), "no kata's file is in it: it is empty");
    folder.write("layout/src/lines.rs", b"pub fn dot() {}");
    rejected(&at("layout"), "src/lines.rs: not of this assignment");
    folder.write("ada.7z", b"7z");
    rejected(&at("ada.7z"), "ask for a .zip");
    folder.write("folder/katas/m01_linear_algebra/vectors.rs/mod.rs", b"");
    rejected(&at("folder"), "no kata's file");
    for junk in ["junk.zip", "junk.tar", "junk.tar.gz", "junk.docx", "junk"] {
        folder.write(junk, b"\x00\xffnot an archive");
        assert!(taken(&at(junk)).is_err(), "{junk}");
    }
    rejected(&at("nowhere.zip"), "No such file");
    for sparse in ["sparse.zip", "sparse.tar", "sparse.tar.gz"] {
        File::create(at(sparse)).unwrap().set_len(10 << 30).unwrap();
        rejected(&at(sparse), "an archive of more than 32 MiB");
    }
    fs::create_dir_all(at("deep")).unwrap();
    File::create(at("deep/long.rs")).unwrap().set_len(10 << 30).unwrap();
    rejected(&at("deep"), "long.rs: not of this assignment");
}

#[test]
fn no_pipe_is_waited_for_and_no_link_followed() {
    let folder = Folder::new("links");
    folder.write("teacher/katas/m01_linear_algebra/vectors.rs", b"// the teacher's");
    let at = |name: &str| folder.0.join(name);
    symlink(at("teacher"), at("ada")).unwrap();
    rejected(&at("ada"), "neither a folder nor a regular file");
    fs::create_dir(at("bob")).unwrap();
    symlink(at("teacher/katas"), at("bob/katas")).unwrap();
    rejected(&at("bob"), "no kata's file");
    folder.write("cora/katas/m01_linear_algebra/laws.rs", b"");
    symlink(at("teacher").join(INSIDE), at("cora").join(INSIDE)).unwrap();
    rejected(&at("cora"), "vectors.rs: not a regular file");
    let made = Command::new("mkfifo").arg(at("dan.zip")).status().is_ok_and(|it| it.success());
    if made {
        rejected(&at("dan.zip"), "neither a folder nor a regular file");
    }
}

#[test]
fn an_archive_does_not_reach_outside_and_does_not_fill_the_memory() {
    let folder = Folder::new("archives");
    let at = |name: &str| folder.0.join(name);
    let mut tar = tar::Builder::new(File::create(at("out.tar")).unwrap());
    for (path, kind) in [
        (format!("../{INSIDE}"), tar::EntryType::Regular),
        ("katas/m01_linear_algebra/laws.rs".to_owned(), tar::EntryType::Link),
        (INSIDE.to_owned(), tar::EntryType::Symlink),
        (INSIDE.to_owned(), tar::EntryType::Regular),
        (INSIDE.to_owned(), tar::EntryType::Regular),
    ] {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.as_gnu_mut().unwrap().name[..path.len()].copy_from_slice(path.as_bytes());
        let text = b"// right";
        let is_link = kind != tar::EntryType::Regular;
        header.set_size(if is_link { 0 } else { text.len() as u64 });
        if is_link {
            header.set_link_name("/etc/passwd").unwrap();
        }
        header.set_cksum();
        tar.append(&header, if is_link { &[][..] } else { &text[..] }).unwrap();
    }
    tar.finish().unwrap();
    let submission = taken(&at("out.tar")).unwrap();
    assert_eq!(submission.files[ID], "// right");
    let said = submission.ignored.join("\n");
    for why in ["../katas", "not a regular file", "submitted twice"] {
        assert!(said.contains(why), "{why} is missing in\n{said}");
    }
    // A gigabyte of blanks in a megabyte, once in one file and once in many.
    let mut zip = zip::ZipWriter::new(File::create(at("bomb.zip")).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    let blanks = vec![b' '; 16 << 20];
    zip.start_file(INSIDE, options).unwrap();
    zip.write_all(&blanks).unwrap();
    zip.finish().unwrap();
    rejected(&at("bomb.zip"), "vectors.rs: longer than 256 KiB");
    let mut zip = zip::ZipWriter::new(File::create(at("many.zip")).unwrap());
    for number in 0..300 {
        zip.start_file(format!("katas/m01_linear_algebra/more_{number}.rs"), options).unwrap();
        zip.write_all(&blanks[..300 << 10]).unwrap();
    }
    zip.finish().unwrap();
    rejected(&at("many.zip"), "more than 64 MiB");
}

/// Files in the forms in which classes really hand them in.
#[test]
fn what_is_meant_is_found_in_whatever_form_it_comes() {
    let folder = Folder::new("forms");
    let at = |name: &str| folder.0.join(name);
    let zipped = |name: &str, files: &[(&str, &str)]| {
        let mut zip = zip::ZipWriter::new(File::create(at(name)).unwrap());
        for (path, text) in files {
            zip.start_file(*path, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap();
    };
    let text_of = |name: &str| taken(&at(name)).unwrap().files.remove(ID).unwrap();
    // The current one counts, wherever the archive has it.
    zipped("backup.zip", &[("backup/m01_linear_algebra/vectors.rs", "// old"), (INSIDE, "// new")]);
    assert_eq!(text_of("backup.zip"), "// new");
    let ignored = taken(&at("backup.zip")).unwrap().ignored.join("\n");
    assert!(
        ignored.contains("backup/") && ignored.contains("katas/m01_linear_algebra/vectors.rs counts"),
        "{ignored}"
    );
    zipped("windows.zip", &[("katas\\m01_linear_algebra\\vectors.rs", "// windows")]);
    assert_eq!(text_of("windows.zip"), "// windows");
    // Moodle and Canvas: a folder for each learner, an archive in it.
    fs::create_dir(at("Ada Lovelace_123_assignsubmission_file_")).unwrap();
    zipped("Ada Lovelace_123_assignsubmission_file_/work.zip", &[(INSIDE, "// moodle")]);
    assert_eq!(text_of("Ada Lovelace_123_assignsubmission_file_"), "// moodle");
    // The file alone, and a layout that a new package has.
    folder.write("alone/vectors.rs", b"// alone");
    assert_eq!(text_of("alone/vectors.rs"), "// alone");
    folder.write("package/src/vectors.rs", b"// package");
    assert_eq!(text_of("package"), "// package");
    // What was saved otherwise is named, not taken for a kata that is not written.
    let utf16: Vec<u8> = "// a".encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.write("utf16/katas/m01_linear_algebra/vectors.rs", &utf16);
    rejected(&at("utf16"), "saved as UTF-16");
    folder.write("latin1/katas/m01_linear_algebra/vectors.rs", b"\n// caf\xe9");
    rejected(&at("latin1"), "line 2 has the byte 0xE9");
}

#[test]
fn what_lies_next_to_submissions_is_none() {
    let folder = Folder::new("stray");
    for name in ["roster.csv", "notes.txt", "ada.zip", "bob.7z", "carl.rs"] {
        folder.write(name, b"x");
    }
    folder.write(Path::new("dora").join(INSIDE), b"x");
    let collected = collect(std::slice::from_ref(&folder.0)).unwrap();
    let names: Vec<_> = collected.submissions.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["ada", "bob.7z", "carl", "dora"]);
    let stray: Vec<_> = collected.stray.iter().filter_map(|path| path.file_name()).collect();
    assert_eq!(stray, ["notes.txt", "roster.csv"]);
}

#[test]
fn every_submission_has_a_name_of_its_own() {
    let folder = Folder::new("names");
    for name in ["ada", "Ada", "ada (2)", "class.json", "..."] {
        folder.write(Path::new(name).join(INSIDE), b"");
    }
    folder.write("ada.zip", b"");
    let odd = [OsStr::from_bytes(b"m\xfcller"), OsStr::from_bytes(b"m\xf6ller")];
    odd.iter().for_each(|name| folder.write(Path::new(name).join(INSIDE), b""));
    let mut names: Vec<_> = collect(std::slice::from_ref(&folder.0))
        .unwrap()
        .submissions
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let count = names.len();
    assert!(
        names.contains(&"class.json_".to_owned()) && names.contains(&"m_ller (2)".to_owned()),
        "{names:?}"
    );
    names.iter_mut().for_each(|name| *name = name.to_lowercase());
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count, "{names:?}");
    assert!(names.iter().all(|name| !name.is_empty() && !name.starts_with('.') && !name.contains('/')));
}

#[test]
fn a_submission_by_itself_has_no_reserved_name() {
    let paths = ["class.json.zip", "class.csv", "seed.txt", "ada.zip", "b/ada"].map(PathBuf::from);
    let names: Vec<_> = each_by_itself(&paths).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["class.json_", "class.csv_", "seed.txt_", "ada", "ada (2)"]);
}

#[test]
fn without_a_sandbox_nothing_is_run() {
    let folder = Folder::new("no-sandbox");
    folder.write(INSIDE, b"pub fn dot() {}");
    let mut grader = Command::new(env!("CARGO_BIN_EXE_grader"));
    grader.arg(&folder.0).args(["--milestone", "m01", "--out"]).arg(folder.0.join("grades"));
    // Where neither bubblewrap nor anything else is found.
    let said = grader.env("PATH", &folder.0).output().expect("the grader runs");
    let words = String::from_utf8_lossy(&said.stderr).into_owned();
    assert_eq!(said.status.code(), Some(3), "{words}");
    assert!(words.contains("bubblewrap is not installed") && words.contains("apt-get install"), "{words}");
    assert!(!folder.0.join("grades/class.json").exists());
}
