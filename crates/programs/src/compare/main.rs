//! The learner's answer, the reference and a library on the same random inputs: where they first differ, and how fast
//! each is. `cargo kata compare ID` runs this; by itself:
//!
//! ```text
//! cargo run --release --package programs --bin compare --features compare,m01 -- m01_linear_algebra/vectors/dot
//! ```

mod contest;
mod difference;
mod numbers;
mod stopwatch;

#[cfg(feature = "boss")]
mod boss;
#[cfg(feature = "m01")]
mod m01_linear_algebra;
#[cfg(feature = "m02")]
mod m02_statistics;
#[cfg(feature = "m04")]
mod m04_ml_from_scratch;
#[cfg(feature = "m05")]
mod m05_classifiers;
#[cfg(feature = "m08")]
mod m08_vision;
#[cfg(feature = "m09")]
mod m09_convolution;

use std::process::ExitCode;

use contest::Run;

fn contests() -> Vec<Box<dyn Run>> {
    let mut all: Vec<Box<dyn Run>> = Vec::new();
    #[cfg(feature = "m01")]
    all.extend(m01_linear_algebra::contests());
    #[cfg(feature = "m02")]
    all.extend(m02_statistics::contests());
    #[cfg(feature = "m04")]
    all.extend(m04_ml_from_scratch::contests());
    #[cfg(feature = "m05")]
    all.extend(m05_classifiers::contests());
    #[cfg(feature = "m08")]
    all.extend(m08_vision::contests());
    #[cfg(feature = "m09")]
    all.extend(m09_convolution::contests());
    #[cfg(feature = "boss")]
    all.extend(boss::contests());
    all
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let all = contests();
    if arguments.iter().any(|argument| argument == "--list") {
        all.iter().for_each(|contest| println!("{}", contest.id()));
        return ExitCode::SUCCESS;
    }
    let asked = |id: &str| {
        let below = |part: &String| id == part || id.starts_with(&format!("{part}/"));
        arguments.is_empty() || arguments.iter().any(below)
    };
    let outcomes: Vec<bool> = all.iter().filter(|contest| asked(contest.id())).map(|c| c.run()).collect();
    if outcomes.is_empty() {
        eprintln!("nothing to compare for {}; --list shows what there is", arguments.join(" "));
        return ExitCode::from(2);
    }
    if outcomes.iter().all(|&agreed| agreed) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
