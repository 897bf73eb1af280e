//! From a source to the folder: as a whole, or not at all.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::catalogue::{self, Collection};
use crate::check::{Form, recognise};
use crate::part::Part;
use crate::{Failure, Source, Watch};

/// How a file came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It was there, and right.
    WasThere,
    /// It was fetched.
    Fetched,
}

/// A file that is there now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// Where.
    pub path: PathBuf,
    /// How it came.
    pub way: Way,
}

/// Sees to it that all files of a collection are in this folder; what is there and right stays.
///
/// Each file is taken from the first of the sources that has it.
///
/// # Errors
///
/// [`Failure`] for the first file that could not be had. The files before it are there, and what has come of it is kept.
pub fn deliver(
    collection: &Collection,
    sources: &[Source],
    into: &Path,
    watch: Watch,
) -> Result<Vec<Delivered>, Failure> {
    fs::create_dir_all(into).map_err(Failure::local("make the folder", into))?;
    collection.files.iter().map(|file| one(file, sources, into, watch)).collect()
}

fn one(file: &catalogue::File, sources: &[Source], into: &Path, watch: Watch) -> Result<Delivered, Failure> {
    for path in [into.join(&file.name), into.join(format!("{}.gz", file.name))] {
        let known = || recognise(|| File::open(&path), file).map_err(Failure::local("read", &path));
        if path.is_file() && known()?.is_ok() {
            return Ok(Delivered { path, way: Way::WasThere });
        }
    }
    let mut failures = Vec::new();
    for source in sources {
        match from(source, file, into, watch) {
            Err(failure) if failure.is_the_sources() => failures.push(failure),
            done => return done,
        }
    }
    Err(Failure::Everywhere(failures))
}

fn from(source: &Source, file: &catalogue::File, into: &Path, watch: Watch) -> Result<Delivered, Failure> {
    let mut part = Part::open(into.join(format!("{}.part", file.name)))?;
    let resumed = part.length()? > 0;
    let mut outcome = fetched(source, file, &mut part, watch);
    if resumed && matches!(outcome, Err(Failure::WrongSum { .. })) {
        // What was left from last time may have been of another source: once more, from the beginning.
        part.clear()?;
        outcome = fetched(source, file, &mut part, watch);
    }
    match outcome {
        Ok(Form::Packed) => part.becomes(&into.join(format!("{}.gz", file.name))),
        Ok(Form::Unpacked) => part.becomes(&into.join(&file.name)),
        Err(failure) => {
            if matches!(failure, Failure::WrongSum { .. }) || part.length()? == 0 {
                part.remove()?;
            }
            Err(failure)
        }
    }
}

/// Fetches and checks.
fn fetched(source: &Source, file: &catalogue::File, part: &mut Part, watch: Watch) -> Result<Form, Failure> {
    let from = match source {
        Source::Folder(folder) => copied(folder, file, part, watch)?,
        #[cfg(feature = "http")]
        Source::Address(address) => {
            let url = format!("{address}{}.gz", file.name);
            crate::http::download(&url, part, &mut |have, all| watch(&file.name, have, all))?;
            url
        }
        #[cfg(not(feature = "http"))]
        Source::Address(address) => {
            let why = "built without the cargo feature `http`".to_owned();
            return Err(Failure::Unreachable { from: address.clone(), why });
        }
    };
    part.recognise(file)?.map_err(|got| Failure::WrongSum { from, got, wanted: file.packed.clone() })
}

fn copied(folder: &Path, file: &catalogue::File, part: &mut Part, watch: Watch) -> Result<String, Failure> {
    let [packed, unpacked] = [folder.join(format!("{}.gz", file.name)), folder.join(&file.name)];
    let Some(path) = [&packed, &unpacked].into_iter().find(|path| path.is_file()) else {
        return Err(Failure::Missing { from: packed.display().to_string() });
    };
    part.clear()?;
    let mut from = File::open(path).map_err(Failure::local("read", path))?;
    let all = from.metadata().map(|about| about.len()).ok();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(path.display().to_string()),
            Ok(n) => watch(&file.name, part.add(&buffer[..n])?, all),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Failure::local("read", path)(error)),
        }
    }
}
