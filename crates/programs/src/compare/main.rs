//! The learner's answer, the reference and a library on the same random inputs: where they first differ, and how fast
//! each is. `cargo kata compare ID` runs this; by itself:
//!
//! ```text
//! cargo run --release --package programs --bin compare --features compare,m01 -- m01_linear_algebra/vectors/dot
//! ```

mod challenge;
mod contest;
mod difference;
mod numbers;
mod stopwatch;

#[cfg(feature = "boss")]
mod boss;
#[cfg(feature = "m01")]
mod m01_linear_algebra;
#[cfg(feature = "m02")]
mod m02_statistics;
#[cfg(feature = "m04")]
mod m04_ml_from_scratch;
#[cfg(feature = "m05")]
mod m05_classifiers;
#[cfg(feature = "m08")]
mod m08_vision;
#[cfg(feature = "m09")]
mod m09_convolution;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};
use contest::Run;
use programs::ProgramError;
use programs::output::Output;

fn contests() -> Vec<Box<dyn Run>> {
    let mut all: Vec<Box<dyn Run>> = Vec::new();
    #[cfg(feature = "m01")]
    all.extend(m01_linear_algebra::contests());
    #[cfg(feature = "m02")]
    all.extend(m02_statistics::contests());
    #[cfg(feature = "m04")]
    all.extend(m04_ml_from_scratch::contests());
    #[cfg(feature = "m05")]
    all.extend(m05_classifiers::contests());
    #[cfg(feature = "m08")]
    all.extend(m08_vision::contests());
    #[cfg(feature = "m09")]
    all.extend(m09_convolution::contests());
    #[cfg(feature = "boss")]
    all.extend(boss::contests());
    all
}

fn main() -> ExitCode {
    let matches = match programs::arguments::parse(command(), programs::arguments::words()) {
        Ok(matches) => matches,
        Err(code) => return code,
    };
    let asked: Vec<&str> = matches.get_many::<String>("id").unwrap_or_default().map(String::as_str).collect();
    let chosen = chosen(&asked);
    let outcome = match chosen {
        Err(failure) => Err(failure),
        Ok(chosen) if matches.get_flag("list") => list(&chosen),
        Ok(chosen) if matches.contains_id("challenge") => challenges(&matches, &chosen),
        Ok(chosen) => compare(&chosen),
    };
    programs::finish("compare", outcome)
}

fn command() -> Command {
    let list = Arg::new("list").long("list").action(ArgAction::SetTrue);
    let challenge = Arg::new("challenge").long("challenge").value_name("NAME").num_args(1..).hide(true);
    Command::new("compare")
        .bin_name("cargo kata compare")
        .about("Your function, the reference and a library: first difference, speed")
        .arg(Arg::new("id").value_name("ID").num_args(0..).help("Katas, files or milestones [default: all]"))
        .arg(list.help("List the katas that can be compared"))
        // `cargo kata challenge` shows what there is.
        .arg(challenge)
        .after_help(
            "Examples:\n  cargo kata compare m01_linear_algebra/vectors/dot\n  cargo kata compare --list",
        )
}

/// The contests below these ids; all where none is named.
fn chosen(asked: &[&str]) -> Result<Vec<Box<dyn Run>>, ProgramError> {
    let below = |id: &str| asked.iter().any(|part| id == *part || id.starts_with(&format!("{part}/")));
    let mut all = contests();
    all.retain(|contest| asked.is_empty() || below(contest.id()));
    if all.is_empty() {
        let words = format!("nothing to compare for {}; --list shows what there is", asked.join(" "));
        return Err(ProgramError::Usage(words));
    }
    Ok(all)
}

fn list(contests: &[Box<dyn Run>]) -> Result<(), ProgramError> {
    let lines: String = contests.iter().map(|contest| format!("{}\n", contest.id())).collect();
    Output::default().print(&lines)
}

fn challenges(matches: &ArgMatches, contests: &[Box<dyn Run>]) -> Result<(), ProgramError> {
    let mut output = Output::default();
    for (number, name) in matches.get_many::<String>("challenge").unwrap_or_default().enumerate() {
        if number > 0 {
            output.print("\n")?;
        }
        challenge::take(name, contests, &mut output)?;
    }
    Ok(())
}

fn compare(contests: &[Box<dyn Run>]) -> Result<(), ProgramError> {
    let (mut output, mut different) = (Output::keeping(), Vec::new());
    for contest in contests {
        if !contest.run(&mut output)? {
            different.push(contest.id());
        }
        keep(contest.id(), &output.take_kept());
        if output.is_closed() {
            return Ok(());
        }
    }
    match different.len() {
        0 => Ok(()),
        n => Err(ProgramError::Kata(format!("{n} of {} katas differ or are not written", contests.len()))),
    }
}

/// Keeps a comparison for a report, in the folder that `KATAS_COMPARISONS` names.
fn keep(id: &str, text: &str) {
    let Some(folder) = std::env::var_os("KATAS_COMPARISONS") else { return };
    let path = PathBuf::from(folder).join(format!("{}.txt", id.replace('/', ".")));
    // A report without it is none the worse.
    let _not_kept = fs::write(path, text);
}
