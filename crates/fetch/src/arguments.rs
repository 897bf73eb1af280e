use std::ffi::OsString;
use std::path::PathBuf;

use kit::data::mnist::Set;

/// What `--help` says.
pub(crate) const HELP: &str = "\
Fetches a data set into the cache of the katas, or completes one that is there.

Usage: fetch SET [--from SOURCE] [--into FOLDER]

SET is mnist or fashion-mnist: four files, 12 or 31 MB.

      --from SOURCE  an address (http or https) or a folder that has the files, instead of the usual ones
      --into FOLDER  where the files go (default: the folder of the set in the cache)
  -h, --help         this text

Each file is checked by its SHA-256 and appears when it is whole. What was interrupted goes on where it stopped.

Examples:
  fetch mnist
  fetch mnist --from /media/usb/mnist
  fetch fashion-mnist --from http://localhost:8000/

Exit code: 0 all files are there, 1 one could not be had, 2 the command line is wrong.
";

/// What the command line asks for.
#[derive(Debug, PartialEq)]
pub(crate) enum Request {
    /// To be told how.
    Help,
    /// A data set.
    Fetch(Arguments),
}

/// Which set, from where, to where.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Arguments {
    pub set: String,
    pub from: Option<String>,
    pub into: Option<PathBuf>,
}

/// Reads the words behind the program's name; an error says what is wrong with them.
pub(crate) fn parse(mut words: impl Iterator<Item = OsString>) -> Result<Request, String> {
    let mut arguments = Arguments::default();
    while let Some(word) = words.next() {
        let text = word.to_string_lossy().into_owned();
        let mut value = || words.next().ok_or_else(|| format!("{text} needs a value"));
        match text.as_str() {
            "-h" | "--help" => return Ok(Request::Help),
            "--from" => arguments.from = Some(value()?.to_string_lossy().into_owned()),
            "--into" => arguments.into = Some(value()?.into()),
            _ if text.starts_with('-') => return Err(format!("there is no option {text}")),
            _ if arguments.set.is_empty() => arguments.set = text,
            _ => return Err(format!("one set at a time: {} or {text}?", arguments.set)),
        }
    }
    let names = Set::ALL.map(Set::name);
    match arguments.set.as_str() {
        "" => Err(format!("which set: {}?", names.join(" or "))),
        set if names.contains(&set) => Ok(Request::Fetch(arguments)),
        set => Err(format!("there is no set {set}, but {}", names.join(" and "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<Request, String> {
        parse(words.iter().map(OsString::from))
    }

    #[test]
    fn what_is_asked_is_understood() {
        let want = Arguments { set: "mnist".into(), from: Some("..".into()), into: Some("x".into()) };
        assert_eq!(parsed(&["--from", "..", "mnist", "--into", "x"]), Ok(Request::Fetch(want)));
        assert_eq!(parsed(&["nonsense", "-h"]), Ok(Request::Help));
        assert_eq!(parsed(&["mnst"]), Err("there is no set mnst, but mnist and fashion-mnist".to_owned()));
        assert_eq!(parsed(&[]), Err("which set: mnist or fashion-mnist?".to_owned()));
        assert_eq!(parsed(&["mnist", "--form", "x"]), Err("there is no option --form".to_owned()));
        assert_eq!(parsed(&["mnist", "--from"]), Err("--from needs a value".to_owned()));
    }
}
