use std::ffi::OsString;
use std::path::PathBuf;

/// What `--help` says.
pub(crate) const HELP: &str = "\
Draws figures: in the terminal, or into SVG and PNG files.

Usage: draw [--svg FILE] [--png FILE] [--width COLS] [FIGURE…]

FIGURE is a file with the text of a kit::Figure; without one, standard input is read.

      --svg FILE    write an SVG picture (`-`: to standard output)
      --png FILE    write a PNG picture, two pixels a unit (`-`: to standard output)
      --width COLS  columns of the terminal drawing, 24 to 400 (default: what the terminal has, else 80)
  -h, --help        this text

With several figures, FILE gets a number: curves-1.svg, curves-2.svg.
In the terminal there are colours unless NO_COLOR is set, and ASCII alone where the locale is not UTF-8.

Examples:
  draw curves.figure
  draw --svg curves.svg --png curves.png curves.figure
  draw --width 100 < curves.figure | less -R

Exit code: 0 drawn, 1 a figure could not be read or a picture not written, 2 the command line is wrong.
";

/// What the command line asks for.
#[derive(Debug, PartialEq)]
pub(crate) enum Request {
    /// To be told how.
    Help,
    /// Pictures.
    Draw(Arguments),
}

/// Which figures, and into what.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Arguments {
    pub svg: Option<PathBuf>,
    pub png: Option<PathBuf>,
    pub width: Option<usize>,
    pub figures: Vec<PathBuf>,
}

/// Reads the words behind the program's name; an error says what is wrong with them.
pub(crate) fn parse(words: impl Iterator<Item = OsString>) -> Result<Request, String> {
    let mut arguments = Arguments::default();
    let mut words = words;
    let mut only_files = false;
    while let Some(word) = words.next() {
        let text = word.to_string_lossy().into_owned();
        if only_files || text == "-" || !text.starts_with('-') {
            arguments.figures.push(word.into());
            continue;
        }
        let (option, attached) = match text.split_once('=') {
            Some((option, value)) => (option.to_owned(), Some(OsString::from(value))),
            None => (text, None),
        };
        let mut value =
            || attached.clone().or_else(|| words.next()).ok_or_else(|| format!("{option} needs a value"));
        match option.as_str() {
            "-h" | "--help" => return Ok(Request::Help),
            "--" => only_files = true,
            "--svg" => arguments.svg = Some(value()?.into()),
            "--png" => arguments.png = Some(value()?.into()),
            "--width" => arguments.width = Some(columns(&value()?.to_string_lossy())?),
            _ => return Err(format!("there is no option {option}")),
        }
    }
    Ok(Request::Draw(arguments))
}

fn columns(text: &str) -> Result<usize, String> {
    let columns = text.parse().ok().filter(|columns| (24..=400).contains(columns));
    columns.ok_or_else(|| format!("--width wants a whole number from 24 to 400, got {text:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<Request, String> {
        parse(words.iter().map(OsString::from))
    }

    #[test]
    fn options_may_stand_anywhere() {
        let want = Arguments {
            svg: Some("a.svg".into()),
            width: Some(60),
            figures: vec!["a.figure".into(), "-".into(), "--odd".into()],
            png: None,
        };
        let words = ["a.figure", "--svg", "a.svg", "-", "--width=60", "--", "--odd"];
        assert_eq!(parsed(&words), Ok(Request::Draw(want)));
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(parsed(&["--jpg", "x"]), Err("there is no option --jpg".to_owned()));
        assert_eq!(parsed(&["--svg"]), Err("--svg needs a value".to_owned()));
        assert!(parsed(&["--width", "0"]).is_err_and(|wrong| wrong.contains("24 to 400")));
        assert_eq!(parsed(&["x", "--help"]), Ok(Request::Help));
    }
}
