use judge::any::select;
use judge::{Answer, Broken, any, close, ensure, equal, example, figure_reads_as, for_all, rejected};
use katas::boss::robustness::success_figure;
use kit::figure::Layer;
use kit::{Dense, Figure, Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::networks::{Network, epsilon, layer, network, pixel, says, signs, three_to_two};
use super::super::trained::{held_out, quickly_trained};

/// Networks for the same samples, which are labeled by the first one's predictions, and the ε of attacks.
type Case = (Vec<Network>, Matrix, Vec<f64>);

const CALL: &str = "success_figure([(n0, network), …], x, labels, epsilons)";
const NAMES: [&str; 2] = ["n0", "n1"];

fn image(n: usize) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    judge::any::vec(pixel(), 3 * n).prop_map(move |x| Matrix::from_fn(3, n, |i, j| x[i * n + j]))
}

fn case() -> impl Strategy<Value = Case> + Send + Sync + Clone {
    (1..=2_usize).prop_flat_map(|n| {
        (judge::any::vec(network(n, 3), 1..=2), image(n), judge::any::vec(epsilon(), 1..=3))
    })
}

fn labels(network: &Network, x: &Matrix) -> Option<Vec<usize>> {
    (0..x.rows()).map(|i| says(network, x.row(i))).collect()
}

fn drawn(networks: &[Network], x: &Matrix, labels: &[usize], epsilons: &[f64]) -> Result<Figure, InputError> {
    let named: Vec<(&str, &[Dense])> =
        NAMES.into_iter().zip(networks).map(|(name, n)| (name, n.as_slice())).collect();
    success_figure(&named, x, labels, epsilons)
}

/// The points of each line, in the order of the networks.
fn lines(figure: &Figure, networks: usize, epsilons: &[f64]) -> Result<Vec<Vec<f64>>, Broken> {
    equal("the number of layers", figure.layers.len(), networks, "One line per network.")?;
    let mut rates = Vec::new();
    for (layer, name) in figure.layers.iter().zip(NAMES) {
        let Layer::Line { label, through } = layer else {
            return Err(Broken::answer(format!("{layer:?}"), "a line", "A curve over ε, one per network."));
        };
        equal("the label", label.as_str(), name, "The network's name, in the order given.")?;
        let across: Vec<f64> = through.iter().map(|point| point[0]).collect();
        equal(&format!("the ε of {name}"), across.as_slice(), epsilons, "In the order given.")?;
        rates.push(through.iter().map(|point| point[1]).collect());
    }
    Ok(rates)
}

/// The success rate of FGSM; none if rounding may decide it, or no sample is classified correctly.
fn rate(network: &Network, x: &Matrix, labels: &[usize], epsilon: f64) -> Option<f64> {
    let (mut right, mut fooled) = (0, 0);
    for (i, &label) in labels.iter().enumerate() {
        let signs = signs(network, x.row(i), label).into_iter().collect::<Option<Vec<f64>>>()?;
        let attacked: Vec<f64> =
            x.row(i).iter().zip(signs).map(|(x, s)| (x + epsilon * s).clamp(0.0, 1.0)).collect();
        let (before, after) = (says(network, x.row(i))?, says(network, &attacked)?);
        right += usize::from(before == label);
        fooled += usize::from(before == label && after != label);
    }
    (right > 0).then_some(fooled as f64 / right as f64)
}

#[test]
fn points_are_success_rates() {
    for_all("networks, x, epsilons", case()).holds(|(networks, x, epsilons)| {
        let Some(labels) = labels(&networks[0], x) else { return Ok(()) };
        let wants: Option<Vec<Vec<f64>>> =
            networks.iter().map(|n| epsilons.iter().map(|e| rate(n, x, &labels, *e)).collect()).collect();
        let Some(wants) = wants else { return Ok(()) };
        let figure = drawn(networks, x, &labels, epsilons).accepted(CALL)?;
        let rates = lines(&figure, networks.len(), epsilons)?;
        for ((got, want), name) in rates.iter().zip(&wants).zip(NAMES) {
            let look =
                "Attack each sample with this ε and this network, and take `attack_success_rate` of all.";
            close(&format!("the curve of {name}"), got.as_slice(), want.as_slice(), 1e-12, look)?;
        }
        Ok(())
    });
}

