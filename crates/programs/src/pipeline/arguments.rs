use std::ffi::OsString;
use std::path::PathBuf;

use kit::pipeline::Recipe;

/// What `--help` says.
pub(crate) const HELP: &str = include_str!("help.txt");

/// What the command line asks for.
#[derive(Debug, PartialEq)]
pub(crate) enum Request {
    /// To be told how.
    Help,
    /// A run.
    Run(Box<Arguments>),
}

/// What to run on, how, and where to.
#[derive(Debug, PartialEq)]
pub(crate) struct Arguments {
    pub file: PathBuf,
    pub digits: bool,
    pub out: PathBuf,
    pub title: String,
    pub repository: PathBuf,
    pub recipe: Recipe,
}

/// Reads the words behind the program's name; an error says what is wrong with them.
pub(crate) fn parse(words: impl Iterator<Item = OsString>) -> Result<Request, String> {
    let (mut file, mut target, mut title, mut digits) = (None, None, None, false);
    let (mut out, mut repository) = (PathBuf::from("out"), PathBuf::from("."));
    let mut recipe = Recipe {
        target: String::new(),
        ignored: vec![],
        words: vec![],
        ranges: vec![],
        test_share: 0.25,
        seed: 1,
        learning_rate: 0.5,
        steps: 300,
    };
    let mut words = words;
    while let Some(word) = words.next() {
        let word = word.to_string_lossy().into_owned();
        let (option, attached) = match word.split_once('=') {
            Some((option, value)) if option.starts_with("--") => {
                (option.to_owned(), Some(OsString::from(value)))
            }
            _ => (word, None),
        };
        let mut value =
            || attached.clone().or_else(|| words.next()).ok_or_else(|| format!("{option} needs a value"));
        let mut text = || value().map(|value| value.to_string_lossy().into_owned());
        match option.as_str() {
            "-h" | "--help" => return Ok(Request::Help),
            "--digits" => digits = true,
            "--data" => file = Some(PathBuf::from(value()?)),
            "--out" => out = value()?.into(),
            "--repository" => repository = value()?.into(),
            "--target" => target = Some(text()?),
            "--title" => title = Some(text()?),
            "--ignore" => recipe.ignored.push(text()?),
            "--words" => recipe.words.push(text()?),
            "--range" => recipe.ranges.push(range(&text()?)?),
            "--test" => recipe.test_share = number(&option, &text()?)?,
            "--rate" => recipe.learning_rate = number(&option, &text()?)?,
            "--seed" => recipe.seed = number(&option, &text()?)?,
            "--steps" => recipe.steps = number(&option, &text()?)?,
            _ => return Err(format!("there is no option {option}")),
        }
    }
    let data = |name: &str| repository.join("data").join(name);
    let (file, known) = match (file, digits) {
        (Some(_), true) => return Err("--data and --digits are two things to run on".to_owned()),
        (Some(file), false) => (file, None),
        (None, true) => (data("digits.csv"), Some(("digit", "Digits"))),
        (None, false) => {
            recipe.ignored.push("year".to_owned());
            recipe.ranges.push(("body_mass_g".to_owned(), [500.0, 50_000.0]));
            (data("penguins.csv"), Some(("species", "The penguins of the Palmer Archipelago")))
        }
    };
    let name = file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let usual = known.map(|(target, _)| target.to_owned());
    recipe.target = target.or(usual).ok_or("which column is to be predicted? --target COLUMN")?;
    let title = title.or(known.map(|(_, title)| title.to_owned())).unwrap_or(name);
    Ok(Request::Run(Box::new(Arguments { file, digits, out, title, repository, recipe })))
}

fn number<T: std::str::FromStr>(option: &str, text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{option} wants a number, got {text:?}"))
}

/// `Age=0..120`; an end may be left out.
fn range(text: &str) -> Result<(String, [f64; 2]), String> {
    let wrong = || format!("--range wants COLUMN=LOW..HIGH, got {text:?}");
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
        match parse(words.iter().map(OsString::from))? {
            Request::Run(arguments) => Ok(*arguments),
            Request::Help => Err("help".to_owned()),
        }
    }

    #[test]
    fn a_file_of_ones_own_is_taken_as_it_is() {
        let words =
            ["--data", "a b.csv", "--target=kind", "--range", "x=-1..", "--words", "year", "--seed", "7"];
        let got = parsed(&words).expect("arguments");
        assert_eq!((got.title.as_str(), got.recipe.target.as_str(), got.recipe.seed), ("a b", "kind", 7));
        assert_eq!(got.recipe.ranges, [("x".to_owned(), [-1.0, f64::INFINITY])]);
        assert_eq!((got.recipe.words, got.recipe.ignored), (vec!["year".to_owned()], vec![]));
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
        assert_eq!(wrong(&["--steps", "many"]), "--steps wants a number, got \"many\"");
        assert_eq!(wrong(&["--range", "x=1"]), "--range wants COLUMN=LOW..HIGH, got \"x=1\"");
        assert_eq!(wrong(&["--digits", "--data", "x"]), "--data and --digits are two things to run on");
        assert_eq!(wrong(&["--frobnicate"]), "there is no option --frobnicate");
    }
}
