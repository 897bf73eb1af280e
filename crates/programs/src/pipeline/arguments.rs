use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use kit::pipeline::Recipe;

use crate::intake::{self, Form};

/// What to run on, how, and where to.
#[derive(Debug, PartialEq)]
pub(crate) struct Arguments {
    pub file: PathBuf,
    pub digits: bool,
    pub out: PathBuf,
    pub title: String,
    pub repository: PathBuf,
    pub form: Form,
    pub recipe: Recipe,
}

const EXAMPLES: &str = "\
Encoding, separator, decimal comma, currency, percent and the usual spellings of a missing value are
recognized and reported; what was normalized is written as a clean table next to the notebook.

Examples:
  cargo kata pipeline --solutions
  cargo kata pipeline --data titanic.csv --target Survived --ignore Name --words Ticket --range Age=0..120
  cargo kata pipeline --data umsatz.csv --target Kunde --separator ';' --missing unbekannt
  cargo kata pipeline --digits --out digits

Exit codes: 0 done · 1 the file cannot be used, a kata returned an error or is not written ·
2 the command line is wrong · 3 the results cannot be written";

/// The command line. `cargo kata pipeline --help` prints its help from `help.txt`.
pub(crate) fn command() -> Command {
    let several = |name: &'static str, value: &'static str, help: &'static str| {
        option(name, value, help).action(ArgAction::Append).value_parser(NonEmptyStringValueParser::new())
    };
    Command::new("pipeline")
        .bin_name("cargo kata pipeline")
        .about("From a table of your own to a report, three pictures and a notebook")
        .arg(path("data", "FILE", "Your table; without it, the penguins of the Palmer Archipelago"))
        .arg(option("target", "COLUMN", "The column to predict; its cells are names of classes"))
        .arg(
            flag("digits", "The embedded digits, images of 8×8 pixels, instead of a file")
                .conflicts_with("data"),
        )
        .arg(several("ignore", "COLUMN", "Leave this column out; may be repeated"))
        .arg(several("words", "COLUMN", "These numbers are names (years, codes); may be repeated"))
        .arg(
            several("range", "COLUMN=LOW..HIGH", "Numbers outside become missing values; may be repeated")
                .value_parser(range),
        )
        .arg(several("missing", "TEXT", "This text is a missing value as well; may be repeated"))
        .arg(several("value", "TEXT", "This text, such as None or -, is no missing value; may be repeated"))
        .arg(
            option("separator", "CHAR", "What separates the cells: a character, or tab [default: detected]")
                .value_parser(intake::separator),
        )
        .arg(option("encoding", "NAME", "The file's encoding, such as latin2 [default: detected]"))
        .arg(
            number("test", "SHARE", "0.25", "The share of each class that is held out for the test")
                .value_parser(value_parser!(f64)),
        )
        .arg(number("seed", "N", "1", "The seed of the split").value_parser(value_parser!(u64)))
        .arg(number("rate", "X", "0.5", "The learning rate").value_parser(value_parser!(f64)))
        .arg(
            number("steps", "N", "300", "How many steps of gradient descent")
                .value_parser(value_parser!(usize)),
        )
        .arg(path("out", "DIR", "The output directory").default_value("out"))
        .arg(option("title", "TEXT", "The notebook's title [default: the file's name]"))
        .arg(path("repository", "DIR", "The repository of the katas").default_value(".").hide(true))
        .arg(flag("solutions", "The reference's katas instead of yours"))
        .after_help(EXAMPLES)
}

fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}

fn path(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    option(name, value, help).value_parser(value_parser!(PathBuf))
}

