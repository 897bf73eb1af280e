//! `cargo kata grade`.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use engine::catalog::Catalog;
use engine::output::{failure, print};
use engine::problem::{Doing, Exit, Problem};
use engine::workspace::Workspace;
use grader::class;
use grader::intake::{Collected, NamedSubmission};
use grader::judge::{GradingConditions, Plan, Timeouts};
use grader::register::Register;
use grader::report::lms::ExportRules;
use grader::report::{self, Shard, View, merge, regrade, seed, text};
use grader::roster::Roster;
use grader::rules::{AssignmentFile, OverridesFile};
use grader::scan::Mode;
use grader::similarity;
use serde_json::Value;

/// Also what `cargo kata grade --help` prints, before anything is built.
const HELP: &str = include_str!("help.txt");

fn command_line() -> Command {
    let option = |name: &'static str, value: &'static str| Arg::new(name).long(name).value_name(value);
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    Command::new("cargo kata grade")
        .bin_name("cargo kata grade")
        .override_help(HELP)
        .args_conflicts_with_subcommands(true)
        .subcommand_negates_reqs(true)
        .disable_help_subcommand(true)
        .subcommand(merge::describe())
        .subcommand(similarity::describe())
        .arg(
            Arg::new("submission")
                .value_name("SUBMISSION")
                .required_unless_present_any(["crossing", "prepare"])
                .num_args(1..)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(option("out", "DIR").default_value("grades").value_parser(value_parser!(PathBuf)))
        .arg(option("seed", "N").value_parser(value_parser!(u64)))
        .arg(option("jobs", "N").value_parser(value_parser!(u16).range(1..=64)))
        .arg(option("scan", "MODE").default_value("advise").value_parser(Mode::WORDS))
        .arg(option("shard", "I/N").value_parser(value_parser!(Shard)))
        .arg(option("milestone", "M").action(ArgAction::Append))
        .arg(
            option("assignment", "FILE")
                .value_parser(value_parser!(PathBuf))
                .conflicts_with_all(["milestone", "scan"]),
        )
        .arg(option("roster", "FILE").value_parser(value_parser!(PathBuf)))
        .arg(option("overrides", "FILE").value_parser(value_parser!(PathBuf)))
        .args(["single", "prepare", "json", "similarity", "dry-run"].map(flag))
        .arg(flag("crossing").exclusive(true))
}

fn main() -> ExitCode {
    let exit = match command_line().try_get_matches() {
        Ok(matches) => run(&matches).unwrap_or_else(|problem| {
            eprintln!("✗ {problem}");
            problem.remedy().iter().for_each(|line| eprintln!("  {line}"));
            problem.exit()
        }),
        Err(error) => {
            // The terminal may be gone.
            let _ = error.print();
            if error.use_stderr() { Exit::Usage } else { Exit::Fine }
        }
    };
    match failure() {
        Some(why) => {
            eprintln!("cannot write to standard output: {why}");
            ExitCode::from(Exit::Environment as u8)
        }
        None => ExitCode::from(exit as u8),
    }
}

fn run(matches: &ArgMatches) -> Result<Exit, Problem> {
    if let Some(("merge", matches)) = matches.subcommand() {
        return merge::run(matches);
    }
    if let Some(("similarity", matches)) = matches.subcommand() {
        return similarity::run(matches);
    }
    if matches.get_flag("crossing") {
        return report::crossing();
    }
    let paths: Vec<PathBuf> = matches.get_many("submission").into_iter().flatten().cloned().collect();
    let out: PathBuf = matches.get_one("out").cloned().unwrap_or_default();
    let milestones: Vec<String> = matches.get_many("milestone").into_iter().flatten().cloned().collect();
    let jobs = matches.get_one::<u16>("jobs").map_or_else(cores, |jobs| usize::from(*jobs));
    let shard = matches.get_one::<Shard>("shard").copied().unwrap_or_default();
    let workspace = Workspace::find()?;
    let catalog = Catalog::read(&workspace)?;
    let read = |path: &PathBuf| AssignmentFile::read(path, &catalog);
    let file = matches.get_one("assignment").map(read).transpose()?;
    let scan = matches.get_one::<String>("scan").and_then(|it| Mode::of(it)).unwrap_or(Mode::Advise);
    let scan = file.as_ref().map_or(scan, |file| file.scan);
    let Collected { submissions: all, stray } = match matches.get_flag("single") {
        true => Collected { submissions: class::each_by_itself(&paths), ..Collected::default() },
        false => class::collect(&paths)?,
    };
    for path in stray {
        eprintln!("not a submission: {}", path.display());
    }
    let mine = all.iter().enumerate().filter(|(place, _)| shard.takes(*place));
    let mine: Vec<_> = mine.map(|(_, submission)| submission.clone()).collect();
    let asked = matches.get_one::<u64>("seed").copied();
    let asked = asked.or(file.as_ref().and_then(|file| file.seed.fixed()));
    if !shard.is_whole() && asked.is_none() {
        return Err(Problem::Usage {
            what: "a part of a class needs the seed of the other parts".to_owned(),
            remedy: "Name it with `--seed N`, or with `seed = N` in the assignment file.".to_owned(),
        });
    }
    let plan = match &file {
        Some(file) => {
            let plan = Plan::new(workspace, &file.choice.milestones)?;
            plan.only(|kata| file.choice.has(&kata.id)).requiring(file.assurance)
        }
        None => Plan::new(workspace, &milestones)?,
    };
    let register = register(matches, file.as_ref(), &all)?;
    let overrides = matches.get_one("overrides").or(file.as_ref().and_then(|it| it.overrides.as_ref()));
    let overrides = overrides.map(|path| OverridesFile::read(path, &catalog)).transpose()?;
    overrides.as_ref().map_or(Ok(()), |it| it.only(&|kata| plan.has(kata)))?;
    let marker = register.marker(file.as_ref(), overrides.as_ref())?;
    if matches.get_flag("dry-run") {
        let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        print(&report::dry_run(&plan.assurances(), &names, &marker));
        register.remarks().iter().for_each(|line| eprintln!("{line}"));
        return Ok(Exit::Fine);
    }
    let seed = if matches.get_flag("prepare") { 0 } else { seed::of(&out, asked)? };
    let prepared = plan.prepare(&mut |doing| eprintln!("{doing} …"))?;
    if matches.get_flag("prepare") {
        return Ok(Exit::Fine);
    }
    let assignment = prepared.assign(GradingConditions { seed, scan, timeouts: Timeouts::default() })?;
    let not_graded = |kata| Some((kata, assignment.not_graded(kata)?));
    for (kata, why) in assignment.katas().iter().filter_map(not_graded) {
        eprintln!("not graded: {}: {why}", kata.id);
    }
    fs::create_dir_all(&out).doing("make the folder", &out)?;
    let (total, json) = (mine.len(), matches.get_flag("json"));
    let count = AtomicUsize::new(0);
    let mut results =
        class::run(&assignment, mine, &out, jobs.min(total.max(1)), &marker, &|result, known| {
            let number = 1 + count.fetch_add(1, Ordering::Relaxed);
            if json {
                print(&format!("{}\n", text::one_json_line(result)));
            } else {
                say(result, known, number, total);
            }
        })?;
    let mut summary = report::class::summary(&assignment, shard, &marker, &results);
    let mut remarks = regrade::note(&out, &summary, &mut results)?;
    remarks.extend(register.export(&out, shard.is_whole(), &mut summary, &results)?);
    if matches.get_flag("similarity") || file.as_ref().is_some_and(|it| it.similarity) {
        remarks.push(similarity::after_grading(
            assignment.workspace(),
            assignment.katas(),
            &all,
            shard,
            &out,
        )?);
        if let Some(files) = summary["files"].as_array_mut().filter(|_| shard.is_whole()) {
            files.push("similarity.html".into());
        }
    }
    report::class::write(&out, &summary, &results)?;
    if !json {
        print(&format!("\n{}", report::table(&results)));
    }
    remarks.extend(report::failures(&results));
    remarks.push(format!("the class: {}", out.join("class.html").display()));
    remarks.iter().for_each(|line| eprintln!("{line}"));
    Ok(report::class::exit(&results))
}

/// Who is in the class, as far as a roster says it.
fn register(
    matches: &ArgMatches,
    file: Option<&AssignmentFile>,
    submissions: &[NamedSubmission],
) -> Result<Register, Problem> {
    let roster = matches.get_one("roster").or(file.and_then(|it| it.roster.as_ref()));
    let roster = roster.map(|path: &PathBuf| Roster::read(path)).transpose()?;
    Ok(Register::new(submissions, roster, ExportRules::of(file)))
}

/// A verdict for a person, as it comes.
fn say(result: &Value, known: bool, number: usize, total: usize) {
    let text = |key: &str| result[key].as_str().unwrap_or_default().to_owned();
    print(&format!(
        "[{number}/{total}] {}  {}/{}  {}  {}{}\n",
        text("submission"),
        result["points"],
        result["possible"],
        text("verdict"),
        // Learners may have a say in what went wrong, and runners read what is printed.
        text::line(&text("error"), 300),
        if known { "  (known already)" } else { "" }
    ));
    View::of(result).advice.iter().take(20).for_each(|line| print(&format!("    {line}\n")));
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_has_every_option() {
        let command = command_line();
        command.clone().debug_assert();
        for option in command.get_opts().filter_map(Arg::get_long) {
            assert!(HELP.contains(&format!("\n      --{option} ")), "{option}");
        }
    }
}
