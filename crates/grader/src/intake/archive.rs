use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use flate2::read::GzDecoder;

use super::limits::{LONGEST, MOST_BYTES, too_many};
use super::lms::DownloadName;
use super::submission::{Submission, Taker};

/// Reads an archive without unpacking it anywhere.
pub(super) fn read(path: &Path, wanted: &[&str]) -> Result<Submission, String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    let name = path.to_string_lossy().to_lowercase();
    if name.ends_with(".zip") {
        zip(file, wanted)
    } else if name.ends_with(".tar.gz") || name.ends_with(".tgz") {
        tar(GzDecoder::new(BufReader::new(file)), wanted)
    } else if name.ends_with(".tar") {
        tar(BufReader::new(file), wanted)
    } else if let Some(end) = [".7z", ".rar"].iter().find(|end| name.ends_with(**end)) {
        Err(format!("a {end} archive, which is not read here: ask for a .zip, or unpack it into a folder"))
    } else {
        Err("neither a folder nor an archive (.zip, .tar, .tar.gz) nor a file of Rust".to_owned())
    }
}

/// Whether a file has the name of an archive that is read here.
pub(super) fn is_archive(path: &Path) -> bool {
    let name = path.to_string_lossy().to_lowercase();
    [".zip", ".tar", ".tar.gz", ".tgz"].iter().any(|end| name.ends_with(end))
}

fn broken(error: impl std::fmt::Display) -> String {
    format!("a broken archive: {error}")
}

fn tar(stream: impl Read, wanted: &[&str]) -> Result<Submission, String> {
    let mut taker = Taker::of(wanted);
    // A small archive may unpack to any length.
    let mut archive = tar::Archive::new(stream.take(MOST_BYTES));
    for (seen, entry) in archive.entries().map_err(broken)?.enumerate() {
        too_many(seen)?;
        let entry = entry.map_err(broken)?;
        let path = entry.path().map_err(broken)?.into_owned();
        let kind = entry.header().entry_type();
        if kind.is_dir() || kind.is_pax_global_extensions() {
            continue;
        }
        let bytes = if kind.is_file() { bytes(entry) } else { Err("not a regular file".to_owned()) };
        taker.take(&path, bytes);
    }
    Ok(taker.taken)
}

fn zip(file: File, wanted: &[&str]) -> Result<Submission, String> {
    let mut taker = Taker::of(wanted);
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(broken)?;
    too_many(archive.len())?;
    a_class(archive.file_names().flatten().map(Cow::into_owned))?;
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(broken)?;
        if entry.is_dir() {
            continue;
        }
        // Some programs on Windows write backslashes, which no name of ours has.
        let name = entry.name().map_err(broken)?.replace('\\', "/");
        if name.ends_with('/') {
            continue;
        }
        let path = Path::new(&name).to_owned();
        let bytes = if entry.is_file() { bytes(entry) } else { Err("not a regular file".to_owned()) };
        unpacked += bytes.as_ref().map_or(0, |it| it.len() as u64);
        if unpacked > MOST_BYTES {
            return Err(format!("more than {} MiB", MOST_BYTES >> 20));
        }
        taker.take(&path, bytes);
    }
    Ok(taker.taken)
}

/// Rejects the download of a whole class, of which one learner would count for all.
fn a_class(names: impl Iterator<Item = String>) -> Result<(), String> {
    let owner = |name: String| Some(DownloadName::of(name.split(['/', '\\']).next()?)?.owner);
    let owners: BTreeSet<String> = names.filter_map(owner).collect();
    if owners.len() < 2 {
        return Ok(());
    }
    let many = owners.len();
    Err(format!("the download of a class of {many}: unpack it into a folder, and name that folder"))
}

fn bytes(entry: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read: io::Result<usize> = entry.take(LONGEST + 1).read_to_end(&mut bytes);
    read.map_err(broken)?;
    Ok(bytes)
}
