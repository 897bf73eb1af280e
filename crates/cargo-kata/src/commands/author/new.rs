use std::fs;
use std::path::Path;

use clap::{Arg, ArgMatches, Command};

use super::Context;
use engine::problem::{Doing, Exit, Problem};
use engine::state::write_whole;

pub(super) fn describe() -> Command {
    Command::new("new")
        .about("Lay out the files of a new kata; nothing that is there is touched")
        .arg(
            Arg::new("id")
                .value_name("ID")
                .required(true)
                .help("Its id, such as m01_linear_algebra/vectors/cross"),
        )
        .after_help("Example:\n  cargo kata author new m01_linear_algebra/vectors/cross")
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let id = matches.get_one::<String>("id").map_or("", String::as_str);
    let [milestone, file, kata] = parts(id)?;
    let print = |what: &str, path: &str| context.print(&format!("{what:8} {path}\n"));
    let add = |path: &str, text: &str| -> Result<(), Problem> {
        let added = append(&context.workspace.path(path), text)?;
        print(if added { "written" } else { "is there" }, path);
        Ok(())
    };
    let solution = format!("solutions/{milestone}/{file}.rs");
    if context.workspace.path(&solution).is_file() {
        print("add to", &solution);
    } else {
        add(&solution, &SOLUTION.replace("KATA", kata))?;
    }
    add(
        &format!("tests/{id}.rs"),
        &LAWS.replace("KATA", kata).replace("MODULE", &format!("{milestone}::{file}")),
    )?;
    add(
        &format!("specimens/{id}.rs"),
        &SPECIMENS.replace("KATA", kata).replace("MODULE", &format!("{milestone}::{file}")),
    )?;
    let hints = format!("katas/{milestone}/{file}.md");
    let known = fs::read_to_string(context.workspace.path(&hints)).unwrap_or_default();
    if known.lines().any(|line| line == format!("# {kata}")) {
        print("is there", &hints);
    } else {
        let joined = format!(
            "{}{}",
            if known.is_empty() { String::new() } else { known + "\n" },
            HINTS.replace("KATA", kata)
        );
        let path = context.workspace.path(&hints);
        folder_of(&path)?;
        write_whole(&path, joined.as_bytes()).doing("write", &path)?;
        print("written", &hints);
    }
    context.print(&format!(
        "\nNext: declare the modules in the mod.rs files of {milestone}, write the reference, then\n  cargo \
         kata author stub {milestone}/{file}\n  cargo kata author check {id} --texts\nCONTRIBUTING.md tells \
         the way.\n"
    ));
    Ok(Exit::Fine)
}

fn parts(id: &str) -> Result<[&str; 3], Problem> {
    let is_name = |part: &&str| {
        part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            && part.starts_with(|c: char| c.is_ascii_lowercase())
    };
    let parts: Vec<&str> = id.split('/').collect();
    match parts[..] {
        [milestone, file, kata] if [milestone, file, kata].iter().all(is_name) => Ok([milestone, file, kata]),
        _ => Err(Problem::Usage {
            what: format!("`{id}` is not the id of a kata"),
            remedy: "Wanted: milestone/file/kata in lower case, such as m01_linear_algebra/vectors/cross."
                .to_owned(),
        }),
    }
}

/// Writes a file that is not there; whether it was written.
fn append(path: &Path, text: &str) -> Result<bool, Problem> {
    if path.exists() {
        return Ok(false);
    }
    folder_of(path)?;
    write_whole(path, text.as_bytes()).doing("write", path)?;
    Ok(true)
}

fn folder_of(path: &Path) -> Result<(), Problem> {
    match path.parent() {
        Some(folder) => fs::create_dir_all(folder).doing("make the folder", folder),
        None => Ok(()),
    }
}

const SOLUTION: &str = "//! One line: what this subject is.

use kit::InputError;

/// What it computes, in one sentence.
///
/// ```text
/// its formula
/// ```
///
/// * `x`: shape, unit, range.
/// * Returns …
///
/// # Errors
///
/// [`InputError::TooFew`] if …
///
/// Source: book, section.
pub fn KATA(x: &[f64]) -> Result<f64, InputError> {
    Ok(x.iter().sum())
}
";

const LAWS: &str = "use judge::{Answer, any, close, for_all, rounding};
use katas::MODULE::KATA;

#[test]
fn a_sentence_that_reads_aloud_as_the_mathematics() {
    for_all(\"x\", any::vector(1..=6)).holds(|x| {
        let got = KATA(x).accepted(\"KATA(x)\")?;
        let want: f64 = x.iter().sum();
        close(\"KATA(x)\", got, want, rounding(x.len(), want), \"Where to look, without the code.\")
    });
}
";

const SPECIMENS: &str = "use kit::InputError;

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::MODULE as reference;

type Kata = fn(&[f64]) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn KATA(x: &[f64]) -> Result<f64, InputError> {
    answering::<Kata>(
        module_path!(),
        reference::KATA,
        &[
            wheat(\"from_the_back\", \"how it differs from the reference\", |x| Ok(x.iter().rev().sum())),
            chaff(\"constant\", \"what the learner believed, in one sentence\", |_| Ok(0.0)),
        ],
    )(x)
}
";

const HINTS: &str = "# KATA

## Where to look


## The idea


## Almost the code

";
