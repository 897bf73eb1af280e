use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command, value_parser};
use engine::output::print;
use engine::problem::{Doing, Exit, Problem};
use engine::state::write_whole;
use serde_json::{Value, json};

use super::part::{self, ClassPart, rejected};
use crate::report::shard::Shard;
use crate::report::{class, formats, table};

const AFTER: &str = "\
Each DIR is what `--out` named for one part. All must be of the same assignment, version, seed and mode of
the scan, and no part may be missing. A submission that lies in two of them must have the same verdict in
both.

Examples:
  cargo kata grade submissions/ --seed 4711 --shard 1/2 --out part-1
  cargo kata grade submissions/ --seed 4711 --shard 2/2 --out part-2
  cargo kata grade merge part-1 part-2 --out grades";

/// The command line of `merge`.
#[must_use]
pub fn describe() -> Command {
    let folder = value_parser!(PathBuf);
    Command::new("merge")
        .about("Put the results of several runs together")
        .after_help(AFTER)
        .arg(
            Arg::new("part")
                .value_name("DIR")
                .required(true)
                .help("The results of a part")
                .num_args(1..)
                .value_parser(folder.clone()),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("DIR")
                .required(true)
                .value_parser(folder)
                .help("Where the class goes"),
        )
}

/// Merges, and prints the table of the class.
///
/// # Errors
///
/// [`Problem::Usage`] if the parts do not fit together, [`Problem::File`] if a file cannot be read or written.
pub fn run(matches: &ArgMatches) -> Result<Exit, Problem> {
    let folders: Vec<PathBuf> = matches.get_many("part").into_iter().flatten().cloned().collect();
    let out: PathBuf = matches.get_one("out").cloned().unwrap_or_default();
    let results = merge(&folders, &out)?;
    print(&table::table(&results));
    Ok(class::exit(&results))
}

/// Writes below `out` what one run would have written. Nothing is written where anything does not fit.
///
/// # Errors
///
/// As [`run`].
pub fn merge(folders: &[PathBuf], out: &Path) -> Result<Vec<Value>, Problem> {
    let parts = folders.iter().map(|folder| ClassPart::read(folder)).collect::<Result<Vec<_>, _>>()?;
    let Some(first) = parts.first() else { return Ok(Vec::new()) };
    parts.iter().try_for_each(|part| part.belongs_with(first))?;
    let missing = |number: &usize| !parts.iter().any(|part| part.shard.number == *number);
    let missing: Vec<String> = (1..=first.shard.of).filter(missing).map(|it| it.to_string()).collect();
    if !missing.is_empty() {
        let what = format!("of {} parts these are missing: {}", first.shard.of, missing.join(", "));
        return Err(rejected(what, "A class with a part missing would be a class with learners missing."));
    }
    if out.join("class.json").is_file() {
        // An older merge may be written over, the results of something else may not.
        ClassPart::read(out)?.belongs_with(&whole(first))?;
    }
    let results = together(&parts)?;
    for (from, result) in &results {
        let folder = out.join(result["submission"].as_str().unwrap_or_default());
        fs::create_dir_all(&folder).doing("make the folder", &folder)?;
        let (whole, path) = (part::json(from)?, folder.join("result.json"));
        write_whole(&path, format!("{whole:#}").as_bytes()).doing("write", &path)?;
        formats::submission(&folder, &whole).doing("write the reports in", &folder)?;
    }
    let results: Vec<Value> = results.into_iter().map(|(_, result)| result).collect();
    class::write(out, &summary(first, &results), &results)?;
    Ok(results)
}

/// The results by name; two of one name must agree.
fn together(parts: &[ClassPart]) -> Result<Vec<(&Path, Value)>, Problem> {
    let mut known: BTreeMap<&str, (&ClassPart, &Path, &Value)> = BTreeMap::new();
    for part in parts {
        for (name, path, result) in &part.results {
            let Some((other, _, before)) = known.insert(name, (part, path, result)) else { continue };
            if verdict(before) != verdict(result) {
                let (here, there) = (other.folder.display(), part.folder.display());
                return Err(rejected(
                    format!("{name} has one verdict in {here} and another one in {there}"),
                    "Two submissions of one name? Rename one and grade it again; nothing was merged.",
                ));
            }
        }
    }
    Ok(known.into_values().map(|(_, path, result)| (path, result.clone())).collect())
}

/// What makes two results the same: how long it took, and on which machine, does not.
fn verdict(result: &Value) -> Value {
    let katas = result["katas"].as_array().cloned().unwrap_or_default();
    let kata = |it: &Value| json!([it["kata"], it["state"], it["points"], it["held"]]);
    let katas: Vec<_> = katas.iter().map(kata).collect();
    json!([result["verdict"], result["points"], result["possible"], katas])
}

fn whole(part: &ClassPart) -> ClassPart {
    ClassPart {
        folder: part.folder.clone(),
        class: part.class.clone(),
        shard: Shard::default(),
        results: Vec::new(),
    }
}

fn summary(first: &ClassPart, results: &[Value]) -> Value {
    let mut summary = first.class.clone();
    summary["shard"] = Shard::default().to_json();
    summary["submissions"] = results.iter().map(class::brief).collect();
    summary
}