#[test]
fn never_falls_for_linear_binary_models() {
    let case = (1..=3_usize).prop_flat_map(|n| (layer(n, 2), image(n)));
    for_all("layer, x", case).holds(|(layer, x)| {
        let network = vec![layer.clone()];
        let Some(labels) = labels(&network, x) else { return Ok(()) };
        let epsilons = [0.0, 0.125, 0.25, 0.5, 1.0];
        let clear = epsilons.iter().all(|epsilon| rate(&network, x, &labels, *epsilon).is_some());
        if !clear {
            return Ok(());
        }
        let figure = drawn(&[network], x, &labels, &epsilons).accepted(CALL)?;
        let rates = lines(&figure, 1, &epsilons)?;
        let look = "Each derivative keeps its sign, so a larger ε increases z_other − z_label. ε = 0 has the \
            success rate 0.";
        let monotone = rates[0].first() == Some(&0.0) && rates[0].windows(2).all(|pair| pair[0] <= pair[1]);
        ensure(monotone, || {
            Broken::answer(
                format!("success rates {:?} for ε {epsilons:?}", rates[0]),
                "from 0, never decreasing",
                look,
            )
        })
    });
}

#[test]
fn title_and_axes_are_as_documented() {
    for_all("networks, x, epsilons", case()).cases(16).holds(|(networks, x, epsilons)| {
        let Some(labels) = labels(&networks[0], x) else { return Ok(()) };
        let figure = drawn(&networks[..1], x, &labels, epsilons).accepted(CALL)?;
        let got = [figure.title.as_str(), &figure.x.label, &figure.y.label];
        equal("title and axes", got, ["Success rate of FGSM", "ε", "success rate"], "As documented.")
    });
}

