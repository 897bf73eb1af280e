//! The pictures in the book are drawn from the snapshots: what a chapter shows is what the reader's own kata draws. Where
//! there is none (a trained network, which no law keeps), the figure lies next to its picture.
//!
//! `KATAS_PICTURES=write cargo test -p draw --test book` draws them anew.
#![cfg(feature = "files")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use kit::Figure;

const PLACE: &str = "pictures/";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn pictures() -> PathBuf {
    root().join("book/src").join(PLACE)
}

/// The pictures that the chapters show, as `milestone/file/name`.
fn shown() -> BTreeSet<String> {
    let chapters = fs::read_dir(root().join("book/src")).expect("the folder is there").flatten();
    let texts =
        chapters.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|it| it == "md"));
    let mut names = BTreeSet::new();
    for text in texts.map(|path| fs::read_to_string(path).expect("a text")) {
        let mark = format!("]({PLACE}");
        let places = text.split(&mark).skip(1).filter_map(|rest| rest.split(')').next());
        names.extend(places.map(|place| place.strip_suffix(".svg").expect("an SVG").to_owned()));
    }
    names
}

fn drawn(name: &str) -> String {
    let snapshot = fs::read_to_string(root().join("snapshots").join(format!("{name}.snap")));
    let text = match &snapshot {
        Ok(text) => text.splitn(3, "---\n").nth(2).expect("a snapshot has a head").to_owned(),
        Err(_) => fs::read_to_string(pictures().join(format!("{name}.figure")))
            .unwrap_or_else(|error| panic!("{name}: neither a snapshot nor a figure next to it: {error}")),
    };
    draw::svg(&text.parse::<Figure>().expect("a figure")).expect("a picture")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn each_picture_is_what_its_snapshot_draws() {
    let folder = pictures();
    let write = env::var_os("KATAS_PICTURES").is_some_and(|value| value == "write");
    for name in shown() {
        let (file, svg) = (folder.join(format!("{name}.svg")), drawn(&name));
        if write {
            fs::create_dir_all(file.parent().expect("it has a folder")).expect("a folder");
            fs::write(&file, &svg).expect("a file");
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert!(
            kept == svg,
            "{name}: another picture; `KATAS_PICTURES=write cargo test -p draw --test book` draws it"
        );
    }
}

#[test]
fn no_picture_is_left_behind() {
    let folder = pictures();
    let kept = files(&folder).into_iter().map(|file| {
        let name = file.strip_prefix(&folder).expect("it is below").with_extension("");
        name.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    });
    let unused: Vec<String> = kept.filter(|name| !shown().contains(name)).collect();
    assert!(unused.is_empty(), "no chapter shows {unused:?}");
}
