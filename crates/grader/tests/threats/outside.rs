//! What an attack may have changed where it has no business: files of the repository and of the grader, files of its user
//! anywhere, processes that are left.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use grader::judge::Assignment;
use grader::sandbox::Sandbox;

/// Where every user of a system may write.
const COMMON: [&str; 5] = ["/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run"];

/// Everything that must not change, at one moment.
pub struct Outside {
    files: BTreeSet<(PathBuf, u64, i64, i64)>,
}

impl Outside {
    pub fn look(assignment: &Assignment, slots: &[usize]) -> Self {
        let mut files = BTreeSet::new();
        let root = assignment.workspace().root();
        let own: Vec<PathBuf> =
            slots.iter().map(|slot| assignment.folder().join(format!("slot-{slot}"))).collect();
        let users: Vec<u32> = slots.iter().filter_map(|slot| user(*slot)).collect();
        let target = assignment.workspace().target();
        let is_ours = |path: &Path| own.iter().all(|own| path != own) && !path.ends_with(".git");
        for top in fs::read_dir(root).expect("the repository").flatten().map(|it| it.path()) {
            if top != target {
                walk(&top, &is_ours, &mut |path, it| {
                    files.insert((path.to_owned(), it.len(), it.mtime(), it.mtime_nsec()));
                });
            }
        }
        // Where it builds; the records of the laws come and go.
        let is_kept = |path: &Path| is_ours(path) && !path.ends_with("kata") && !path.ends_with("inside");
        walk(assignment.folder(), &is_kept, &mut |path, it| {
            files.insert((path.to_owned(), it.len(), it.mtime(), it.mtime_nsec()));
        });
        let is_its = |it: &Metadata| users.contains(&it.uid());
        for folder in COMMON {
            // The repository itself may lie there.
            walk(Path::new(folder), &is_ours, &mut |path, it| {
                if is_its(it) || path.to_string_lossy().contains("katas-note") {
                    files.insert((path.to_owned(), it.len(), it.mtime(), it.mtime_nsec()));
                }
            });
        }
        Self { files }
    }

    /// What is there now and was not, or no longer.
    pub fn changes(&self, now: &Self) -> Vec<String> {
        let changed = self.files.symmetric_difference(&now.files);
        let names: BTreeSet<_> = changed.map(|(path, ..)| path.display().to_string()).collect();
        names.into_iter().collect()
    }
}

/// The processes that were left, by their names: those of the slot's user, or where the grader is no root, all that are
/// called as what runs in a sandbox.
pub fn processes(slot: usize) -> Vec<String> {
    let numbers = fs::read_dir("/proc").expect("the system's processes").flatten();
    let numbers = numbers.filter(|it| it.file_name().to_string_lossy().bytes().all(|it| it.is_ascii_digit()));
    let named = numbers.filter_map(|it| {
        let name = fs::read_to_string(it.path().join("comm")).ok()?.trim().to_owned();
        let is_its = |user| fs::metadata(it.path()).is_ok_and(|it| it.uid() == user);
        let is_left = user(slot).map_or(name == "worker" || name == "supervisor", is_its);
        is_left.then(|| format!("process {name}"))
    });
    named.collect()
}

/// The user that a slot's programs run as; where the grader is no root, our own, which distinguishes nothing.
fn user(slot: usize) -> Option<u32> {
    static SANDBOX: OnceLock<Sandbox> = OnceLock::new();
    SANDBOX.get_or_init(|| Sandbox::find().expect("bubblewrap is installed")).user(slot)
}

fn walk(path: &Path, goes_in: &dyn Fn(&Path) -> bool, look: &mut dyn FnMut(&Path, &Metadata)) {
    let Ok(found) = fs::symlink_metadata(path) else { return };
    if !goes_in(path) {
        return;
    }
    if found.is_dir() {
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        entries.for_each(|it| walk(&it.path(), goes_in, look));
    } else {
        look(path, &found);
    }
}
