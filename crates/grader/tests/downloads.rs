//! What learning platforms hand out, unpacked into a folder: whose each file is, and what of it counts.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use grader::class::collect;
use grader::intake::{modified, read, read_all};
use grader::sandbox::recreate;

const IDS: [&str; 2] = ["m01_linear_algebra/vectors", "m01_linear_algebra/matrices"];

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("katas-downloads-{name}-{}", std::process::id()));
    recreate(&folder).expect("a folder");
    folder
}

fn zip(path: &Path, files: &[(&str, &str)]) {
    fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
    let mut zip = zip::ZipWriter::new(File::create(path).expect("a file"));
    for (name, text) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
        zip.write_all(text.as_bytes()).expect("it is written");
    }
    zip.finish().expect("it is written");
}

#[test]
fn the_files_of_canvas_are_one_submission_for_each_learner() {
    let folder = folder("canvas");
    for (name, text) in [
        ("lovelaceada_7001_501_vectors.rs", "// first"),
        ("lovelaceada_7001_502_matrices.rs", "// matrices"),
        ("lovelaceada_LATE_7001_610_vectors-1.rs", "// again"),
        ("lovelaceada_7001_503_essay.txt", "no kata"),
        ("turingalan_7004_504_notes.rs", "// no kata"),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    zip(
        &folder.join("goedelkurt_7002_505_work-2.zip"),
        &[("katas/m01_linear_algebra/vectors.rs", "// zipped")],
    );
    let collected = collect(std::slice::from_ref(&folder)).unwrap();
    let names: Vec<_> =
        collected.submissions.iter().map(|(name, paths)| (name.as_str(), paths.len())).collect();
    assert_eq!(names, [("goedelkurt_7002", 1), ("lovelaceada_7001", 3), ("turingalan_7004", 1)]);
    let ada = read_all(&collected.submissions[1].1, &IDS).unwrap();
    // What was submitted later counts, and the result says so.
    assert_eq!((ada.files[IDS[0]].as_str(), ada.files[IDS[1]].as_str()), ("// again", "// matrices"));
    let said = ada.ignored.join("\n");
    assert!(
        said.contains("lovelaceada_7001_501_vectors.rs: submitted twice, lovelaceada_LATE_7001_610"),
        "{said}"
    );
    assert_eq!(read_all(&collected.submissions[0].1, &IDS).unwrap().files[IDS[0]], "// zipped");
    let alan = read_all(&collected.submissions[2].1, &IDS).map(|it| it.files).unwrap_err();
    assert!(alan.contains("no kata's file is in it"), "{alan}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn moodle_hands_out_folders_or_files() {
    let folder = folder("moodle");
    let inside = "katas/m01_linear_algebra/vectors.rs";
    zip(&folder.join("Ada Lovelace_101_assignsubmission_file/work.zip"), &[(inside, "// folder")]);
    zip(&folder.join("Kurt Gödel_102_assignsubmission_file_work.zip"), &[(inside, "// file")]);
    fs::write(folder.join("Kurt Gödel_102_assignsubmission_file_matrices.rs"), "// more").unwrap();
    zip(&folder.join("Team A_7_assignsubmission_file/work.zip"), &[(inside, "// group")]);
    let collected = collect(std::slice::from_ref(&folder)).unwrap();
    let texts: Vec<_> = collected
        .submissions
        .iter()
        .map(|(name, paths)| (name.clone(), read_all(paths, &IDS).unwrap().files.into_values().collect()))
        .collect::<Vec<(String, Vec<String>)>>();
    let owned = |name: &str, texts: &[&str]| {
        (name.to_owned(), texts.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(
        texts,
        [
            owned("Ada Lovelace_101_assignsubmission_file", &["// folder"]),
            owned("Kurt Gödel_102_assignsubmission_file", &["// more", "// file"]),
            owned("Team A_7_assignsubmission_file", &["// group"]),
        ]
    );
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_download_of_a_class_is_no_submission() {
    let folder = folder("whole");
    let of = |name: &str| format!("{name}_assignsubmission_file/m01_linear_algebra/vectors.rs");
    let (ada, kurt) = (of("Ada Lovelace_101"), of("Kurt Gödel_102"));
    zip(&folder.join("hw2.zip"), &[(&ada, "// ada"), (&kurt, "// kurt")]);
    let said = read(&folder.join("hw2.zip"), &IDS).map(|it| it.files).unwrap_err();
    assert!(said.contains("the download of a class of 2: unpack it"), "{said}");
    zip(&folder.join("canvas.zip"), &[("a_1_2_vectors.rs", "// a"), ("b_3_4_vectors.rs", "// b")]);
    assert!(read(&folder.join("canvas.zip"), &IDS).is_err_and(|said| said.contains("a class of 2")));
    zip(&folder.join("one.zip"), &[(&ada, "// ada")]);
    assert_eq!(read(&folder.join("one.zip"), &IDS).unwrap().files[IDS[0]], "// ada");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_newest_file_says_when_it_was_submitted() {
    let folder = folder("times");
    let at = |seconds: u64| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    for (name, seconds) in [("ada/a.rs", 1000), ("ada/b/c.rs", 3000), ("kurt.rs", 2000)] {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        File::create(&path).unwrap().set_modified(at(seconds)).unwrap();
    }
    // A link leads to somebody else's file.
    std::os::unix::fs::symlink(folder.join("ada/b/c.rs"), folder.join("link.rs")).unwrap();
    assert_eq!(modified(&[folder.join("ada")]), Some(at(3000)));
    assert_eq!(modified(&[folder.join("kurt.rs"), folder.join("ada/a.rs")]), Some(at(2000)));
    assert_eq!(modified(&[folder.join("link.rs"), folder.join("none.rs")]), None);
    fs::remove_dir_all(folder).unwrap();
}
