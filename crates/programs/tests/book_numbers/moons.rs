//! The picture of milestone 4: what a linear classifier makes of two moons. `KATAS_PICTURES=write` writes its figure anew.

use std::{env, fs};

use katas::m04_ml_from_scratch::{data, logistic};
use katas::m06_perceptron::boundary::decision_figure;
use kit::{Generator, InputError};

use crate::says;

#[test]
fn a_line_between_two_moons() -> Result<(), InputError> {
    let (x, y) = data::make_moons(120, 0.15, &mut Generator::from_seed(4))?;
    let (w, b) = logistic::fit(&x, &y, 0.5, 2000)?;
    let figure = decision_figure(&x, &y, [w[0], w[1]], b)?;
    let correct = figure.title.trim_start_matches("Decision boundary: ").replace(" of ", " of the ");
    says("m04_ml_from_scratch", &format!("{} samples", correct.trim_end_matches(" correct")));
    let place =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../book/src/pictures/m04_ml_from_scratch/moons.figure");
    let text = format!("{figure:.4}");
    if env::var_os("KATAS_PICTURES").is_some_and(|value| value == "write") {
        fs::write(place, &text).expect("the folder is there");
    }
    let kept = fs::read_to_string(place).expect("KATAS_PICTURES=write writes it");
    // Another machine's exp may differ in the last digit printed.
    let number = |word: &str| word.parse::<f64>().ok();
    let alike = |a: &str, b: &str| match (number(a), number(b)) {
        (Some(a), Some(b)) => (a - b).abs() < 2e-4,
        _ => a == b,
    };
    let (kept, text): (Vec<_>, Vec<_>) =
        (kept.split_whitespace().collect(), text.split_whitespace().collect());
    assert!(kept.len() == text.len() && kept.iter().zip(&text).all(|(a, b)| alike(a, b)), "another figure");
    Ok(())
}
