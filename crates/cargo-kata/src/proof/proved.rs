//! What was proved before, and depends on nothing that has changed since: it is not proved again. The record lies in the target
//! folder, so in a fresh clone, as in CI, everything is proved.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use engine::catalog::Kata;
use engine::hash::Hash;
use engine::machine::{Need, browser, bubblewrap};
use engine::problem::{Doing, Problem};
use engine::state::write_whole;
use engine::workspace::Workspace;

/// Folders that have a part for each milestone.
const TREES: [&str; 5] = ["katas", "solutions", "specimens", "tests", "snapshots"];

/// What is made in the root: by git, by the tools, by the programs of the later milestones.
const MADE: [&str; 7] = [".git", ".kata", "target", "training", "vision", "out", "mutants.out"];

/// The record of what was proved.
pub struct Proved {
    path: PathBuf,
    root: PathBuf,
    /// Every file that a proof can depend on, by its path from the root.
    files: BTreeMap<String, Hash>,
    /// The compiler, and what else of this machine decides what is looked at.
    machine: Hash,
    /// What no milestone owns.
    frame: Hash,
    /// Proofs by their name, with the stamp of what they depended on.
    known: BTreeMap<String, String>,
}

impl Proved {
    /// Reads the record, and all files of the repository.
    #[must_use]
    pub fn read(workspace: &Workspace) -> Self {
        let path = workspace.target().join("kata/proved.txt");
        let mut files = BTreeMap::new();
        read_below(workspace.root(), workspace.root(), &workspace.target(), &mut files);
        let known = on_record(&path);
        let (machine, frame) = (machine(), Hash::of(b"frame"));
        let mut proved = Self { path, root: workspace.root().to_owned(), files, machine, frame, known };
        proved.frame = proved.stamp(|path| milestone_of(path).is_none() && !is_prose(path));
        proved
    }

    /// The stamp of a proof that depends on these files.
    #[must_use]
    pub fn stamp(&self, depends_on: impl Fn(&str) -> bool) -> Hash {
        let mut stamp = self.machine;
        for (path, hash) in self.files.iter().filter(|(path, _)| depends_on(path)) {
            stamp.add(path.as_bytes());
            stamp.add(hash.to_string().as_bytes());
        }
        stamp
    }

    /// The stamp of a proof about one kata: whatever its milestone's katas share, its own file's laws and specimens, and what is
    /// on record of it.
    #[must_use]
    pub fn stamp_of(&self, kata: &Kata) -> Hash {
        let (milestone, file) = (kata.milestone_id(), kata.file_id());
        let mut stamp = self.frame;
        let own = self.stamp(|path| {
            let Some((tree, rest)) = path.split_once('/').filter(|_| milestone_of(path) == Some(milestone))
            else {
                return false;
            };
            match tree {
                "katas" | "solutions" => path.ends_with(".rs"),
                _ => {
                    let is_shared = rest.matches('/').count() == 1 && path.ends_with(".rs");
                    is_shared || rest.starts_with(file)
                }
            }
        });
        stamp.add(own.to_string().as_bytes());
        // With data that are not there their laws are skipped.
        let skipped = kata.laws.iter().map(|law| law.unmet(false));
        stamp.add(format!("{:?}", skipped.collect::<Vec<_>>()).as_bytes());
        for record in ["fingerprints.txt", "equivalents.txt"] {
            let path = self.root.join("specimens").join(milestone).join(record);
            let text = fs::read_to_string(path).unwrap_or_default();
            lines_about(&kata.id, &text).for_each(|line| stamp.add(line.as_bytes()));
        }
        stamp
    }

    /// Whether this was proved, and depended on the same.
    #[must_use]
    pub fn holds(&self, name: &str, stamp: Hash) -> bool {
        self.known.get(name).is_some_and(|hash| *hash == stamp.to_string())
    }

    /// Puts proofs on record.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if the record cannot be written.
    pub fn keep(&mut self, proofs: impl IntoIterator<Item = (String, Hash)>) -> Result<(), Problem> {
        // Another check may have put its own there in the meantime.
        let _alone = KEEPING.lock();
        self.known.extend(on_record(&self.path));
        self.known.extend(proofs.into_iter().map(|(name, stamp)| (name, stamp.to_string())));
        let text: String = self.known.iter().map(|(name, hash)| format!("{hash} {name}\n")).collect();
        fs::create_dir_all(self.path.parent().unwrap_or(&self.root))
            .doing("make the folder of", &self.path)?;
        write_whole(&self.path, text.as_bytes()).doing("write", &self.path)
    }
}

/// Two checks at a time do not write the record at once.
static KEEPING: Mutex<()> = Mutex::new(());

fn on_record(path: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = |line: &str| line.split_once(' ').map(|(hash, name)| (name.to_owned(), hash.to_owned()));
    text.lines().filter_map(line).collect()
}

/// The milestone that owns a file: `m01_linear_algebra` of `tests/m01_linear_algebra/vectors/dot.rs`.
#[must_use]
pub fn milestone_of(path: &str) -> Option<&str> {
    let (tree, rest) = path.split_once('/')?;
    let (milestone, _) = rest.split_once('/')?;
    TREES.contains(&tree).then_some(milestone)
}

/// The lines of a record that name a kata, each with those below it that are indented.
fn lines_about<'a>(id: &'a str, text: &'a str) -> impl Iterator<Item = &'a str> {
    let mut is_about = false;
    text.lines().filter(move |line| {
        is_about =
            if line.starts_with(' ') { is_about } else { line.split([' ', ':']).any(|word| word == id) };
        is_about
    })
}

/// What neither compiles nor is documentation of code: the book, and what lies next to it.
#[must_use]
pub fn is_prose(path: &str) -> bool {
    path.starts_with("book/")
        || path.starts_with(".github/")
        || (path.ends_with(".md") && !path.contains('/'))
}

fn machine() -> Hash {
    let rustc = Command::new("rustc").arg("-vV").output().map(|it| it.stdout).unwrap_or_default();
    let mut machine = Hash::of(&rustc);
    let found = [Need::OpenCv.is_met(false), browser::is_there(), bubblewrap::missing().is_none()];
    machine.add(format!("{found:?} {:?}", std::env::var_os("KATAS_DATA")).as_bytes());
    machine
}

/// All files but those that are made: the target folder, and what the tools remember.
fn read_below(root: &Path, folder: &Path, target: &Path, files: &mut BTreeMap<String, Hash>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let is_made = path == target || (folder == root && MADE.iter().any(|it| name == *it));
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && !is_made => read_below(root, &path, target, files),
            Ok(kind) if kind.is_file() => {
                let below = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.insert(below, Hash::of(&fs::read(&path).unwrap_or_default()));
            }
            _ => {}
        }
    }
}
