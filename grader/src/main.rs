//! `cargo kata grade`.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use cargo_kata::catalogue::Catalogue;
use cargo_kata::problem::{Doing, Exit, Problem};
use cargo_kata::workspace::Workspace;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use grader::assignment::Assignment;
use grader::class;
use grader::merge::{self, Shard};
use grader::report::{View, text};
use grader::scan::{Mode, Policy};
use grader::{seed, slot, submission};

const AFTER: &str = "A submission is a katas/ folder, a folder that holds one, or a .zip, .tar or .tar.gz of either; a folder of \
many is a class. What is finished is not graded again: started anew, it goes on where it stopped.

In DIR: for each submission result.json, which is the source of all others, report.html for its learner, summary.md, \
junit.xml and gradescope.json; for the class class.json, which holds the seed, class.html, class.md, class.csv and \
class.xml. The book's chapter on grading tells what each is for, and grader/templates/ holds workflows for GitHub, \
GitLab and Gradescope.

Exit codes: 0 every submission was graded · 1 one could not be read · 2 unknown option \
· 3 the grader failed, or something it needs is missing

Examples:
  cargo kata grade submissions/ --out grades
  cargo kata grade ada.zip --milestone m01 --milestone m02
  cargo kata grade submissions/ --scan enforce            lines against the rules cost their katas
  cargo kata grade submissions/ --seed 4711 --shard 1/4 --out part-1  a quarter of a class, on one of four machines
  cargo kata grade merge part-1 part-2 part-3 part-4 --out grades
  cargo kata grade --crossing                             how each kata is judged";

fn command_line() -> Command {
    let number =
        |name: &'static str, help: &'static str| Arg::new(name).long(name).value_name("N").help(help);
    Command::new("cargo kata grade")
        .bin_name("cargo kata grade")
        .about("Grade untrusted submissions, shut in and one verdict a line")
        .after_help(AFTER)
        .args_conflicts_with_subcommands(true)
        .subcommand_negates_reqs(true)
        .disable_help_subcommand(true)
        .subcommand(merge::describe())
        .arg(
            Arg::new("submission")
                .value_name("SUBMISSION")
                .help("Submissions, or folders of them")
                .required_unless_present_any(["crossing", "prepare"])
                .num_args(1..)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("DIR")
                .default_value("grades")
                .value_parser(value_parser!(PathBuf))
                .help("Where the results go"),
        )
        .arg(
            number("seed", "What the laws draw from [default: drawn at random once and kept in DIR/seed.txt, a secret until the marks are out]")
                .value_parser(value_parser!(u64)),
        )
        .arg(
            number("jobs", "Submissions at a time [default: one a core]")
                .value_parser(value_parser!(u16).range(1..=64)),
        )
        .arg(
            Arg::new("scan")
                .long("scan")
                .value_name("MODE")
                .default_value("advise")
                .value_parser(Mode::WORDS)
                .help("Lines that reach outside of a kata: not looked for, told, or refused"),
        )
        .arg(
            Arg::new("shard")
                .long("shard")
                .value_name("I/N")
                .value_parser(value_parser!(Shard))
                // Parts that draw otherwise are no class.
                .requires("seed")
                .help("Every Nth submission from the Ith on; `merge` puts the parts together"),
        )
        .arg(
            Arg::new("single")
                .long("single")
                .action(ArgAction::SetTrue)
                .help("The path is one submission, whatever lies in it, and no class"),
        )
        .arg(
            Arg::new("prepare")
                .long("prepare")
                .action(ArgAction::SetTrue)
                .help("Build what grading needs, and stop"),
        )
        .arg(
            Arg::new("milestone")
                .long("milestone")
                .value_name("M")
                .action(ArgAction::Append)
                .help("Grade this milestone only, such as m01; may be given several times"),
        )
        .arg(
            Arg::new("crossing")
                .long("crossing")
                .action(ArgAction::SetTrue)
                .exclusive(true)
                .help("Only tell which katas are asked from afar, which judged in one process with their laws, and why"),
        )
        .arg(
            Arg::new("json").long("json").action(ArgAction::SetTrue).help("Each verdict in JSON, one a line"),
        )
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
