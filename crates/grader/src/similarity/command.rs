use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use engine::catalog::{Catalog, Kata};
use engine::output::print;
use engine::problem::{Doing, Exit, Problem};
use engine::state::write_whole;
use engine::workspace::Workspace;

use super::published::Published;
use super::report::SimilarityFindings;
use super::text::Work;
use crate::intake::{self, NamedSubmission, is_list};
use crate::report::{self, Shard};
use crate::rules::AssignmentFile;

/// The files that are written.
pub const FILES: [&str; 2] = ["similarity.html", "similarity.json"];

const AFTER: &str = "\
Each submission is compared with all others and with the solutions and wheats of the repository, by its
tokens: renamed, reordered and commented copies are found. Nothing is built or run. Written are
similarity.html, with both texts of each pair side by side, and similarity.json. It is advice: no points
depend on it.

Examples:
  cargo kata grade similarity submissions/ --milestone m01 --out grades
  cargo kata grade similarity submissions/ --assignment assignment.toml --out grades
  cargo kata grade similarity submissions/ last-year/ --out grades";

/// The command line of `similarity`.
#[must_use]
pub fn describe() -> Command {
    let path = value_parser!(PathBuf);
    let option = |name: &'static str, value: &'static str| Arg::new(name).long(name).value_name(value);
    Command::new("similarity")
        .about("Compare the texts of submissions")
        .after_help(AFTER)
        .arg(
            Arg::new("submission")
                .value_name("SUBMISSION")
                .required(true)
                .num_args(1..)
                .value_parser(path.clone())
                .help("As for grading: folders and archives, or a folder of many"),
        )
        .arg(
            option("milestone", "M")
                .action(ArgAction::Append)
                .help("Compare this milestone only, such as m01; as often as you like"),
        )
        .arg(
            option("assignment", "FILE")
                .value_parser(path.clone())
                .conflicts_with("milestone")
                .help("Compare the katas of this assignment"),
        )
        .arg(option("out", "DIR").default_value("grades").value_parser(path).help("Where the page goes"))
}

/// Compares, and prints how much was found.
///
/// # Errors
///
/// [`Problem`] if the repository or a class cannot be read, or nothing can be written.
pub fn run(matches: &ArgMatches) -> Result<Exit, Problem> {
    let paths: Vec<PathBuf> = matches.get_many("submission").into_iter().flatten().cloned().collect();
    let out: PathBuf = matches.get_one("out").cloned().unwrap_or_default();
    let workspace = Workspace::find()?;
    let catalog = Catalog::read(&workspace)?;
    let ids = chosen(matches, &catalog)?;
    let collected = intake::collect(&paths, &report::reserved_names())?;
    collected.stray.iter().for_each(|path| eprintln!("not a submission: {}", path.display()));
    print(&format!(
        "{}\n",
        class(&workspace, &ids.iter().map(String::as_str).collect::<Vec<_>>(), &collected.submissions, &out)?
    ));
    Ok(Exit::Fine)
}

/// The ids of the files that are compared.
fn chosen(matches: &ArgMatches, catalog: &Catalog) -> Result<BTreeSet<String>, Problem> {
    let files = |is_wanted: &dyn Fn(&Kata) -> bool| -> BTreeSet<String> {
        catalog.katas().filter(|kata| is_wanted(kata)).map(|kata| kata.file_id().to_owned()).collect()
    };
    if let Some(path) = matches.get_one::<PathBuf>("assignment") {
        let choice = AssignmentFile::read(path, catalog)?.choice;
        let features: Vec<_> = catalog.milestones.iter().map(|it| (&it.id, &it.feature)).collect();
        let is_in = |kata: &Kata| {
            let mut its = features.iter().filter(|(id, _)| *id == kata.milestone_id());
            its.any(|(_, feature)| choice.milestones.contains(feature)) && choice.has(&kata.id)
        };
        return Ok(files(&is_in));
    }
    let milestones: Vec<&String> = matches.get_many("milestone").into_iter().flatten().collect();
    let of = |name: &str| catalog.milestones.iter().find(|it| it.feature == name).map(|it| it.id.as_str());
    if let Some(unknown) = milestones.iter().find(|name| of(name).is_none()) {
        return Err(Problem::Usage {
            what: format!("there is no milestone {unknown}"),
            remedy: "`cargo kata list` shows all; m01 is the first.".to_owned(),
        });
    }
    let is_in = |kata: &Kata| {
        milestones.is_empty() || milestones.iter().any(|name| of(name) == Some(kata.milestone_id()))
    };
    Ok(files(&is_in))
}

/// Compares the files of these ids in a class, writes the page below `out`, and says in a line what was found.
///
/// # Errors
///
/// As [`run`].
pub fn class(
    workspace: &Workspace,
    ids: &[&str],
    submissions: &[NamedSubmission],
    out: &Path,
) -> Result<String, Problem> {
    eprintln!("comparing {} submissions …", submissions.len());
    let published = Published::read(workspace, ids.iter().copied())?;
    let works: Vec<Work> = submissions.iter().map(|(name, paths)| work(name, paths, ids)).collect();
    let findings = SimilarityFindings::of(works, published);
    let count = findings.pairs.iter().filter(|pair| pair.other.is_some()).count();
    let close = findings.pairs.len() - count;
    fs::create_dir_all(out).doing("make the folder", out)?;
    let texts = [findings.page(), format!("{:#}\n", findings.to_json())];
    for (name, text) in FILES.iter().zip(texts) {
        let path = out.join(name);
        write_whole(&path, text.as_bytes()).doing("write", &path)?;
    }
    let page = out.join(FILES[0]);
    Ok(format!("similarity: {count} pairs, {close} close to what is published: {}", page.display()))
}

/// The same for what was graded, where that is the whole class.
///
/// # Errors
///
/// As [`run`].
pub fn after_grading(
    workspace: &Workspace,
    katas: &[Kata],
    submissions: &[NamedSubmission],
    shard: Shard,
    out: &Path,
) -> Result<String, Problem> {
    if !shard.is_whole() {
        return Ok(
            "similarity: a part of a class is not compared; `cargo kata grade similarity` compares all"
                .to_owned(),
        );
    }
    let ids: BTreeSet<&str> = katas.iter().map(Kata::file_id).collect();
    class(workspace, &ids.into_iter().collect::<Vec<_>>(), submissions, out)
}

/// A submission that cannot be read has no text; grading says why.
fn work(name: &str, paths: &[PathBuf], ids: &[&str]) -> Work {
    let Ok(submission) = intake::read_all(paths, ids) else { return Work::new(name, &BTreeMap::new()) };
    let mut files = submission.files;
    files.extend(submission.helpers.into_iter().filter(|(id, _)| !is_list(id)));
    Work::new(name, &files)
}
