//! `cargo kata grade`.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use engine::catalogue::Catalogue;
use engine::problem::{Doing, Exit, Problem};
use engine::workspace::Workspace;
use grader::assignment::Assignment;
use grader::class;
use grader::merge::{self, Shard};
use grader::report::{View, text};
use grader::scan::{Mode, Policy};
use grader::{seed, slot, submission};

/// Also what `cargo kata grade --help` tells, before anything is built.
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
        // Parts that draw otherwise are no class.
        .arg(option("shard", "I/N").value_parser(value_parser!(Shard)).requires("seed"))
        .arg(option("milestone", "M").action(ArgAction::Append))
        .args(["single", "prepare", "json"].map(flag))
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
            let _nobody_reads = error.print();
            if error.use_stderr() { Exit::Usage } else { Exit::Fine }
        }
    };
    ExitCode::from(exit as u8)
}

fn run(matches: &ArgMatches) -> Result<Exit, Problem> {
    if let Some(("merge", matches)) = matches.subcommand() {
        return merge::run(matches);
    }
    if matches.get_flag("crossing") {
        return crossing();
    }
    let paths: Vec<PathBuf> = matches.get_many("submission").into_iter().flatten().cloned().collect();
    let out: PathBuf = matches.get_one("out").cloned().unwrap_or_default();
    let milestones: Vec<String> = matches.get_many("milestone").into_iter().flatten().cloned().collect();
    let jobs = matches.get_one::<u16>("jobs").map_or_else(cores, |jobs| usize::from(*jobs));
    let json = matches.get_flag("json");
    let shard = matches.get_one::<Shard>("shard").copied().unwrap_or_default();
    let mode = matches.get_one::<String>("scan").and_then(|it| Mode::of(it)).unwrap_or(Mode::Advise);
    let whole = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    let named = |path: &PathBuf| (submission::name(path), whole(path));
    let all =
        if matches.get_flag("single") { paths.iter().map(named).collect() } else { class::collect(&paths)? };
    let waiting: Vec<_> = all
        .into_iter()
        .enumerate()
        .filter_map(|(place, waiting)| shard.takes(place).then_some(waiting))
        .collect();
    let asked = matches.get_one::<u64>("seed").copied();
    let prepare = matches.get_flag("prepare");
    let seed = if prepare { 0 } else { seed::of(&out, asked)? };
    let mut assignment =
        Assignment::prepare(Workspace::find()?, &milestones, seed, &mut |doing| eprintln!("{doing} …"))?;
    let _alone = slot::alone(&assignment.folder)?;
    assignment.policy =
        Policy::new(mode, &assignment.workspace, assignment.katas.iter().map(|it| it.id.as_str()))?;
    if prepare {
        return Ok(Exit::Fine);
    }
    for kata in &assignment.katas {
        if let Some(why) = assignment.stays(kata) {
            eprintln!("not graded: {}: {why}", kata.id);
        }
    }
    fs::create_dir_all(&out).doing("make the folder", &out)?;
    let total = waiting.len();
    let count = std::sync::atomic::AtomicUsize::new(0);
    let results = class::run(&assignment, waiting, &out, jobs.min(total.max(1)), &|result, known| {
        let number = 1 + count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if json {
            println!("{}", text::one_json_line(result));
        } else {
            let text = |key: &str| result[key].as_str().unwrap_or_default().to_owned();
            let known = if known { "  (known already)" } else { "" };
            println!(
                "[{number}/{total}] {}  {}/{}  {}  {}{known}",
                text("submission"),
                result["points"],
                result["possible"],
                text("verdict"),
                // Learners may have a say in what went wrong, and runners read what is printed.
                text::line(&text("error"), 300),
            );
            View::of(result).advice.iter().take(20).for_each(|line| println!("    {line}"));
        }
    })?;
    class::write(&out, &class::summary(&assignment, shard, &results), &results)?;
    if !json {
        print!("\n{}", class::table(&results));
    }
    Ok(class::exit(&results))
}

/// Tells how katas are judged: from afar, or in one process with their laws, and why.
fn crossing() -> Result<Exit, Problem> {
    let workspace = Workspace::find()?;
    let catalogue = Catalogue::read(&workspace)?;
    let milestones: Vec<_> = catalogue.milestones.iter().map(|it| it.feature.clone()).collect();
    let files = grader::crossing::outlines(&workspace, &catalogue, &milestones)?;
    let (mut crosses, mut beside, mut left) = (0, 0, 0);
    for kata in catalogue.katas() {
        let file = files.iter().find(|file| file.id == kata.file_id());
        let why = match file.map(|file| file.stays(&kata.item)) {
            Some(None) => {
                crosses += 1;
                continue;
            }
            Some(Some(why)) => why.to_string(),
            None => "it needs a library of the system".to_owned(),
        };
        if let Some(need) = kata.unmet() {
            left += 1;
            println!("{}: not graded: {}", kata.id, need.remedy());
        } else {
            beside += 1;
            println!("{}: in-process: {why}", kata.id);
        }
    }
    let all = crosses + beside + left;
    println!(
        "{crosses} of {all} katas are asked from afar, {beside} judged in one process with their laws, {left} not graded"
    );
    Ok(Exit::Fine)
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_tells_of_every_option() {
        let command = command_line();
        command.clone().debug_assert();
        for option in command.get_opts().filter_map(Arg::get_long) {
            assert!(HELP.contains(&format!("\n      --{option} ")), "{option}");
        }
    }
}
