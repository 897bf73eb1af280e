//! From a table to a report, three pictures and a notebook, with the katas of milestone 10. `cargo kata pipeline` runs
//! this.

mod arguments;
mod intake;
mod results;

use std::fs;
use std::process::ExitCode;

use arguments::Arguments;
use intake::Taken;
use katas::m10_pipeline::report::figures;
use katas::m10_pipeline::run::run;
use kit::InputError;
use programs::output::Output;
use programs::{ProgramError, unwritten};

fn main() -> ExitCode {
    match arguments::parse(programs::arguments::words()) {
        Ok(mut arguments) => programs::finish("pipeline", whole(&mut arguments)),
        Err(code) => code,
    }
}

fn whole(arguments: &mut Arguments) -> Result<(), ProgramError> {
    let mut output = Output::default();
    let table = table(arguments)?;
    output.print(&table.notes.to_string())?;
    let report = unwritten::run(|| run(&table.text, &arguments.recipe))?;
    let report = report.map_err(|rejected| {
        ProgramError::Kata(format!("{}: {rejected}{}", arguments.file.display(), advice(&rejected)))
    })?;
    output.print(&report.to_string())?;
    let figures = unwritten::run(|| figures(&report))?;
    results::write(arguments, &table, &report, &figures, &mut output)
}

fn table(arguments: &mut Arguments) -> Result<Taken, ProgramError> {
    let file = arguments.file.display().to_string();
    let mut bytes = fs::read(&arguments.file)
        .map_err(|error| ProgramError::Kata(format!("cannot read {file}: {error}")))?;
    if arguments.digits {
        // Images come without names for their pixels.
        let names: String = (0..64).map(|k| format!("pixel_{}_{},", k / 8, k % 8)).collect();
        bytes = [format!("{names}digit\n").as_bytes(), &bytes].concat();
    }
    let taken = intake::take(bytes, &arguments.form, &mut arguments.recipe);
    taken.map_err(|wrong| ProgramError::Kata(format!("{file}: {wrong}")))
}

/// What can be done where the table is not as the recipe has it.
fn advice(rejected: &InputError) -> &'static str {
    match rejected {
        InputError::Constant { .. } => "\n  Every row kept is of one class.",
        InputError::TooFew { .. } => "\n  No row is left to train on, or to test on.",
        InputError::NotConverged { .. } => "\n  Try a smaller --rate.",
        _ => "",
    }
}
