use std::path::PathBuf;

use clap::builder::RangedU64ValueParser;
use clap::{Arg, ArgMatches, Command, value_parser};

const NOTES: &str = "\
With several figures, FILE gets a number: curves-1.svg, curves-2.svg.
In the terminal there are colors unless NO_COLOR is set, and ASCII alone where the locale is not UTF-8.

Examples:
  draw curves.figure
  draw --svg curves.svg --png curves.png curves.figure
  draw --width 100 < curves.figure | less -R

Exit codes: 0 drawn · 1 a figure cannot be read or a picture not written · 2 the command line is wrong ·
3 standard output cannot be written";

/// Which figures, and into what.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Arguments {
    pub svg: Option<PathBuf>,
    pub png: Option<PathBuf>,
    pub width: Option<usize>,
    pub figures: Vec<PathBuf>,
}

pub(crate) fn command() -> Command {
    let file = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name("FILE").value_parser(value_parser!(PathBuf)).help(help)
    };
    let columns = RangedU64ValueParser::<usize>::new().range(24..=400);
    let width = Arg::new("width").long("width").value_name("COLS").value_parser(columns);
    let figures = Arg::new("figure").value_name("FIGURE").num_args(0..).value_parser(value_parser!(PathBuf));
    Command::new("draw")
        .about("Draw figures: in the terminal, or into SVG and PNG files")
        .args_override_self(true)
        .arg(figures.help("Files with the text of a kit::Figure; without one, standard input is read"))
        .arg(file("svg", "Write an SVG picture (`-`: to standard output)"))
        .arg(file("png", "Write a PNG picture, two pixels per unit (`-`: to standard output)"))
        .arg(
            width
                .help("Columns of the terminal drawing, 24 to 400 [default: what the terminal has, else 80]"),
        )
        .after_help(NOTES)
}

pub(crate) fn arguments(matches: &ArgMatches) -> Arguments {
    Arguments {
        svg: matches.get_one("svg").cloned(),
        png: matches.get_one("png").cloned(),
        width: matches.get_one("width").copied(),
        figures: matches.get_many("figure").unwrap_or_default().cloned().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<Arguments, String> {
        let matches = command().try_get_matches_from(["draw"].iter().chain(words));
        matches.map(|matches| arguments(&matches)).map_err(|error| error.to_string())
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
        assert_eq!(parsed(&words), Ok(want));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (words, wrong) in [
            (["--jpg", "x"].as_slice(), "unexpected argument '--jpg'"),
            (&["--svg"], "a value is required for '--svg <FILE>'"),
            (&["--width", "0"], "24..=400"),
        ] {
            assert!(parsed(words).is_err_and(|said| said.contains(wrong)), "{words:?}");
        }
    }
}
