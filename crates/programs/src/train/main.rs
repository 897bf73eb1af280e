//! Trains the network of a milestone on a whole data set. `cargo kata train m07` runs this; by itself:
//!
//! ```text
//! cargo run --package programs --bin train --features train,m09,solutions -- m09 mnist 3 1 out
//! ```
//!
//! The arguments are milestone, data, epochs, seed and the folder for what is left: figures as text, and a checkpoint.

mod folder;
mod images;
#[path = "../unwritten.rs"]
mod unwritten;

#[cfg(feature = "m07")]
mod m07_deep_learning;
#[cfg(feature = "m09")]
mod m09_convolution;

use std::process::ExitCode;
use std::time::Instant;

use folder::Folder;
use images::Split;
use kit::InputError;

/// What is asked for.
struct Task {
    data: Split,
    epochs: usize,
    seed: u64,
    out: Folder,
}

/// Why nothing comes of it.
enum Failure {
    /// A kata refuses, or is not written.
    Kata(String),
    /// The data or the folder.
    Surroundings(String),
}

impl From<InputError> for Failure {
    fn from(refusal: InputError) -> Self {
        Self::Kata(format!("a kata refused: {refusal}"))
    }
}

/// Of candle's operations between the katas.
impl From<candle_core::Error> for Failure {
    fn from(error: candle_core::Error) -> Self {
        Self::from(InputError::from(error))
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (code, words) = match run(&arguments) {
        Ok(Ok(())) => return ExitCode::SUCCESS,
        Ok(Err(Failure::Surroundings(words))) => (3, words),
        Ok(Err(Failure::Kata(words))) => (1, words),
        Err(wrong) => (2, wrong),
    };
    eprintln!("train: {words}");
    ExitCode::from(code)
}

/// An error for what was asked, and a failure within for what became of it.
fn run(arguments: &[String]) -> Result<Result<(), Failure>, String> {
    let [milestone, data, epochs, seed, out] = arguments else {
        return Err("wanted: milestone, data, epochs, seed, folder".to_owned());
    };
    let number = |text: &String| text.parse::<u64>().map_err(|_| format!("{text:?} is no number"));
    let (epochs, seed) = (number(epochs)? as usize, number(seed)?);
    let train = match milestone.as_str() {
        #[cfg(feature = "m07")]
        "m07" => m07_deep_learning::train,
        #[cfg(feature = "m09")]
        "m09" => m09_convolution::train,
        other => return Err(format!("there is no network to train in {other}")),
    };
    let asked = || {
        // Both before the first epoch: nobody wants to learn of it after the last.
        let out = Folder::writable(out)?;
        let task = Task { data: Split::load(data)?, epochs, seed, out };
        unwritten::run(|| train(&task)).unwrap_or_else(|words| Err(Failure::Kata(words)))
    };
    Ok(asked())
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
