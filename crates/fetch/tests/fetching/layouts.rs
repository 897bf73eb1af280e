//! Files as people have them: under other names, in other folders, one by itself, or wrong ones among them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::deliver::{content, fetched, folder, names, two};
use crate::server::{Served, Server};
use fetch::{Collection, Genuine, genuine};

/// Lays out both files of MNIST's in a folder under these names.
fn laid_out(name: &str, images: &str, labels: &str) -> PathBuf {
    let ((_, packed), from) = (mnist_like(), folder(name));
    for (file, bytes) in [(images, &packed[0]), (labels, &packed[1])] {
        let path = from.join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    from
}

/// As [`two`], under MNIST's names.
fn mnist_like() -> (Collection, [Vec<u8>; 2]) {
    let (mut collection, packed) = two();
    collection.name = "mnist".to_owned();
    collection.files[0].name = "train-images-idx3-ubyte".to_owned();
    collection.files[1].name = "train-labels-idx1-ubyte".to_owned();
    (collection, packed)
}

#[test]
fn a_folder_may_be_laid_out_as_others_lay_it_out() {
    for (k, [images, labels]) in [
        ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"],
        ["mnist/train-images-idx3-ubyte.gz", "mnist/train-labels-idx1-ubyte.gz"],
        ["MNIST/raw/train-images-idx3-ubyte.gz", "MNIST/raw/train-labels-idx1-ubyte.gz"],
        ["raw/train-images-idx3-ubyte.gz", "raw/train-labels-idx1-ubyte.gz"],
        ["train-images.idx3-ubyte.gz", "train-labels.idx1-ubyte.gz"],
    ]
    .into_iter()
    .enumerate()
    {
        let (from, into) = (laid_out(&format!("layout-{k}"), images, labels), folder(&format!("laid-{k}")));
        let (collection, _) = mnist_like();
        let done = fetched(&collection, &[from.to_str().expect("a name")], &into);
        assert!(done.is_ok_and(|done| done.len() == 2), "{images}");
        assert_eq!(names(&into), ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"]);
    }
    // Unpacked, with a dot in the name.
    let (from, into) = (folder("dotted"), folder("from-dotted"));
    fs::write(from.join("train-images.idx3-ubyte"), content(1)).expect("a file");
    fs::write(from.join("train-labels.idx1-ubyte"), content(2)).expect("a file");
    fetched(&mnist_like().0, &[from.to_str().expect("a name")], &into).expect("both are right");
    assert_eq!(names(&into), ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"]);
}

#[test]
fn a_single_file_is_taken_for_what_it_is() {
    let ((collection, packed), from, into) = (two(), folder("single"), folder("from-single"));
    let file = |name: &str, bytes: &[u8]| {
        let path = from.join(name);
        fs::write(&path, bytes).expect("a file");
        path.to_str().expect("a name").to_owned()
    };
    // Its name says nothing: it is the second of the set.
    let labels = file("download(1).gz", &packed[1]);
    let failure = fetched(&collection, &[&labels], &into).expect_err("the images are missing");
    assert_eq!(failure.to_string(), "still missing: images");
    assert_eq!(names(&into), ["labels.gz"]);
    let other = file("other.gz", b"another file");
    let failure = fetched(&collection, &[&other], &into).expect_err("it is none of the set");
    let said = failure.to_string();
    assert!(said.contains("other.gz is none of the four files of small"), "{said}");
    assert!(said.ends_with("It was left as it is") && Path::new(&other).is_file(), "{said}");
    let images = file("images", &content(1));
    let done = fetched(&collection, &[&images], &into).expect("now both are there");
    assert_eq!(done.len(), 2);
    assert_eq!(names(&into), ["images", "labels.gz"]);
}

#[test]
fn a_wrong_unpacked_file_does_not_hide_the_right_one() {
    let ((collection, packed), into) = (two(), folder("hidden"));
    fs::write(into.join("images"), b"wrong").expect("a file");
    let [images, labels] = packed.clone().map(Served::Rightly);
    let server = Server::of(&[("images.gz", images), ("labels.gz", labels)]);
    let done = fetched(&collection, &[&server.address], &into).expect("the server is right");
    assert!(done[0].aside.as_ref().is_some_and(|aside| aside.ends_with("images.wrong")), "{done:?}");
    assert_eq!(names(&into), ["images.gz", "images.wrong", "labels.gz"]);
    assert!(
        genuine(&collection, &into).is_ok_and(|all| all.iter().all(|it| matches!(it, Genuine::Genuine(_))))
    );
}

#[test]
fn each_file_is_checked_and_the_wrong_one_named() {
    let ((collection, packed), into) = (two(), folder("checked"));
    let mut bytes = packed[0].clone();
    bytes[5000] ^= 1;
    fs::write(into.join("images.gz"), bytes).expect("a file");
    let found = genuine(&collection, &into).expect("files can be read");
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(
        lines[0].starts_with("wrong    ") && lines[0].contains("images.gz: its SHA-256 is "),
        "{lines:?}"
    );
    assert!(lines[1].starts_with("missing  "), "{lines:?}");
}
