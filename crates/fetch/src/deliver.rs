//! From a source to the folder: as a whole, or not at all.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::catalog::{self, Collection};
use crate::check::{Form, recognize};
use crate::delivered::{Delivered, Way};
use crate::part::Part;
use crate::source::places;
use crate::{FetchError, Provider, Watch};

/// Makes sure that all files of a collection are in this folder; a file that is there and right stays.
///
/// Each file is taken from the first of the sources that has it.
///
/// # Errors
///
/// [`FetchError`] for the first file whose download or copy failed. The files before it are there, and what has come of it
/// is kept. From a single file as the only source, [`FetchError::Incomplete`] names the others that are not there.
pub fn deliver(
    collection: &Collection,
    sources: &[Provider],
    into: &Path,
    watch: Watch,
) -> Result<Vec<Delivered>, FetchError> {
    fs::create_dir_all(into).map_err(FetchError::local("make the folder", into))?;
    if let [Provider::File(path)] = sources {
        return single(collection, path, into, watch);
    }
    let set = &collection.name;
    collection.files.iter().map(|file| one(set, file, sources, into, watch)).collect()
}

/// Takes one file for what its SHA-256 says it is.
fn single(
    collection: &Collection,
    path: &Path,
    into: &Path,
    watch: Watch,
) -> Result<Vec<Delivered>, FetchError> {
    let (mut there, mut missing, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for file in &collection.files {
        let found = recognize(|| File::open(path), file).map_err(FetchError::local("read", path))?;
        let source = found.is_ok().then(|| Provider::File(path.to_owned()));
        wrong.extend(found.err());
        match one(&collection.name, file, source.as_slice(), into, watch) {
            Ok(delivered) => there.push(delivered),
            Err(FetchError::Everywhere(failures)) if failures.is_empty() => missing.push(file.name.clone()),
            Err(failure) => return Err(failure),
        }
    }
    if wrong.len() == collection.files.len() {
        let (from, set, got) = (path.to_owned(), collection.name.clone(), wrong.swap_remove(0));
        return Err(FetchError::NoneOf { from, set, got });
    }
    if missing.is_empty() { Ok(there) } else { Err(FetchError::Incomplete { there, missing }) }
}

fn one(
    set: &str,
    file: &catalog::PublishedFile,
    sources: &[Provider],
    into: &Path,
    watch: Watch,
) -> Result<Delivered, FetchError> {
    let unpacked = into.join(&file.name);
    let mut shadow = None;
    for path in [unpacked.clone(), into.join(format!("{}.gz", file.name))] {
        if !path.is_file() {
            continue;
        }
        let known = recognize(|| File::open(&path), file).map_err(FetchError::local("read", &path))?;
        if known.is_ok() {
            let delivered = Delivered { path, way: Way::WasThere, aside: None };
            return set_aside(delivered, shadow);
        }
        // Who reads the set takes the unpacked file first.
        shadow = shadow.or((path == unpacked).then_some(path));
    }
    let mut failures = Vec::new();
    for source in sources {
        match from(source, set, file, into, watch) {
            Err(failure) if failure.is_the_sources() => failures.push(failure),
            Err(failure) => return Err(failure),
            Ok(delivered) => return set_aside(delivered, shadow),
        }
    }
    Err(FetchError::Everywhere(failures))
}

/// A wrong file next to the right one is renamed, not removed: it may be somebody's.
fn set_aside(delivered: Delivered, shadow: Option<PathBuf>) -> Result<Delivered, FetchError> {
    let Some(shadow) = shadow.filter(|shadow| *shadow != delivered.path) else { return Ok(delivered) };
    let mut name = shadow.clone().into_os_string();
    name.push(".wrong");
    let aside = PathBuf::from(name);
    fs::rename(&shadow, &aside).map_err(FetchError::local("rename", &shadow))?;
    Ok(Delivered { aside: Some(aside), ..delivered })
}

fn from(
    source: &Provider,
    set: &str,
    file: &catalog::PublishedFile,
    into: &Path,
    watch: Watch,
) -> Result<Delivered, FetchError> {
    let mut part = Part::open(into.join(format!("{}.part", file.name)))?;
    let resumed = part.length()? > 0;
    let mut outcome = fetched(source, set, file, &mut part, watch);
    if resumed && matches!(outcome, Err(FetchError::WrongSum { .. })) {
        // What was left from last time may have been of another source: once more, from the beginning.
        part.clear()?;
        outcome = fetched(source, set, file, &mut part, watch);
    }
    match outcome {
        Ok(Form::Packed) => part.becomes(&into.join(format!("{}.gz", file.name))),
        Ok(Form::Unpacked) => part.becomes(&into.join(&file.name)),
        Err(failure) => {
            if matches!(failure, FetchError::WrongSum { .. }) || part.length()? == 0 {
                part.remove()?;
            }
            Err(failure)
        }
    }
}

/// Fetches and checks.
fn fetched(
    source: &Provider,
    set: &str,
    file: &catalog::PublishedFile,
    part: &mut Part,
    watch: Watch,
) -> Result<Form, FetchError> {
    match source {
        Provider::File(path) => copied(path, file, part, watch),
        Provider::Folder(folder) => {
            let mut outcome = Err(FetchError::Missing {
                from: folder.join(format!("{}.gz", file.name)).display().to_string(),
            });
            for path in places(folder, set, &file.name).into_iter().filter(|path| path.is_file()) {
                outcome = copied(&path, file, part, watch);
                if !matches!(outcome, Err(FetchError::WrongSum { .. })) {
                    break;
                }
            }
            outcome
        }
        #[cfg(feature = "http")]
        Provider::Address(address) => {
            let url = format!("{address}{}.gz", file.name);
            crate::http::download(&url, part, &mut |have, all| watch(&file.name, have, all))?;
            let wanted = file.packed.clone();
            part.recognize(file)?.map_err(|got| FetchError::WrongSum {
                from: url,
                got,
                wanted,
                copied: false,
            })
        }
        #[cfg(not(feature = "http"))]
        Provider::Address(address) => {
            let why = "built without the cargo feature `http`".to_owned();
            Err(FetchError::Unreachable { from: address.clone(), why })
        }
    }
}

fn copied(
    path: &Path,
    file: &catalog::PublishedFile,
    part: &mut Part,
    watch: Watch,
) -> Result<Form, FetchError> {
    part.clear()?;
    let mut from = File::open(path).map_err(FetchError::local("read", path))?;
    let all = from.metadata().map(|about| about.len()).ok();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => watch(&file.name, part.add(&buffer[..n])?, all),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(FetchError::local("read", path)(error)),
        }
    }
    let (from, wanted) = (path.display().to_string(), file.packed.clone());
    part.recognize(file)?.map_err(|got| FetchError::WrongSum { from, got, wanted, copied: true })
}
