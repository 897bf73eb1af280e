use judge::any::select;
use judge::{Answer, Broken, any, close, equal, example, for_all, rejected};
use katas::boss::robustness::attack_success_rate;
use kit::{Dense, Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::networks::{Network, network, samples, says, three_to_two, wide_samples};
use super::one_unit_decides;

const CALL: &str = "attack_success_rate(network, x, labels, attacked)";
const NAMES: &str = "network, x, labels, attacked";

/// A network, samples, their labels, and the attacked samples.
type Attack = (Network, Matrix, Vec<usize>, Matrix);

/// A network with samples, some of them misclassified, and other samples as their attacked versions.
fn attack() -> impl Strategy<Value = Attack> + Send + Sync + Clone {
    (1..=3_usize, 2..=3_usize).prop_flat_map(|(n, k)| {
        (network(n, k), samples(n), any::matrix(5, n)).prop_map(move |(network, (x, right), more)| {
            let label = |i: usize| (says(&network, x.row(i)).unwrap_or(0) + usize::from(!right[i])) % k;
            let labels = (0..x.rows()).map(label).collect();
            let attacked = Matrix::from_fn(x.rows(), n, |i, j| more[(i, j)]);
            (network, x, labels, attacked)
        })
    })
}

/// How many were classified correctly before, and how many of these are misclassified after; none if rounding may
/// decide it.
fn counted((network, x, labels, attacked): &Attack) -> Option<(usize, usize)> {
    let mut counts = (0, 0);
    for (i, label) in labels.iter().enumerate() {
        let (before, after) = (says(network, x.row(i))?, says(network, attacked.row(i))?);
        counts.0 += usize::from(before == *label);
        counts.1 += usize::from(before == *label && after != *label);
    }
    (counts.0 > 0).then_some(counts)
}

fn rate((network, x, labels, attacked): &Attack) -> Result<f64, Broken> {
    attack_success_rate(network, x, labels, attacked).accepted(CALL)
}

#[test]
fn counts_correct_predictions_that_became_wrong() {
    for_all(NAMES, attack()).holds(|attack| {
        let Some((right, fooled)) = counted(attack) else { return Ok(()) };
        let look = format!(
            "{right} samples are classified correctly before the attack, and {fooled} of these are \
                misclassified after it. Others do not count."
        );
        close(CALL, rate(attack)?, fooled as f64 / right as f64, 1e-12, look)
    });
}

#[test]
fn ignores_samples_misclassified_before() {
    for_all(NAMES, attack()).holds(|attack| {
        let Some((right, fooled)) = counted(attack) else { return Ok(()) };
        let (network, x, labels, attacked) = attack;
        // The same samples once more, each with a label that the network does not predict.
        let n = x.rows();
        let twice = |a: &Matrix| Matrix::from_fn(2 * n, a.cols(), |i, j| a[(i % n, j)]);
        let wrong = (0..n).map(|i| usize::from(says(network, x.row(i)) == Some(0)));
        let labels: Vec<usize> = labels.iter().copied().chain(wrong).collect();
        let call = "attack_success_rate with more samples, all misclassified before";
        let got = attack_success_rate(network, &twice(x), &labels, &twice(attacked)).accepted(call)?;
        let look = "Samples that were misclassified before the attack do not count.";
        close(call, got, fooled as f64 / right as f64, 1e-12, look)
    });
}

#[test]
fn identity_attack_has_rate_0() {
    for_all(NAMES, attack()).cases(64).holds(|attack| {
        let Some(_) = counted(attack) else { return Ok(()) };
        let (network, x, labels, _) = attack.clone();
        equal(
            "attack_success_rate(network, x, labels, x)",
            rate(&(network, x.clone(), labels, x))?,
            0.0,
            "No prediction changes.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::boss::robustness::attack_success_rate;
        use kit::{Dense, Matrix};
        let sides = Dense { weights: Matrix::from_rows([[-1.0], [1.0]]), bias: vec![0.0, 0.0] };
        let (x, attacked) =
            (Matrix::from_rows([[-1.0], [0.5], [2.0]]), Matrix::from_rows([[-2.0], [-0.5], [1.0]]));
        assert_eq!(attack_success_rate(&[sides], &x, &[1, 1, 1], &attacked), Ok(0.5));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn ties_go_to_the_first_class() {
        example(|| {
            let layer =
                Dense { weights: Matrix::from_rows([[0.0], [0.0], [1.0]]), bias: vec![0.5, 0.5, 0.0] };
            let (x, attacked) = (Matrix::from_rows([[0.25], [2.0]]), Matrix::from_rows([[0.0], [0.0]]));
            let call = "attack_success_rate([logits (½, ½, x)], (¼, 2), [0, 2], (0, 0))";
            let got = attack_success_rate(&[layer], &x, &[0, 2], &attacked).accepted(call)?;
            equal(
                call,
                got,
                0.5,
                "Ties go to class 0: the first sample stays correct, the second becomes wrong.",
            )
        });
    }

    #[test]
    fn does_not_overflow_for_large_logits() {
        example(|| {
            let layer = Dense { weights: Matrix::from_rows([[1000.0], [-1000.0]]), bias: vec![1000.0, 0.0] };
            let (x, attacked) = (Matrix::from_rows([[1.0], [2.0]]), Matrix::from_rows([[-2.0], [1.0]]));
            let call = "attack_success_rate([logits (1000·x + 1000, −1000·x)], (1, 2), [0, 0], (−2, 1))";
            let got = attack_success_rate(&[layer], &x, &[0, 0], &attacked).accepted(call)?;
            equal(call, got, 0.5, "Compare the logits themselves; e²⁰⁰⁰ overflows.")
        });
    }

    #[test]
    fn rejects_mismatched_inputs() {
        example(|| {
            let (network, x, labels) = (three_to_two(), Matrix::zeros(2, 3), [0, 1]);
            let ask = |network: &[Dense], x: &Matrix, labels: &[usize], attacked: &Matrix, want| {
                let call = format!(
                    "attack_success_rate({} layers, {:?}, {labels:?}, {:?})",
                    network.len(),
                    x.shape(),
                    attacked.shape()
                );
                let look = "x and attacked have one shape, one label per row; at least one sample must be \
                    classified correctly before.";
                rejected(&call, attack_success_rate(network, x, labels, attacked), want, look)
            };
            let want = InputError::ShapeMismatch { left: (2, 3), right: (1, 3) };
            ask(&network, &x, &labels, &Matrix::zeros(1, 3), want)?;
            let want = InputError::ShapeMismatch { left: (2, 3), right: (3, 3) };
            ask(&network, &x, &labels, &Matrix::zeros(3, 3), want)?;
            ask(&network, &x, &[0; 3], &x, InputError::LengthMismatch { left: 2, right: 3 })?;
            ask(&[], &x, &labels, &x, InputError::TooFew { got: 0, wanted: 1 })?;
            let narrow = Matrix::zeros(2, 2);
            ask(
                &network,
                &narrow,
                &labels,
                &narrow,
                InputError::ShapeMismatch { left: (2, 2), right: (2, 3) },
            )?;
            let wider = [network[0].clone(), network[0].clone()];
            ask(&wider, &x, &labels, &x, InputError::ShapeMismatch { left: (2, 2), right: (2, 3) })?;
            ask(&network, &x, &[1, 2], &x, InputError::UnknownClass { index: 1, got: 2, classes: 2 })?;
            ask(&network, &x, &[2, 1], &x, InputError::UnknownClass { index: 0, got: 2, classes: 2 })?;
            let none = Matrix::zeros(0, 3);
            ask(&network, &none, &[], &none, InputError::TooFew { got: 0, wanted: 1 })?;
            let wrong = usize::from(says(&network, x.row(0)) == Some(0));
            ask(&network, &x, &[wrong; 2], &x, InputError::TooFew { got: 0, wanted: 1 })
        });
    }

    #[test]
    fn rejects_nan_and_infinity() {
        for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
            let (network, x) = (three_to_two(), Matrix::zeros(2, 3));
            let odd = Matrix::from_fn(2, 3, |i, j| if 3 * i + j == *k { *bad } else { 0.0 });
            let look = "`accepts` reports name and index, for x and for the attacked samples.";
            let want = InputError::NotFinite { name: "x", index: *k };
            rejected("with x", attack_success_rate(&network, &odd, &[0, 0], &x), want.clone(), look)?;
            rejected("with attacked", attack_success_rate(&network, &x, &[0, 0], &odd), want, look)?;
            let mut spoiled = network;
            spoiled[1].bias[k % 2] = *bad;
            let want = InputError::NotFinite { name: "bias", index: k % 2 };
            rejected("with a bias of layer 1", attack_success_rate(&spoiled, &x, &[0, 0], &x), want, look)
        });
    }

    #[test]
    fn handles_large_networks_and_many_samples() {
        let inputs = (wide_samples(), any::seed());
        for_all("network, x, other labels, seed", inputs).cases(48).holds(|((network, x, others), seed)| {
            // Every third label is arbitrary; the samples under attack are others of the same network.
            let label = |i: usize| if i % 3 == 2 { others[i] } else { says(network, x.row(i)).unwrap_or(0) };
            let labels: Vec<usize> = (0..x.rows()).map(label).collect();
            let mut generator = Generator::from_seed(*seed);
            let noise: Vec<f64> = x.as_slice().iter().map(|_| generator.uniform_in(-1.0, 1.0)).collect();
            let attacked = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] + noise[i * x.cols() + j]);
            let attack = (network.clone(), x.clone(), labels, attacked);
            let Some((right, fooled)) = counted(&attack) else { return Ok(()) };
            let look = "All samples, pixels, layers and classes count.";
            close(CALL, rate(&attack)?, fooled as f64 / right as f64, 1e-12, look)
        });
    }

    #[test]
    fn counts_every_sample_and_every_class() {
        // The largest of k pixels is the class. One sample is of one class and fooled, all others are of another.
        let sizes = prop_oneof![3 => any::sizes([2..=4, 2..=12], [301, 65]), 1 => [301..=301_usize, 2..=12]];
        for_all("samples, classes, seed", (sizes, any::seed())).cases(48).holds(|&([n, k], seed)| {
            let weights = Matrix::from_fn(k, k, |c, j| f64::from(u8::from(c == j)));
            let network = [Dense { weights, bias: vec![0.0; k] }];
            let mut generator = Generator::from_seed(seed);
            let late = |generator: &mut Generator, n: usize| n - 1 - generator.below(n) / 2;
            let (fooled, class) = (late(&mut generator, n), late(&mut generator, k));
            let other = (class + 1 + generator.below(k - 1)) % k;
            let labels: Vec<usize> = (0..n).map(|i| if i == fooled { class } else { other }).collect();
            let x = Matrix::from_fn(n, k, |i, j| f64::from(u8::from(j == labels[i])));
            let attacked = Matrix::from_fn(n, k, |_, j| f64::from(u8::from(j == other)));
            let got = attack_success_rate(&network, &x, &labels, &attacked).accepted(CALL)?;
            let look = format!("Sample {fooled}, of class {class}, is now taken for one of class {other}.");
            close(CALL, got, 1.0 / n as f64, 1e-12, look)
        });
    }

    #[test]
    fn counts_every_hidden_unit() {
        for_all("hidden units, i", (any::select(vec![1_usize, 3, 17, 129, 257]), any::seed()))
            .cases(48)
            .holds(|&(hidden, i)| {
                let network = one_unit_decides(hidden, hidden - 1 - i as usize % hidden.min(4));
                let (before, after) =
                    (Matrix::from_rows([[0.75], [0.75]]), Matrix::from_rows([[0.25], [0.75]]));
                let got = attack_success_rate(&network, &before, &[1, 1], &after).accepted(CALL)?;
                let look = "Of the two correct predictions one became wrong. Every hidden unit counts.";
                equal("the rate of (¾, ¾) attacked as (¼, ¾)", got, 0.5, look)
            });
    }

    #[test]
    fn distinguishes_small_differences_of_logits() {
        let weights = select(vec![
            [0.0, 1e-10],
            [1.0, 1.0 + 1e-9],
            [2e6, 3e6],
            [1e-4, 2e-4],
            [1e-110, 2e-110],
            [1e110, 2e110],
        ]);
        for_all("a, b, x", (weights, select(vec![1.0, 1e-4, 1e-110]))).cases(48).holds(|([a, b], x)| {
            let layer = Dense { weights: Matrix::from_rows([[*a], [*b]]), bias: vec![0.0; 2] };
            let (before, after) = (Matrix::from_rows([[*x], [*x]]), Matrix::from_rows([[-x], [*x]]));
            let call = "attack_success_rate([logits (a·x, b·x)], (x, x), [1, 1], (−x, x))";
            let got = attack_success_rate(&[layer], &before, &[1, 1], &after).accepted(call)?;
            let look = "b > a: class 1 for x > 0 and class 0 for x < 0, however small the difference.";
            equal(call, got, 0.5, look)
        });
    }
}
