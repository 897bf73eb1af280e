//! Files are fetched from real sockets and folders: resumed, checked, whole or not at all.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::server::{Served, Server};
use fetch::{Collection, Delivered, FetchError, Provider, PublishedFile, Way, deliver, sha256};
use flate2::Compression;
use flate2::write::GzEncoder;

/// A fresh folder of this test's own.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _there_was_none = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

pub fn packed(bytes: &[u8], level: u32) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::new(level));
    packer.write_all(bytes).and_then(|()| packer.finish()).expect("memory can be written")
}

/// Numbers that do not pack well.
pub fn content(mut seed: u32) -> Vec<u8> {
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    (0..20_000).map(|_| next()).collect()
}

/// Two files, and what is in them.
pub fn two() -> (Collection, [Vec<u8>; 2]) {
    let packed = [1, 2].map(|seed| packed(&content(seed), 6));
    let file = |name: &str, i: usize| PublishedFile {
        name: name.to_owned(),
        packed: sha256(&packed[i][..]).expect("a sum"),
        unpacked: Some(sha256(&content(i as u32 + 1)[..]).expect("a sum")),
    };
    let files = vec![file("images", 0), file("labels", 1)];
    (Collection { name: "small".to_owned(), sources: vec![], files }, packed)
}

pub fn fetched(collection: &Collection, from: &[&str], into: &Path) -> Result<Vec<Delivered>, FetchError> {
    let sources: Vec<Provider> = from.iter().map(|source| Provider::of(source)).collect();
    deliver(collection, &sources, into, &mut |_, _, _| {})
}

pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Both files are there, whole, and nothing else.
fn complete(into: &Path, packed: &[Vec<u8>; 2]) {
    assert_eq!(names(into), ["images.gz", "labels.gz"]);
    for (name, bytes) in ["images.gz", "labels.gz"].iter().zip(packed) {
        assert!(fs::read(into.join(name)).expect("a file") == *bytes, "{name} differs");
    }
}

#[test]
fn what_is_there_is_not_fetched_again() {
    let ((collection, packed), into) = (two(), folder("twice"));
    let [images, labels] = packed.clone().map(Served::Rightly);
    let server = Server::of(&[("images.gz", images), ("labels.gz", labels)]);
    let mut seen = Vec::new();
    let sources = [Provider::of(&server.address)];
    let first =
        deliver(&collection, &sources, &into, &mut |name, have, all| seen.push((name.to_owned(), have, all)));
    assert!(first.is_ok_and(|files| files.iter().all(|file| file.way == Way::Fetched)));
    complete(&into, &packed);
    let whole = packed[1].len() as u64;
    assert_eq!(seen.last(), Some(&("labels".to_owned(), whole, Some(whole))));
    let again = fetched(&collection, &[&server.address], &into);
    assert!(again.is_ok_and(|files| files.iter().all(|file| file.way == Way::WasThere)));
    assert_eq!(server.asked(), ["/images.gz", "/labels.gz"]);
}

#[test]
fn a_line_that_breaks_is_taken_up_again() {
    let ((collection, packed), into) = (two(), folder("breaking"));
    let [images, labels] = packed.clone();
    let server = Server::of(&[
        ("images.gz", Served::BreakingAfter(7000, images)),
        ("labels.gz", Served::Rightly(labels)),
    ]);
    fetched(&collection, &[&server.address], &into).expect("it comes in pieces");
    complete(&into, &packed);
    let want = ["/images.gz", "/images.gz from 7000", "/images.gz from 14000", "/labels.gz"];
    assert_eq!(server.asked(), want);
}

#[test]
fn what_came_is_kept_and_the_next_fetch_goes_on() {
    let ((collection, packed), into) = (two(), folder("gone"));
    let [images, labels] = packed.clone();
    let server = Server::of(&[("images.gz", Served::GoneAfter(5000, images.clone()))]);
    let failure = fetched(&collection, &[&server.address], &into).expect_err("the server is gone");
    assert!(failure.to_string().contains("broke after 5000 bytes"), "{failure}");
    assert_eq!(names(&into), ["images.part"]);
    let server =
        Server::of(&[("images.gz", Served::Rightly(images)), ("labels.gz", Served::Rightly(labels))]);
    fetched(&collection, &[&server.address], &into).expect("it goes on");
    complete(&into, &packed);
    assert_eq!(server.asked(), ["/images.gz from 5000", "/labels.gz"]);
}

#[test]
fn a_server_that_knows_no_ranges_starts_anew() {
    let ((collection, packed), into) = (two(), folder("no-ranges"));
    fs::write(into.join("images.part"), &packed[0][..100]).expect("a file");
    let [images, labels] = packed.clone().map(Served::FromTheBeginning);
    let server = Server::of(&[("images.gz", images), ("labels.gz", labels)]);
    fetched(&collection, &[&server.address], &into).expect("all of it comes");
    complete(&into, &packed);
}

