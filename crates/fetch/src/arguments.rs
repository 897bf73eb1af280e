use std::path::PathBuf;

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use kit::data::mnist::Set;

const EXAMPLES: &str = "\
Each file is checked by its SHA-256 and appears when it is whole. An interrupted download resumes where
it stopped.

A folder may have the files packed or unpacked, as train-images.idx3-ubyte or as train-images-idx3-ubyte,
and below mnist/, MNIST/raw/ or raw/. One file by itself is taken for the one whose SHA-256 it has.

Examples:
  fetch mnist
  fetch mnist --from /media/usb/MNIST
  fetch mnist --from ~/Downloads/train-images-idx3-ubyte.gz
  fetch fashion-mnist --from http://localhost:8000/
  fetch --check mnist /data/mnist

Exit codes: 0 all files are there · 1 a file is missing or wrong · 2 the command line is wrong ·
3 the output cannot be written";

/// What the command line asks for.
#[derive(Debug, PartialEq)]
pub(crate) enum Request {
    /// A data set.
    Fetch(Set, Arguments),
    /// Whether the files in these folders are genuine.
    Check(Set, Vec<PathBuf>),
}

/// From where, to where.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Arguments {
    pub from: Option<String>,
    pub into: Option<PathBuf>,
}

pub(crate) fn command() -> Command {
    let from =
        Arg::new("from").long("from").value_name("SOURCE").value_parser(NonEmptyStringValueParser::new());
    let into = Arg::new("into").long("into").value_name("DIR").value_parser(value_parser!(PathBuf));
    let check = Arg::new("check").long("check").action(ArgAction::SetTrue);
    let folder = Arg::new("folder").value_name("DIR").num_args(0..).value_parser(value_parser!(PathBuf));
    Command::new("fetch")
        .about("Fetch a data set into the cache of the katas, or complete one that is there")
        .arg(
            Arg::new("set")
                .value_name("SET")
                .required(true)
                .value_parser(PossibleValuesParser::new(Set::ALL.map(Set::name)))
                .help("Four files, 12 or 31 MB"),
        )
        .arg(folder.requires("check").help("With --check: the folders to look into"))
        .arg(from.help("An address (http or https), a folder or a file, instead of the usual addresses"))
        .arg(into.help("The output directory [default: the folder of the set in the cache]"))
        .arg(
            check
                .conflicts_with_all(["from", "into"])
                .help("Check the files that are there, a line for each, and fetch nothing"),
        )
        .after_help(EXAMPLES)
}

/// What the matches mean.
pub(crate) fn request(matches: &ArgMatches) -> Option<Request> {
    let name = matches.get_one::<String>("set")?;
    let set = Set::ALL.into_iter().find(|set| set.name() == name)?;
    if matches.get_flag("check") {
        let folders = matches.get_many("folder").unwrap_or_default().cloned().collect();
        return Some(Request::Check(set, folders));
    }
    let (from, into) = (matches.get_one("from").cloned(), matches.get_one("into").cloned());
    Some(Request::Fetch(set, Arguments { from, into }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<Option<Request>, String> {
        let matches = command().try_get_matches_from(["fetch"].iter().chain(words));
        matches.map(|matches| request(&matches)).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_asked_is_understood() {
        let want = Arguments { from: Some("..".into()), into: Some("x".into()) };
        assert_eq!(
            parsed(&["--from", "..", "mnist", "--into", "x"]),
            Ok(Some(Request::Fetch(Set::Mnist, want)))
        );
        let check = Request::Check(Set::FashionMnist, vec!["a".into(), "b".into()]);
        assert_eq!(parsed(&["--check", "fashion-mnist", "a", "b"]), Ok(Some(check)));
        for (words, wrong) in [
            (vec!["mnst"], "possible values: mnist, fashion-mnist"),
            (vec![], "required arguments"),
            (vec!["mnist", "--form", "x"], "unexpected argument '--form'"),
            (vec!["mnist", "--from"], "a value is required"),
            (vec!["mnist", "x"], "--check"),
        ] {
            assert!(parsed(&words).is_err_and(|said| said.contains(wrong)), "{words:?}");
        }
    }
}
