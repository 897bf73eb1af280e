//! `draw`: figures as text in, pictures out.

mod arguments;

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use arguments::Arguments;
use draw::terminal::{self, Screen};
use kit::Figure;

/// An exit code, and what went wrong with what to do about it.
type Failure = (u8, String);

fn main() -> ExitCode {
    match arguments::command().try_get_matches_from(std::env::args_os()) {
        Ok(matches) => finish(run(&arguments::arguments(&matches))),
        Err(error) if error.use_stderr() => {
            tell(error.to_string().trim_end());
            ExitCode::from(2)
        }
        Err(help) => finish(write_out(help.to_string().as_bytes())),
    }
}

fn finish(result: Result<(), Failure>) -> ExitCode {
    let Err((code, words)) = result else { return ExitCode::SUCCESS };
    tell(&format!("draw: {words}"));
    ExitCode::from(code)
}

/// Prints on standard error. Where that fails, there is no other place to report it.
fn tell(line: &str) {
    let _nowhere_to_report = writeln!(io::stderr(), "{line}");
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let figures = figures(&arguments.figures)?;
    for (index, figure) in figures.iter().enumerate() {
        let number = (figures.len() > 1).then_some(index + 1);
        if let Some(file) = &arguments.svg {
            save(file, number, &picture(figure, Kind::Svg)?)?;
        }
        if let Some(file) = &arguments.png {
            save(file, number, &picture(figure, Kind::Png)?)?;
        }
        if arguments.svg.is_none() && arguments.png.is_none() {
            let screen = Screen::of_standard_output(arguments.width);
            let between = if index > 0 { "\n" } else { "" };
            write_out(format!("{between}{}", terminal::draw(figure, &screen)).as_bytes())?;
        }
    }
    Ok(())
}

enum Kind {
    Svg,
    Png,
}

#[cfg(feature = "files")]
fn picture(figure: &Figure, kind: Kind) -> Result<Vec<u8>, Failure> {
    let bytes = match kind {
        Kind::Svg => draw::svg(figure).map(String::into_bytes),
        Kind::Png => draw::png(figure),
    };
    bytes.map_err(|error| (1, error.to_string()))
}

#[cfg(not(feature = "files"))]
fn picture(_: &Figure, kind: Kind) -> Result<Vec<u8>, Failure> {
    let kind = match kind {
        Kind::Svg => "SVG",
        Kind::Png => "PNG",
    };
    Err((1, format!("built without the cargo feature `files`, which writes {kind}")))
}

/// The figures in the files, or the one on standard input where none is named.
fn figures(files: &[PathBuf]) -> Result<Vec<Figure>, Failure> {
    if files.is_empty() {
        return Ok(vec![figure(Path::new("-"))?]);
    }
    files.iter().map(|file| figure(file)).collect()
}

fn figure(file: &Path) -> Result<Figure, Failure> {
    let name = if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() };
    let text = if file == Path::new("-") {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(file)
    };
    let wrong = |words: String| (1, words);
    let unread = |error| wrong(format!("cannot read {name}: {error}. Name a file with a figure's text."));
    let text = text.map_err(unread)?;
    if text.trim().is_empty() {
        return Err(wrong(format!("{name} is empty. A figure's text begins with `figure` and its title.")));
    }
    text.parse().map_err(|error| {
        wrong(format!("{name} holds no figure: {error}. Was it written with `{{}}` by kit::Figure?"))
    })
}

/// Writes a picture; the n-th of several gets its number into its name.
fn save(file: &Path, number: Option<usize>, bytes: &[u8]) -> Result<(), Failure> {
    if file == Path::new("-") {
        return write_out(bytes);
    }
    let file = number.map_or_else(|| file.to_owned(), |number| numbered(file, number));
    let remedy = "Is the folder there, and may you write to it?";
    let failure = |error| (1, format!("cannot write {}: {error}. {remedy}", file.display()));
    fs::write(&file, bytes).map_err(failure)?;
    tell(&file.display().to_string());
    Ok(())
}

fn numbered(file: &Path, number: usize) -> PathBuf {
    let mut name = file.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{number}"));
    if let Some(extension) = file.extension() {
        name.push(".");
        name.push(extension);
    }
    file.with_file_name(name)
}

/// Anyone who reads may stop reading, as `head` does.
fn write_out(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err((3, format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}
