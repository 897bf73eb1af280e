use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command, value_parser};
use engine::output::print;
use engine::problem::{Doing, Exit, Problem};
use engine::state::write_whole;
use serde_json::{Value, json};

use super::part::{self, ClassPart, rejected};
use crate::report::lms::{ExportRules, export};
use crate::report::shard::Shard;
use crate::report::words::failures;
use crate::report::{class, formats, marks, regrade, table};
use crate::roster::{Roster, join};

const AFTER: &str = "\
Each DIR is what `--out` named for one part. All must be of the same assignment, version, seed and mode of
the scan, and no part may be missing. A submission that lies in two of them must have the same verdict in
both.

Examples:
  cargo kata grade submissions/ --seed 4711 --shard 1/2 --out part-1
  cargo kata grade submissions/ --seed 4711 --shard 2/2 --out part-2
  cargo kata grade merge part-1 part-2 --roster roster.csv --out grades";

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
        .arg(
            Arg::new("roster")
                .long("roster")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("The learners: who is missing, and grades as Moodle and Canvas import them"),
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
    let roster = matches.get_one("roster").map(|path: &PathBuf| Roster::read(path)).transpose()?;
    let (results, remarks) = merge_with(&folders, roster.as_ref(), &out)?;
    print(&table::table(&results));
    remarks.iter().chain(&failures(&results)).for_each(|line| eprintln!("{line}"));
    Ok(class::exit(&results))
}

/// Writes below `out` what one run would have written. Nothing is written where anything does not fit.
///
/// # Errors
///
/// As [`run`].
pub fn merge(folders: &[PathBuf], out: &Path) -> Result<Vec<Value>, Problem> {
    merge_with(folders, None, out).map(|(results, _)| results)
}

/// As [`merge`], with the learners of a roster; also returns what an instructor should know.
///
/// # Errors
///
/// As [`run`].
pub fn merge_with(
    folders: &[PathBuf],
    roster: Option<&Roster>,
    out: &Path,
) -> Result<(Vec<Value>, Vec<String>), Problem> {
    let parts = folders.iter().map(|folder| ClassPart::read(folder)).collect::<Result<Vec<_>, _>>()?;
    let Some(first) = parts.first() else { return Ok(Default::default()) };
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
    let mut results = together(&parts)?;
    let rules = ExportRules::read(&first.class["exports"]);
    let names: Vec<String> = results.iter().map(|(_, result)| name(result)).collect();
    let joined = roster.map(|roster| join(roster, &names, rules.groups)).unwrap_or_default();
    let learners = roster.map(|roster| joined.named(roster)).unwrap_or_default();
    for (from, result) in &mut results {
        let folder = out.join(name(result));
        fs::create_dir_all(&folder).doing("make the folder", &folder)?;
        let (mut whole, path) = (part::json(from)?, folder.join("result.json"));
        if let Some(learners) = learners.get(&name(result)) {
            result["learners"] = marks::learners(learners);
            whole["learners"] = result["learners"].clone();
        }
        write_whole(&path, format!("{whole:#}").as_bytes()).doing("write", &path)?;
        formats::submission(&folder, &whole).doing("write the reports in", &folder)?;
    }
    let mut results: Vec<Value> = results.into_iter().map(|(_, result)| result).collect();
    let mut summary = summary(first, &results);
    let mut remarks = regrade::note(out, &summary, &mut results)?;
    if let Some(roster) = roster {
        remarks.extend(export(out, roster, &joined, &rules, true, &mut summary, &results)?);
    }
    class::write(out, &summary, &results)?;
    Ok((results, remarks))
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

fn name(result: &Value) -> String {
    result["submission"].as_str().unwrap_or_default().to_owned()
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