#[test]
fn draws_the_digits() {
    example(|| {
        let (softmax, mlp) = (quickly_trained(&[], 3), quickly_trained(&[12], 4));
        let samples = &held_out()[..100];
        let x = Matrix::from_fn(samples.len(), 64, |i, j| samples[i].0[j]);
        let labels: Vec<usize> = samples.iter().map(|(_, label)| *label).collect();
        let epsilons: Vec<f64> = (0..=8).map(|k| f64::from(k) / 20.0).collect();
        let networks: [(&str, &[Dense]); 2] = [("softmax", &softmax), ("12 hidden units", &mlp)];
        let figure = success_figure(&networks, &x, &labels, &epsilons)
            .accepted("success_figure(softmax and a network, 100 digits, …)")?;
        let look = "The other laws of this kata test each line: make them hold first.";
        figure_reads_as("boss/robustness/success_figure", &figure, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::boss::robustness::success_figure;
        use kit::figure::Layer;
        use kit::{Dense, Matrix};
        let layer = [Dense { weights: Matrix::from_rows([[-1.0], [1.0]]), bias: vec![0.5, -0.5] }];
        let figure = success_figure(&[("sides", &layer)], &Matrix::from_rows([[0.75]]), &[1], &[0.0, 0.5])?;
        let line = Layer::Line { label: "sides".to_owned(), through: vec![[0.0, 0.0], [0.5, 1.0]] };
        assert_eq!(figure.layers, [line]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_mismatched_inputs() {
        example(|| {
            let (network, x) = (three_to_two(), Matrix::from_rows([[0.0, 0.5, 1.0], [1.0, 0.0, 0.5]]));
            let networks: [(&str, &[Dense]); 1] = [("n0", &network)];
            let ask =
                |networks: &[(&str, &[Dense])], x: &Matrix, labels: &[usize], epsilons: &[f64], want| {
                    let call = format!(
                        "success_figure({} networks, {x:?}, {labels:?}, {epsilons:?})",
                        networks.len()
                    );
                    let look =
                        "One label per sample; at least one network, sample and ε; and what `fgsm` rejects.";
                    rejected(&call, success_figure(networks, x, labels, epsilons), want, look)
                };
            ask(&networks, &x, &[0; 3], &[0.1], InputError::LengthMismatch { left: 2, right: 3 })?;
            let few = InputError::TooFew { got: 0, wanted: 1 };
            ask(&[], &x, &[0; 2], &[0.1], few.clone())?;
            ask(&networks, &x, &[0; 2], &[], few.clone())?;
            ask(&networks, &Matrix::zeros(0, 3), &[], &[0.1], few.clone())?;
            ask(&[("n0", &[])], &x, &[0; 2], &[0.1], few.clone())?;
            let want = InputError::ShapeMismatch { left: (1, 2), right: (2, 3) };
            ask(&networks, &Matrix::zeros(2, 2), &[0; 2], &[0.1], want)?;
            ask(&networks, &x, &[1, 2], &[0.1], InputError::UnknownClass { index: 0, got: 2, classes: 2 })?;
            let want = InputError::OutOfRange { name: "epsilon", got: -0.5, wanted: "a number ≥ 0" };
            let wrong: Vec<usize> =
                (0..2).map(|i| usize::from(says(&network, x.row(i)) == Some(0))).collect();
            let right: Vec<usize> = wrong.iter().map(|label| 1 - label).collect();
            ask(&networks, &x, &right, &[0.0, -0.5], want)?;
            let bright = Matrix::from_rows([[0.0, 0.5, 1.0], [1.0, 1.5, 0.5]]);
            let outside = InputError::OutOfRange { name: "x", got: 1.5, wanted: "0 to 1" };
            ask(&networks, &bright, &right, &[0.1, 0.5], outside)?;
            let narrow: Network = vec![Dense { weights: Matrix::zeros(2, 2), bias: vec![0.0; 2] }];
            let want = InputError::ShapeMismatch { left: (1, 3), right: (2, 2) };
            ask(&[("n0", &network), ("n1", &narrow)], &x, &right, &[0.1, 0.5], want)?;
            ask(&networks, &x, &wrong, &[0.1], few)
        });
    }

    #[test]
    fn rejects_nan_and_infinity() {
        for_all("bad, k", (any::not_finite(), 0..3_usize)).cases(64).holds(|(bad, k)| {
            let network = three_to_two();
            let networks: [(&str, &[Dense]); 1] = [("n0", &network)];
            let x = Matrix::from_rows([[0.0, 0.5, 1.0]]);
            let label = [says(&network, x.row(0)).unwrap_or(0)];
            let look = "`fgsm` reports which.";
            let want = InputError::NotFinite { name: "epsilon", index: 0 };
            rejected(CALL, success_figure(&networks, &x, &label, &[0.1, *bad]), want, look)?;
            let odd = Matrix::from_fn(1, 3, |_, j| if j == *k { *bad } else { 0.5 });
            let want = InputError::NotFinite { name: "x", index: *k };
            rejected(CALL, success_figure(&networks, &odd, &label, &[0.1]), want, look)
        });
    }

    #[test]
    fn handles_many_networks_samples_and_epsilons() {
        let sizes = select(vec![(18, 5, 2), (301, 2, 1), (2, 4, 302), (2, 301, 2)]);
        for_all("networks, samples, epsilons, seed", (sizes, any::seed())).cases(12).holds(
            |((n, m, e), seed)| {
                let mut generator = Generator::from_seed(*seed);
                // Class 1 from a threshold on; with ε the attack crosses those that are less than ε away.
                let thresholds: Vec<f64> = (0..*n).map(|_| generator.uniform()).collect();
                let network =
                    |t: &f64| [Dense { weights: Matrix::from_rows([[-1.0], [1.0]]), bias: vec![*t, -t] }];
                let networks: Vec<_> = thresholds.iter().map(network).collect();
                let spelling = ["n#", "a network of which much is known – größer, #", "the same name"];
                let spelled = |k: usize| spelling[*seed as usize % 3].replace('#', &k.to_string());
                let names: Vec<String> = (0..*n).map(spelled).collect();
                let named: Vec<(&str, &[Dense])> =
                    names.iter().zip(&networks).map(|(name, n)| (name.as_str(), n.as_slice())).collect();
                // The first is white: every network classifies it correctly.
                let x: Vec<f64> = (0..*m).map(|i| if i == 0 { 1.0 } else { generator.uniform() }).collect();
                let samples = Matrix::from_fn(*m, 1, |i, _| x[i]);
                let labels: Vec<usize> = x.iter().map(|x| usize::from(*x > 0.5)).collect();
                let epsilons: Vec<f64> = (0..*e).map(|k| (k as f64 + 0.5) / (*e as f64 + 1.0)).collect();
                let figure = success_figure(&named, &samples, &labels, &epsilons).accepted(CALL)?;
                equal("the number of lines", figure.layers.len(), *n, "One per network, whatever its name.")?;
                for (k, (layer, t)) in figure.layers.iter().zip(&thresholds).enumerate() {
                    let Layer::Line { through, label } = layer else { continue };
                    equal(
                        "the label",
                        label.as_str(),
                        names[k].as_str(),
                        "The network's name, in the order given.",
                    )?;
                    let across: Vec<f64> = through.iter().map(|point| point[0]).collect();
                    equal(&format!("the ε of network {k}"), &across, &epsilons, "In the order given.")?;
                    let is_clear =
                        |e: f64| x.iter().all(|x| ((x - t).abs() - e).abs() > 1e-9 && (x - t).abs() > 1e-6);
                    let is_correct = |i: usize| (x[i] > *t) == (labels[i] == 1);
                    let correct: usize = (0..*m).filter(|&i| is_correct(i)).count();
                    for (point, epsilon) in through.iter().zip(&epsilons).filter(|(_, e)| is_clear(**e)) {
                        // A pixel is clipped to 0 to 1, but the threshold lies within.
                        let fooled =
                            (0..*m).filter(|&i| is_correct(i) && (x[i] - t).abs() < *epsilon).count();
                        let want = fooled as f64 / correct as f64;
                        let look = "One line per network, one point per ε; all samples count.";
                        close(
                            &format!("the rate of network {k} at ε = {epsilon}"),
                            point[1],
                            want,
                            1e-12,
                            look,
                        )?;
                    }
                }
                equal("the number of layers", figure.layers.len(), *n, "One line per network.")
            },
        );
    }

    #[test]
    fn distinguishes_small_differences() {
        // Weight, threshold, pixel of class 1, ε, and whether the attack crosses the threshold.
        let cases = [
            (1.0, 0.3, 0.7, 0.4 + 1e-9, true),
            (1.0, 0.3, 0.7, 0.4 - 1e-9, false),
            (1.0, 2e-10, 3e-10, 2e-10, true),
            (1e-4, 2e-4, 3e-4, 2e-4, true),
            (1e-4, 1e-4, 4e-4, 2e-4, false),
            (2e6, 0.25, 0.5, 0.125, false),
            (1.0, 0.25, 0.5, 2000.0, true),
            (1.0, 0.25, 0.5, 2e6, true),
            // The derivative is next to 0: whichever sign it is given, the pixel stays above the threshold.
            (1e110, 0.25, 0.5, 0.125, false),
            (1e-110, 1e-110, 4e-110, 2e-110, false),
        ];
        for_all("weight, threshold, x, epsilon, crosses", select(cases.to_vec())).cases(64).holds(
            |(w, t, x, epsilon, crosses)| {
                let layer = Dense { weights: Matrix::from_rows([[-w], [*w]]), bias: vec![w * t, -w * t] };
                let networks: [(&str, &[Dense]); 1] = [("n0", &[layer])];
                let figure = success_figure(&networks, &Matrix::from_rows([[*x]]), &[1], &[*epsilon])
                    .accepted(CALL)?;
                let rates = lines(&figure, 1, &[*epsilon])?;
                let look = "The network predicts class 1 above the threshold; the attack moves x by −ε.";
                equal("the success rates", rates, vec![vec![f64::from(u8::from(*crosses))]], look)
            },
        );
    }
}
