//! The learner's answer, the reference and a library on the same random inputs: where they first differ, and how fast
//! each is. `cargo kata compare ID` runs this; by itself:
//!
//! ```text
//! cargo run --release --package programs --bin compare --features compare,m01 -- m01_linear_algebra/vectors/dot
//! ```

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

use clap::{Arg, ArgAction, Command, value_parser};
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
        Ok(chosen) => match matches.get_one("times") {
            Some(size) => times(&chosen, *size),
            None => compare(&chosen),
        },
    };
    programs::finish("compare", outcome)
}

fn command() -> Command {
    let list = Arg::new("list").long("list").action(ArgAction::SetTrue);
    let times =
        Arg::new("times").long("times").value_name("SIZE").value_parser(value_parser!(usize)).hide(true);
    Command::new("compare")
        .bin_name("cargo kata compare")
        .about("Your function, the reference and a library: first difference, speed")
        .arg(Arg::new("id").value_name("ID").num_args(0..).help("Katas, files or milestones [default: all]"))
        .arg(list.help("List the katas that can be compared"))
        .arg(times)
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

/// Prints how long each takes on an input of this size: a name, seconds and words, with a tab between them. That is what
/// `cargo kata challenge` reads.
fn times(contests: &[Box<dyn Run>], size: usize) -> Result<(), ProgramError> {
    let mut output = Output::default();
    for contest in contests {
        let line =
            |(name, seconds): (&str, f64)| format!("{name}\t{seconds}\t{}\n", stopwatch::in_words(seconds));
        let times = contest.times(size).map_err(ProgramError::Kata)?;
        output.print(&times.into_iter().map(line).collect::<String>())?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_challenge_can_be_measured() {
        let contests = contests();
        let is_built =
            |kata: &str| contests.iter().any(|it| it.id().split('/').next() == kata.split('/').next());
        for line in include_str!("challenges.txt").lines().filter(|line| !line.starts_with('#')) {
            let kata = line.split('|').nth(1).map(str::trim).expect("a kata");
            assert!(!is_built(kata) || contests.iter().any(|it| it.id() == kata), "{kata}");
        }
    }
}
