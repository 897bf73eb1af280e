//! Challenges: katas that are solved, and a number to beat with them. The bar is a ratio of two times in one run, so that it means the
//! same on every machine; it is no verdict.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use programs::ProgramError;
use programs::output::Output;

use crate::contest::{Outcome, Run};
use crate::stopwatch::in_words;

const TABLE: &str = include_str!("challenges.txt");

/// A line of the table.
struct Challenge {
    name: &'static str,
    kata: &'static str,
    size: usize,
    against: &'static str,
    bar: f64,
    task: &'static str,
}

impl Challenge {
    fn from_line(line: &'static str) -> Option<Self> {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [name, kata, size, against, bar, task] = parts[..] else { return None };
        Some(Self { name, kata, size: size.parse().ok()?, against, bar: bar.parse().ok()?, task })
    }

    fn named(name: &str) -> Result<Self, ProgramError> {
        let mut all = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(Self::from_line);
        let found = all.find(|it| it.name == name);
        found.ok_or_else(|| ProgramError::Usage(format!("there is no challenge named {name}")))
    }
}

/// Takes a challenge, prints what was measured, and keeps the best figure in the file that `KATAS_BESTS` names.
pub fn take(name: &str, contests: &[Box<dyn Run>], output: &mut Output) -> Result<(), ProgramError> {
    let challenge = Challenge::named(name)?;
    let contest = contests.iter().find(|it| it.id() == challenge.kata);
    let contest = contest.ok_or_else(|| {
        ProgramError::Usage(format!("{} is not in this program: its milestone is not built", challenge.kata))
    })?;
    output.print(&format!("{name}: {}\n\n", challenge.task))?;
    let times = match contest.times(challenge.size) {
        Outcome::Timed(times) => times,
        Outcome::Unwritten => {
            let words = format!("{} is not written yet; `cargo kata test {0}` judges it", challenge.kata);
            return Err(ProgramError::Kata(words));
        }
        Outcome::Different(where_) => {
            let words = format!("the answers differ, so there is nothing to time:\n{where_}");
            return Err(ProgramError::Kata(words));
        }
    };
    let seconds = |of: &str| times.iter().find(|(name, _)| *name == of).map(|(_, seconds)| *seconds);
    let base = seconds(challenge.against)
        .ok_or_else(|| ProgramError::Usage(format!("{} is not in this program", challenge.against)))?;
    output.print(&format!("  {:12} {:>12}  ÷ {}\n", "", "time", challenge.against))?;
    for (name, time) in &times {
        output.print(&format!("  {name:12} {:>12}  {:>7.3}\n", in_words(*time), time / base))?;
    }
    output.print(&verdict(&challenge, seconds("you").map(|yours| yours / base)))
}

/// How the learner's figure stands next to the bar, and next to the best one so far.
fn verdict(challenge: &Challenge, yours: Option<f64>) -> String {
    let bar = challenge.bar;
    let Some(figure) = yours else { return format!("\n  the bar is {bar:.2}; lower is better\n") };
    let stands = if figure <= bar { "below the bar of" } else { "the bar is" };
    let mut text = format!("\n  your figure is {figure:.3}: {stands} {bar:.2}, lower is better\n");
    let Some(path) = env::var_os("KATAS_BESTS").map(PathBuf::from) else { return text };
    let mut bests = bests(&path);
    text += &match keeps_the_better(&mut bests, challenge.name, figure) {
        Some(best) if best <= figure => return text + &format!("  your best so far is {best:.3}\n"),
        Some(best) => format!("  a new personal best; it was {best:.3}\n"),
        None => "  your first figure here\n".to_owned(),
    };
    if let Err(error) = write(&path, &bests) {
        text += &format!("  it could not be kept in {}: {error}\n", path.display());
    }
    text
}

/// Keeps the figure if it is the best; gives the best one before.
fn keeps_the_better(bests: &mut BTreeMap<String, f64>, name: &str, figure: f64) -> Option<f64> {
    let before = bests.get(name).copied();
    if before.is_none_or(|best| figure < best) {
        bests.insert(name.to_owned(), figure);
    }
    before
}

/// The best figures so far: a name and a number on each line.
fn bests(path: &Path) -> BTreeMap<String, f64> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let entry = |line: &str| {
        let (name, figure) = line.split_once(' ')?;
        Some((name.to_owned(), figure.trim().parse().ok()?))
    };
    text.lines().filter_map(entry).collect()
}

/// Whole or not at all: a best figure is not lost with the power.
fn write(path: &Path, bests: &BTreeMap<String, f64>) -> std::io::Result<()> {
    let text: String = bests.iter().map(|(name, figure)| format!("{name} {figure}\n")).collect();
    let fresh = path.with_extension("new");
    fs::write(&fresh, text)?;
    fs::rename(fresh, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Vec<Challenge> {
        let lines: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
        let table: Vec<Challenge> = lines.iter().filter_map(|line| Challenge::from_line(line)).collect();
        assert_eq!(table.len(), lines.len());
        table
    }

    #[test]
    fn each_challenge_can_be_measured() {
        let contests = crate::contests();
        let milestones: Vec<&str> = contests.iter().filter_map(|it| it.id().split('/').next()).collect();
        for challenge in table().iter().filter(|it| milestones.iter().any(|id| it.kata.starts_with(id))) {
            assert!(contests.iter().any(|it| it.id() == challenge.kata), "{}", challenge.kata);
            assert!(challenge.bar > 0.0 && challenge.size > 1, "{}", challenge.name);
        }
    }

    #[test]
    fn the_best_figure_is_kept() {
        let path = env::temp_dir().join(format!("katas-bests-{}.txt", std::process::id()));
        let best = || bests(&path).get("dot").copied();
        assert_eq!(best(), None);
        for (figure, kept) in [(0.5, 0.5), (0.25, 0.25), (0.75, 0.25)] {
            let mut all = bests(&path);
            keeps_the_better(&mut all, "dot", figure);
            write(&path, &all).expect("a file of our own");
            assert_eq!(best(), Some(kept));
        }
        fs::remove_file(path).expect("it was written");
    }
}
