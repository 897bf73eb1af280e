//! `draw`: figures as text in, pictures out.

mod arguments;

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use arguments::{Arguments, HELP, Request};
use draw::terminal::{self, Screen};
use kit::Figure;

/// What went wrong, and what to do about it.
type Failure = String;

fn main() -> ExitCode {
    let arguments = match arguments::parse(std::env::args_os().skip(1)) {
        Ok(Request::Help) => return finish(write_out(HELP.as_bytes())),
        Ok(Request::Draw(arguments)) => arguments,
        Err(wrong) => {
            eprintln!("draw: {wrong}\nTry `draw --help`.");
            return ExitCode::from(2);
        }
    };
    finish(run(&arguments))
}

fn finish(result: Result<(), Failure>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("draw: {failure}");
            ExitCode::FAILURE
        }
    }
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
    bytes.map_err(|error| error.to_string())
}

#[cfg(not(feature = "files"))]
fn picture(_: &Figure, kind: Kind) -> Result<Vec<u8>, Failure> {
    let kind = match kind {
        Kind::Svg => "SVG",
        Kind::Png => "PNG",
    };
    Err(format!("built without the cargo feature `files`, which writes {kind}"))
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
    let text =
        text.map_err(|error| format!("cannot read {name}: {error}. Name a file with a figure's text."))?;
    if text.trim().is_empty() {
        return Err(format!("{name} is empty. A figure's text begins with `figure` and its title."));
    }
    text.parse().map_err(|error| {
        format!("{name} holds no figure: {error}. Was it written with `{{}}` by kit::Figure?")
    })
}

/// Writes a picture; the n-th of several gets its number into its name.
fn save(file: &Path, number: Option<usize>, bytes: &[u8]) -> Result<(), Failure> {
    if file == Path::new("-") {
        return write_out(bytes);
    }
    let file = number.map_or_else(|| file.to_owned(), |number| numbered(file, number));
    let failure = |error| {
        format!("cannot write {}: {error}. Is the folder there, and may you write to it?", file.display())
    };
    fs::write(&file, bytes).map_err(failure)?;
    eprintln!("{}", file.display());
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

/// Whoever reads may stop reading, as `head` does.
fn write_out(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("cannot write to standard output: {error}"))
        }
        _ => Ok(()),
    }
}
