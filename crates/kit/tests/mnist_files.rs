//! The files of MNIST are found, unpacked and read, and what is wrong with them is reported.
#![cfg(feature = "mnist")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use kit::data::mnist::{Content, DataError, FILES, Images, Part, Set, bytes};

/// A folder of this test's own; gone with this value.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("katas-{}-{name}", std::process::id())).join("mnist");
        fs::create_dir_all(&folder).expect("a temporary folder can be made");
        Self(folder)
    }

    fn with(self, name: &str, bytes: &[u8]) -> Self {
        fs::write(self.0.join(name), bytes).expect("a temporary file can be written");
        self
    }

    fn training(&self) -> Result<Images, DataError> {
        Images::read(&self.0, Part::Training)
    }

    fn complaint(&self) -> String {
        self.training().expect_err("these files must be rejected").to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone_already = fs::remove_dir_all(self.0.parent().unwrap_or(Path::new("")));
    }
}

const IMAGES: [u8; 28] =
    [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 11, 12, 13, 14, 15, 20, 21, 22, 23, 24, 255];
const LABELS: [u8; 10] = [0, 0, 8, 1, 0, 0, 0, 2, 7, 9];

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).expect("memory can be written");
    packer.finish().expect("memory can be written")
}

#[test]
fn packed_and_unpacked_files_are_read_alike() {
    let folder = Folder::new("read")
        .with("train-images-idx3-ubyte.gz", &packed(&IMAGES))
        .with("train-labels-idx1-ubyte", &LABELS);
    let images = folder.training().expect("the files are right");
    assert_eq!((images.len(), images.rows, images.cols), (2, 2, 3));
    assert_eq!((images.image(1), &images.labels[..]), (&[20, 21, 22, 23, 24, 255][..], &[7, 9][..]));
    assert_eq!(format!("{:?} and {:?}", images, images.first(1)), "2 images of 2×3 and 1 images of 2×3");
    assert_eq!(images.first(1).image(0), images.image(0));
    assert_eq!(images.first(5), images);
}

#[test]
fn what_is_wrong_is_reported_with_the_remedy() {
    let folder = Folder::new("wrong");
    assert!(folder.complaint().contains("cannot read"));
    let folder =
        folder.with("train-labels-idx1-ubyte", &LABELS).with("train-images-idx3-ubyte", &IMAGES[..27]);
    let complaint = folder.complaint();
    assert!(complaint.contains("11 bytes behind a header that announces [2, 2, 3]"), "{complaint}");
    assert!(complaint.ends_with("Remove it, and `cargo kata data mnist` fetches it anew"), "{complaint}");
    let folder = folder.with("train-images-idx3-ubyte", &LABELS);
    assert!(folder.complaint().contains("it begins with [0, 0, 8, 1], not with [0, 0, 8, 3]"));
    let folder = folder.with("train-images-idx3-ubyte", &IMAGES[..10]);
    assert!(folder.complaint().contains("its header is cut short"));
    let folder = folder.with("train-images-idx3-ubyte", &IMAGES);
    let folder = folder.with("train-labels-idx1-ubyte", &[0, 0, 8, 1, 0, 0, 0, 1, 7]);
    assert!(folder.complaint().contains("1 labels for 2 images"));
    let folder = folder.with("train-labels-idx1-ubyte", &[0, 0, 8, 1, 0, 0, 0, 2, 7, 10]);
    assert!(folder.complaint().contains("the label 10"));
}

#[test]
fn half_a_packed_file_is_no_file() {
    let half = packed(&IMAGES);
    let folder = Folder::new("half")
        .with("train-images-idx3-ubyte.gz", &half[..half.len() - 6])
        .with("train-labels-idx1-ubyte", &LABELS);
    assert!(folder.complaint().contains("cannot read"));
}

/// A file of labels in the form of the training set, all of them 0.
fn zeros() -> Vec<u8> {
    let mut labels = [0, 0, 8, 1].to_vec();
    labels.extend(60_000_u32.to_be_bytes());
    labels.resize(8 + 60_000, 0);
    labels
}

#[test]
#[ignore = "run by other_contents_are_not_the_published_set"]
fn a_set_in_the_variables_folder() {
    for set in Set::ALL {
        let complaint = bytes(set, Part::Training, Content::Labels).expect_err("other contents");
        println!("{complaint}");
    }
}

/// The form is right, the numbers are not: a law that counts them would blame a right answer.
#[test]
fn other_contents_are_not_the_published_set() {
    let data = std::env::temp_dir().join(format!("katas-{}-other", std::process::id()));
    for set in Set::ALL {
        let folder = data.join(set.name());
        fs::create_dir_all(&folder).expect("a temporary folder can be made");
        for name in FILES {
            fs::write(folder.join(name), if name.contains("train-labels") { zeros() } else { vec![] })
                .expect("a temporary file can be written");
        }
    }
    let program = std::env::current_exe().expect("this program");
    let mut command = std::process::Command::new(program);
    command.args(["--exact", "a_set_in_the_variables_folder", "--ignored", "--nocapture"]);
    let output = command.env("KATAS_DATA", &data).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("train-labels-idx1-ubyte: its CRC-32 is "), "{said}");
    assert!(said.contains("that of mnist is e0cb4ad2: bytes differ. Remove it, and"), "{said}");
    assert!(said.contains("class 0 has 60000 labels, but 6000 in fashion-mnist"), "{said}");
    let _gone_already = fs::remove_dir_all(data);
}
