//! Trains the network of a milestone on a whole data set. `cargo kata train m07` runs this; by itself:
//!
//! ```text
//! cargo run --package programs --bin train --features train,m09,solutions -- m09 --data mnist --epochs 3
//! ```
//!
//! It leaves figures as text, and a checkpoint.

mod folder;
#[cfg(any(feature = "m07", feature = "m09"))]
mod images;

#[cfg(feature = "m07")]
mod m07_deep_learning;
#[cfg(feature = "m09")]
mod m09_convolution;
#[cfg(feature = "x4")]
mod x4_attention;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::builder::{PossibleValuesParser, RangedU64ValueParser};
use clap::{Arg, ArgMatches, Command, value_parser};
use folder::Folder;
use kit::InputError;
use programs::output::{CLOSED, Output, tell};
use programs::{ProgramError, unwritten};

/// What networks for images learn from, and what the GPT does.
const DATA: [&[&str]; 2] = [&["digits", "mnist", "fashion-mnist"], &["sorting", "sentences"]];

/// What is asked for.
struct Task {
    data: String,
    epochs: usize,
    seed: u64,
    out: Folder,
}

/// An error of candle's operations between the katas, as a kata would return it.
fn of_candle(error: candle_core::Error) -> ProgramError {
    ProgramError::from(InputError::from(error))
}

fn main() -> ExitCode {
    match programs::arguments::parse(command(), programs::arguments::words()) {
        Ok(matches) => programs::finish("train", run(&matches)),
        Err(code) => code,
    }
}

fn command() -> Command {
    let number = |name: &'static str, least: u64, usual: &'static str, help: &'static str| {
        let range = RangedU64ValueParser::<u64>::new().range(least..);
        Arg::new(name).long(name).value_name("N").value_parser(range).default_value(usual).help(help)
    };
    let data = PossibleValuesParser::new(DATA.concat());
    let out = Arg::new("out").long("out").value_name("DIR").value_parser(value_parser!(PathBuf));
    Command::new("train")
        .bin_name("cargo kata train")
        .about("Train the network of a milestone on a whole data set: curves, feature maps, a checkpoint")
        .arg(
            Arg::new("milestone")
                .value_name("MILESTONE")
                .required(true)
                .value_parser(PossibleValuesParser::new(["m07", "m09", "x4"])),
        )
        .arg(
            Arg::new("data")
                .long("data")
                .value_parser(data)
                .help("The data set [default: digits; x4: sorting]"),
        )
        .arg(number("epochs", 1, "10", "Passes over the data"))
        .arg(number("seed", 0, "1", "The same seed gives the same curves"))
        .arg(out.help("The output directory [default: training/MILESTONE]"))
        .after_help("Examples:\n  cargo kata train m07\n  cargo kata train m09 --data mnist --epochs 3")
}

fn run(matches: &ArgMatches) -> Result<(), ProgramError> {
    let text = |name: &str| matches.get_one::<String>(name).map_or("", String::as_str);
    let number = |name: &str| matches.get_one::<u64>(name).copied().unwrap_or(1);
    let milestone = text("milestone");
    let train = match milestone {
        #[cfg(feature = "m07")]
        "m07" => m07_deep_learning::train,
        #[cfg(feature = "m09")]
        "m09" => m09_convolution::train,
        #[cfg(feature = "x4")]
        "x4" => x4_attention::train,
        other => return Err(ProgramError::Usage(format!("built without the cargo feature `{other}`"))),
    };
    let out = matches.get_one::<PathBuf>("out").cloned();
    // Both before the first epoch: no one wants to learn of it after the last.
    let out = Folder::writable(out.unwrap_or_else(|| PathBuf::from("training").join(milestone)))?;
    let fitting = DATA[usize::from(milestone == "x4")];
    let data = matches.get_one::<String>("data").map_or(fitting[0], String::as_str);
    if !fitting.contains(&data) {
        return Err(ProgramError::Usage(format!(
            "{milestone} learns from {}, not {data}",
            fitting.join(", ")
        )));
    }
    let data = data.to_owned();
    let task = Task { data, epochs: number("epochs") as usize, seed: number("seed"), out };
    unwritten::run(|| train(&task))?
}

/// One line for each epoch, as soon as it is done.
struct Lines {
    start: Instant,
    epoch: usize,
    output: Output,
}

impl Lines {
    #[cfg(any(feature = "m07", feature = "m09"))]
    fn begin() -> Result<Self, ProgramError> {
        let mut lines = Self::silent();
        lines.head()?;
        Ok(lines)
    }

    fn silent() -> Self {
        Self { start: Instant::now(), epoch: 0, output: Output::default() }
    }

    fn head(&mut self) -> Result<(), ProgramError> {
        self.output.print("epoch  seconds  training loss  accuracy  validation loss  accuracy\n")
    }

    /// The learner's `fit` calls this and cannot be asked to stop, so the program ends here when its output is closed.
    fn line(&mut self, [loss, accuracy, validation_loss, validation_accuracy]: [f64; 4]) {
        self.epoch += 1;
        let (epoch, seconds) = (self.epoch, self.start.elapsed().as_secs_f64());
        let validation = format!("{validation_loss:>15.4}  {validation_accuracy:>8.4}");
        let line = format!("{epoch:>5}  {seconds:>7.1}  {loss:>13.4}  {accuracy:>8.4}  {validation}\n");
        if let Err(failure) = self.output.print(&line) {
            tell(&format!("train: {failure}"));
            std::process::exit(i32::from(failure.code()));
        }
        if self.output.is_closed() {
            std::process::exit(i32::from(CLOSED));
        }
    }
}
