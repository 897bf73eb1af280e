use std::fs;
use std::path::{Component, Path, PathBuf};

use engine::problem::{Doing, Problem};
use serde_json::Value;

use crate::report::class::slim;
use crate::report::shard::Shard;

/// The results of one run of the grader.
pub(super) struct ClassPart {
    pub(super) folder: PathBuf,
    pub(super) class: Value,
    pub(super) shard: Shard,
    /// Names, and where their results lie, with what the class needs of each.
    pub(super) results: Vec<(String, PathBuf, Value)>,
}

/// What must be the same in all parts, with its name for people.
const COMMON: [(&str, &str); 7] = [
    ("schema", "form of results"),
    ("version", "version of the grader"),
    ("assignment", "assignment"),
    ("features", "choice of milestones"),
    ("rules", "assignment file"),
    ("seed", "seed"),
    ("scan", "mode of the scan"),
];

impl ClassPart {
    /// Reads a folder of results.
    pub(super) fn read(folder: &Path) -> Result<Self, Problem> {
        let path = folder.join("class.json");
        if !path.is_file() {
            return Err(rejected(
                format!("{} is no folder of results: it has no class.json", folder.display()),
                "A run of the grader writes class.json when it ends. Did this one end?",
            ));
        }
        let class = json(&path)?;
        let shard = Shard::read(&class["shard"]).ok_or_else(|| not_ours(&path))?;
        let listed = class["submissions"].as_array().ok_or_else(|| not_ours(&path))?;
        let mut results = Vec::new();
        for entry in listed {
            let name =
                entry["submission"].as_str().filter(|name| is_name(name)).ok_or_else(|| not_ours(&path))?;
            let path = folder.join(name).join("result.json");
            if !path.is_file() {
                return Err(rejected(
                    format!("{} lists {name}, and has no result of it", folder.display()),
                    "Was the folder copied whole? Grading that part again makes it whole.",
                ));
            }
            let result = json(&path)?;
            let same =
                ["submission", "verdict", "points", "possible"].iter().all(|it| result[it] == entry[it]);
            if !same {
                return Err(rejected(
                    format!("{} says otherwise of {name} than its result", folder.display()),
                    "Grade that part again: `cargo kata grade` with the same --out resumes where it stopped.",
                ));
            }
            results.push((name.to_owned(), path, slim(result)));
        }
        Ok(Self { folder: folder.to_owned(), class, shard, results })
    }

    /// Rejects a part of something else.
    pub(super) fn belongs_with(&self, first: &Self) -> Result<(), Problem> {
        for (key, what) in COMMON {
            if self.class[key] == first.class[key] {
                continue;
            }
            let (here, there) = (self.folder.display(), first.folder.display());
            // The seed stays out of this too: logs are read by many.
            let values = match key {
                "seed" => String::new(),
                _ => format!(" ({} and {})", self.class[key], first.class[key]),
            };
            return Err(rejected(
                format!("{here} and {there} differ in the {what}{values}"),
                "Only parts of one assignment, graded alike, make a class. Grade the odd one again.",
            ));
        }
        if self.shard.of != first.shard.of {
            return Err(rejected(
                format!(
                    "{} is one of {} parts, {} one of {}",
                    self.folder.display(),
                    self.shard.of,
                    first.folder.display(),
                    first.shard.of
                ),
                "Grade all parts with the same number after the stroke of --shard.",
            ));
        }
        Ok(())
    }
}

/// A name becomes a folder below another one, and nothing else.
fn is_name(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None)) && !name.contains('\\')
}

pub(super) fn json(path: &Path) -> Result<Value, Problem> {
    let text = fs::read_to_string(path).doing("read", path)?;
    serde_json::from_str(&text).map_err(|_| not_ours(path))
}

fn not_ours(path: &Path) -> Problem {
    rejected(
        format!("{} was not written by this grader, or not whole", path.display()),
        "Grade that part again, and merge the folder that --out names.",
    )
}

pub(super) fn rejected(what: String, remedy: &str) -> Problem {
    Problem::Usage { what, remedy: remedy.to_owned() }
}