fn number(name: &'static str, value: &'static str, usual: &'static str, help: &'static str) -> Arg {
    option(name, value, help).default_value(usual).allow_negative_numbers(true)
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

/// Parses the words of the command line; an error is the exit code, and what there is to say has been printed.
pub(crate) fn parse(words: impl Iterator<Item = OsString>) -> Result<Arguments, ExitCode> {
    let matches = programs::arguments::parse(command(), words)?;
    understood(&matches).map_err(|wrong| {
        programs::output::tell(&format!("pipeline: {wrong}\nTry `cargo kata pipeline --help`."));
        ExitCode::from(2)
    })
}

fn understood(matches: &ArgMatches) -> Result<Arguments, String> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let texts = |name: &str| -> Vec<String> {
        matches.get_many::<String>(name).unwrap_or_default().cloned().collect()
    };
    let path = |name: &str| matches.get_one::<PathBuf>(name).cloned().unwrap_or_default();
    let float = |name: &str| matches.get_one::<f64>(name).copied().unwrap_or_default();
    if matches.get_flag("solutions") && !cfg!(feature = "solutions") {
        return Err("built without the cargo feature `solutions`".to_owned());
    }
    if texts("value").iter().any(|text| text == "NA") {
        return Err("--value: NA always is a missing value, for `load` of milestone 10 as well".to_owned());
    }
    let mut recipe = Recipe {
        target: String::new(),
        ignored: texts("ignore"),
        words: texts("words"),
        ranges: matches.get_many("range").unwrap_or_default().cloned().collect(),
        test_share: float("test"),
        seed: matches.get_one("seed").copied().unwrap_or(1),
        learning_rate: float("rate"),
        steps: matches.get_one("steps").copied().unwrap_or(300),
    };
    let (digits, repository) = (matches.get_flag("digits"), path("repository"));
    let known = |name: &str| repository.join("data").join(name);
    let (file, usual) = match matches.get_one::<PathBuf>("data") {
        Some(file) => (file.clone(), None),
        None if digits => (known("digits.csv"), Some(("digit", "Digits"))),
        None => {
            recipe.ignored.push("year".to_owned());
            recipe.ranges.push(("body_mass_g".to_owned(), [500.0, 50_000.0]));
            (known("penguins.csv"), Some(("species", "The penguins of the Palmer Archipelago")))
        }
    };
    let target = text("target").or(usual.map(|(target, _)| target.to_owned()));
    recipe.target = target.ok_or("which column is to be predicted? --target COLUMN")?;
    let title = text("title").or(usual.map(|(_, title)| title.to_owned())).unwrap_or_else(|| stem(&file));
    let form = Form {
        separator: matches.get_one("separator").copied(),
        encoding: text("encoding"),
        missing: texts("missing"),
        values: texts("value"),
    };
    Ok(Arguments { file, digits, out: path("out"), title, repository, form, recipe })
}

fn stem(file: &Path) -> String {
    file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// `Age=0..120`; an end may be left out.
fn range(text: &str) -> Result<(String, [f64; 2]), String> {
    let wrong = || "expected COLUMN=LOW..HIGH".to_owned();
    let (column, ends) = text.rsplit_once('=').ok_or_else(wrong)?;
    let (low, high) = ends.split_once("..").ok_or_else(wrong)?;
    let end =
        |text: &str, open: f64| if text.is_empty() { Ok(open) } else { text.parse().map_err(|_| wrong()) };
    Ok((column.to_owned(), [end(low, f64::NEG_INFINITY)?, end(high, f64::INFINITY)?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<Arguments, String> {
        let words = ["pipeline"].iter().chain(words);
        understood(&command().try_get_matches_from(words).map_err(|error| error.to_string())?)
    }

    #[test]
    fn a_file_of_ones_own_is_taken_as_it_is() {
        let words =
            ["--data", "a b.csv", "--target=kind", "--range", "x=-1..", "--words", "year", "--seed", "7"];
        let got = parsed(&words).expect("arguments");
        assert_eq!((got.title.as_str(), got.recipe.target.as_str(), got.recipe.seed), ("a b", "kind", 7));
        assert_eq!(got.recipe.ranges, [("x".to_owned(), [-1.0, f64::INFINITY])]);
        assert_eq!((got.recipe.words, got.recipe.ignored), (vec!["year".to_owned()], vec![]));
        let got = parsed(&["--data", "x", "--target", "y", "--separator", "tab", "--missing", "-"]);
        assert!(got.is_ok_and(|got| got.form.separator == Some(b'\t') && got.form.missing == ["-"]));
    }

    #[test]
    fn without_a_file_there_are_penguins() {
        let got = parsed(&["--repository", "there"]).expect("arguments");
        assert_eq!(got.file, PathBuf::from("there/data/penguins.csv"));
        assert_eq!((got.recipe.target.as_str(), got.recipe.ignored), ("species", vec!["year".to_owned()]));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |words: &[&str]| parsed(words).expect_err("wrong");
        assert_eq!(wrong(&["--data", "x.csv"]), "which column is to be predicted? --target COLUMN");
        assert!(wrong(&["--steps", "many"]).contains("invalid value 'many' for '--steps <N>'"));
        assert!(wrong(&["--value", "NA"]).contains("NA always is a missing value"));
        assert!(wrong(&["--range", "x=1"]).contains("expected COLUMN=LOW..HIGH"));
        assert!(wrong(&["--digits", "--data", "x"]).contains("cannot be used with"));
        assert!(wrong(&["--target", "x", "--frobnicate"]).contains("unexpected argument '--frobnicate'"));
    }

    /// `cargo kata` prints this file, so that no one waits for the program to be built.
    #[test]
    fn the_help_that_cargo_kata_prints_is_this_one() {
        let help = command().render_help().to_string();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pipeline/help.txt");
        if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
            std::fs::write(&file, &help).expect("the file can be written");
        }
        assert_eq!(help, std::fs::read_to_string(file).expect("a file"), "INSTA_UPDATE=always writes it");
    }
}