#[test]
fn a_part_of_something_else_is_dropped() {
    for (name, part) in [("other", vec![7; 100]), ("longer", vec![7; 50_000])] {
        let ((collection, packed), into) = (two(), folder(name));
        fs::write(into.join("images.part"), part).expect("a file");
        let [images, labels] = packed.clone().map(Served::Rightly);
        let server = Server::of(&[("images.gz", images), ("labels.gz", labels)]);
        fetched(&collection, &[&server.address], &into).expect("the second time from the beginning");
        complete(&into, &packed);
    }
}

#[test]
fn a_wrong_file_is_rejected_and_removed_and_the_next_source_asked() {
    let ((collection, packed), into) = (two(), folder("wrong"));
    let [images, labels] = packed.clone().map(Served::Rightly);
    let bad = Server::of(&[("images.gz", Served::Rightly(b"<html>Log in first</html>".to_vec()))]);
    let failure = fetched(&collection, &[&bad.address], &into).expect_err("it is a page");
    let said = failure.to_string();
    assert!(
        said.contains("is not the file that is wanted") && said.ends_with("The download was removed"),
        "{said}"
    );
    assert_eq!(names(&into), [""; 0]);
    let good = Server::of(&[("images.gz", images), ("labels.gz", labels)]);
    fetched(&collection, &[&bad.address, &good.address], &into).expect("the second source is right");
    complete(&into, &packed);
}

#[test]
fn a_wrong_file_that_was_there_is_replaced() {
    let ((collection, packed), into) = (two(), folder("replaced"));
    fs::write(into.join("images.gz"), &packed[0][..1000]).expect("a file");
    let [images, labels] = packed.clone().map(Served::Rightly);
    let server = Server::of(&[("images.gz", images), ("labels.gz", labels)]);
    fetched(&collection, &[&server.address], &into).expect("the server is right");
    complete(&into, &packed);
}

#[test]
fn who_has_no_file_or_does_not_answer_is_named() {
    let ((collection, _), into) = (two(), folder("missing"));
    let server = Server::of(&[("labels.gz", Served::Status(500))]);
    let failure = fetched(&collection, &[&server.address], &into).expect_err("404");
    assert_eq!(failure.to_string(), format!("there is no {}images.gz", server.address));
    let busy = Server::of(&[("images.gz", Served::Status(503))]);
    let nowhere = "http://127.0.0.1:1/";
    let failure = fetched(&collection, &[&busy.address, nowhere], &into).expect_err("503, and no server");
    let lines: Vec<String> = failure.to_string().lines().map(ToOwned::to_owned).collect();
    assert_eq!(lines[0], format!("cannot fetch {}images.gz: the server answers 503", busy.address));
    assert!(lines[1].starts_with("cannot fetch http://127.0.0.1:1/images.gz: "), "{lines:?}");
    assert_eq!(names(&into), [""; 0]);
}

#[test]
fn a_folder_may_have_the_files_packed_packed_anew_or_unpacked() {
    let ((collection, packed_files), from, into) = (two(), folder("from"), folder("copied"));
    let missing = fetched(&collection, &[from.to_str().expect("a name")], &into).expect_err("it is empty");
    assert!(missing.to_string().starts_with("there is no "), "{missing}");
    fs::write(from.join("images.gz"), packed(&content(1), 1)).expect("a file");
    fs::write(from.join("labels"), content(2)).expect("a file");
    fetched(&collection, &[from.to_str().expect("a name")], &into).expect("both are right inside");
    assert_eq!(names(&into), ["images.gz", "labels"]);
    assert!(fs::read(into.join("labels")).expect("a file") == content(2));
    // And a copy is no better than what was copied.
    fs::write(from.join("images.gz"), &packed_files[1]).expect("a file");
    fs::remove_file(into.join("images.gz")).expect("it was there");
    let wrong = fetched(&collection, &[from.to_str().expect("a name")], &into).expect_err("they are labels");
    let said = wrong.to_string();
    assert!(said.contains("SHA-256") && said.ends_with("It was left as it is"), "{said}");
    assert!(!said.contains("removed") && from.join("images.gz").is_file(), "{said}");
    assert_eq!(names(&into), ["labels"]);
}

#[test]
fn two_at_a_time_do_not_disturb_each_other() {
    let ((collection, _), into) = (two(), folder("busy"));
    let other = fs::File::create(into.join("images.part")).expect("a file");
    other.try_lock().expect("it is ours");
    let failure = fetched(&collection, &["/nowhere"], &into).expect_err("somebody is writing");
    assert!(failure.to_string().contains("is being written by another fetch"), "{failure}");
}
