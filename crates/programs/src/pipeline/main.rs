//! From a file to a report, three pictures and a notebook, with the katas of milestone 10. `cargo kata pipeline` runs this.

mod arguments;
#[path = "../unwritten.rs"]
mod unwritten;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use arguments::{Arguments, HELP, Request};
use katas::m10_pipeline::report::{figures, write_notebook};
use katas::m10_pipeline::run::run;
use kit::Figure;
use kit::pipeline::{Origin, Report};

fn main() -> ExitCode {
    let arguments = match arguments::parse(std::env::args_os().skip(1)) {
        Ok(Request::Help) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Ok(Request::Run(arguments)) => arguments,
        Err(wrong) => {
            eprintln!("pipeline: {wrong}\nTry `cargo kata pipeline --help`.");
            return ExitCode::from(2);
        }
    };
    match whole(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(wrong) => {
            eprintln!("pipeline: {wrong}");
            ExitCode::FAILURE
        }
    }
}

fn whole(arguments: &Arguments) -> Result<(), String> {
    let file = &arguments.file;
    let text =
        fs::read_to_string(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    // Images come without names for their pixels.
    let text = if arguments.digits { digits(&text) } else { text };
    let report = unwritten::run(|| run(&text, &arguments.recipe))?;
    let report =
        report.map_err(|refused| format!("{}: {refused}{}", file.display(), advice(&refused, &text)))?;
    print!("{report}");
    let figures = unwritten::run(|| figures(&report))?;
    write(arguments, &report, &figures)
}

/// The digits with a header, and the folder gets this file, too: the notebook reads it.
fn digits(text: &str) -> String {
    let names: String = (0..64).map(|k| format!("pixel_{}_{},", k / 8, k % 8)).collect();
    format!("{names}digit\n{text}")
}

/// What can be done where the file is not as the recipe has it.
fn advice(refused: &kit::InputError, text: &str) -> String {
    let columns = || text.lines().next().unwrap_or_default();
    match refused {
        kit::InputError::NoColumn { .. } => format!("\n  The file's first line: {}", columns()),
        kit::InputError::BadCell { column, wanted, .. } if *wanted == "a finite number" => {
            format!("\n  Correct the cell, or take the column as words: --words {column:?}")
        }
        kit::InputError::Constant { .. } => "\n  Every row kept is of one class.".to_owned(),
        kit::InputError::TooFew { .. } => "\n  No row is left to learn from, or to test on.".to_owned(),
        kit::InputError::NotConverged { .. } => "\n  Try a smaller --rate.".to_owned(),
        _ => String::new(),
    }
}

fn write(arguments: &Arguments, report: &Report, figures: &[Figure]) -> Result<(), String> {
    let out = &arguments.out;
    let failed = |path: &Path, error| format!("cannot write {}: {error}", path.display());
    fs::create_dir_all(out).map_err(|error| failed(out, error))?;
    let save = |name: &str, bytes: &[u8]| {
        let path = out.join(name);
        fs::write(&path, bytes).map_err(|error| failed(&path, error))?;
        println!("{}", path.display());
        Ok::<(), String>(())
    };
    println!();
    let mut pictures = Vec::new();
    for (figure, name) in figures.iter().zip(["balance", "descent", "confusion"]) {
        let svg = draw::svg(figure).map_err(|error| error.to_string())?;
        save(&format!("{name}.svg"), svg.as_bytes())?;
        save(&format!("{name}.png"), &draw::png(figure).map_err(|error| error.to_string())?)?;
        pictures.push(svg);
    }
    let mut file = fs::canonicalize(&arguments.file).map_err(|error| failed(&arguments.file, error))?;
    if arguments.digits {
        let text = fs::read_to_string(&file).map_err(|error| failed(&file, error))?;
        save("digits.csv", digits(&text).as_bytes())?;
        file = fs::canonicalize(out.join("digits.csv")).map_err(|error| failed(out, error))?;
    }
    let origin = Origin {
        title: arguments.title.clone(),
        file: file.display().to_string(),
        repository: arguments.repository.display().to_string(),
        solutions: cfg!(feature = "solutions"),
    };
    let notebook = unwritten::run(|| write_notebook(report, &arguments.recipe, &origin, &pictures))?;
    save("notebook.ipynb", notebook.as_bytes())
}
