//! Trains the network of a milestone on a whole data set. `cargo kata train m07` runs this; by itself:
//!
//! ```text
//! cargo run --package train --features solutions -- m09 mnist 3 1 out
//! ```
//!
//! The arguments are milestone, data, epochs, seed and the folder for what is left: figures as text, and a checkpoint.

mod images;
#[cfg(feature = "m07")]
mod m07_deep_learning;
#[cfg(feature = "m09")]
mod m09_convolution;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use images::Split;

/// What is asked for.
struct Task {
    data: Split,
    epochs: usize,
    seed: u64,
    out: PathBuf,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [milestone, data, epochs, seed, out] = arguments else {
        return Err("wanted: milestone, data, epochs, seed, folder".into());
    };
    let (epochs, seed, out) = (epochs.parse()?, seed.parse()?, PathBuf::from(out));
    std::fs::create_dir_all(&out)?;
    let task = Task { data: Split::load(data)?, epochs, seed, out };
    match milestone.as_str() {
        #[cfg(feature = "m07")]
        "m07" => m07_deep_learning::train(&task),
        #[cfg(feature = "m09")]
        "m09" => m09_convolution::train(&task),
        other => Err(format!("there is no network to train in {other}").into()),
    }
}

/// One line for each epoch, as soon as it is done.
struct Lines {
    start: Instant,
    epoch: usize,
}

impl Lines {
    fn begin() -> Self {
        println!("epoch  seconds  training loss  accuracy  validation loss  accuracy");
        Self { start: Instant::now(), epoch: 0 }
    }

    fn line(&mut self, [loss, accuracy, validation_loss, validation_accuracy]: [f64; 4]) {
        self.epoch += 1;
        let seconds = self.start.elapsed().as_secs_f64();
        println!(
            "{:>5}  {seconds:>7.1}  {loss:>13.4}  {accuracy:>8.4}  {validation_loss:>15.4}  {validation_accuracy:>8.4}",
            self.epoch
        );
    }
}

/// Leaves a figure for whoever draws it.
fn leave(figure: &kit::Figure, folder: &Path, name: &str) -> Result<(), Box<dyn Error>> {
    Ok(std::fs::write(folder.join(format!("{name}.figure")), figure.to_string())?)
}
