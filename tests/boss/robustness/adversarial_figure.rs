use judge::{
    Answer, Broken, any, close, close_entries, ensure, equal, example, figure_reads_as, for_all, rejected,
    rounding,
};
use katas::boss::robustness::adversarial_figure;
use kit::{Dense, Figure, InputError, Matrix};
use proptest::prelude::*;

use super::super::networks::{
    Network, epsilon, logits, network, pixel, says, signs, three_to_two, wide_attack,
};
use super::super::trained::{held_out, quickly_trained};
use super::one_unit_decides;
use super::pictures::pictures;

const CALL: &str = "adversarial_figure(network, image, label, epsilon, names)";
const NAMES: [&str; 3] = ["cat", "dog", "owl"];

/// A network of three classes, an image for it, a label and an ε.
type Case = (Network, Matrix, usize, f64);

fn case() -> impl Strategy<Value = Case> + Send + Sync + Clone {
    (1..=2_usize, 1..=2_usize).prop_flat_map(|(rows, cols)| {
        let image = judge::any::vec(pixel(), rows * cols)
            .prop_map(move |pixels| Matrix::from_fn(rows, cols, |i, j| pixels[i * cols + j]));
        (network(rows * cols, 3), image, 0..3_usize, epsilon())
    })
}

fn drawn((network, image, label, epsilon): &Case) -> Result<Figure, Broken> {
    adversarial_figure(network, image, *label, *epsilon, &NAMES).accepted(CALL)
}

#[test]
fn shows_the_image_and_the_attacked_image() {
    for_all("network, image, label, epsilon", case()).cases(128).holds(|case| {
        let (network, image, label, epsilon) = case;
        let figure = drawn(case)?;
        let [before, _, after] = pictures(&figure)?;
        let look = "The image before the attack.";
        close_entries("the first image", before.3, image, |_, _| 0.0, look)?;
        equal("the shape of the third", after.3.shape(), image.shape(), "The shape of the image.")?;
        for (i, sign) in signs(network, image.as_slice(), *label).into_iter().enumerate() {
            let Some(sign) = sign else { continue };
            let (got, want) = (after.3.as_slice()[i], (image.as_slice()[i] + epsilon * sign).clamp(0.0, 1.0));
            ensure((got - want).abs() <= rounding(4, 4.0), || {
                let look = "The image after `fgsm`, row by row.";
                Broken::answer(format!("pixel {i} of the third image = {got}"), format!("{want}"), look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn perturbation_is_gray_where_nothing_changed() {
    for_all("network, image, label, epsilon", case()).cases(128).holds(|case| {
        let (image, epsilon, figure) = (&case.1, case.3, drawn(case)?);
        let [_, change, after] = pictures(&figure)?;
        equal("its label", change.0, "perturbation", "The second image is the perturbation.")?;
        equal("the shape of the third image", after.3.shape(), image.shape(), "The shape of the image.")?;
        let shade = |i: usize, j: usize| {
            if epsilon == 0.0 { 0.5 } else { 0.5 + (after.3[(i, j)] - image[(i, j)]) / (2.0 * epsilon) }
        };
        let want = Matrix::from_fn(image.rows(), image.cols(), shade);
        let look = "½ + δ/2ε: white for δ = ε, black for δ = −ε, gray for δ = 0; all gray if ε is 0.";
        // δ has an error of a few ε_machine, and is divided by 2ε ≥ ¼.
        close_entries("the perturbation", change.3, &want, |_, _| rounding(32, 4.0), look)
    });
}

#[test]
fn labels_show_the_predictions() {
    for_all("network, image, label, epsilon", case()).cases(128).holds(|case| {
        let figure = drawn(case)?;
        let [before, _, after] = pictures(&figure)?;
        for (which, (label, _, _, pixels)) in [("first", before), ("third", after)] {
            let Some(class) = says(&case.0, pixels.as_slice()) else { continue };
            let z = logits(&case.0, pixels.as_slice());
            let p = 100.0 / z.iter().map(|other| (other - z[class]).exp()).sum::<f64>();
            let shown = |p: f64| format!("{} ({p:.0} %)", NAMES[class]);
            ensure([p - 1e-9, p, p + 1e-9].map(shown).contains(&label.to_owned()), || {
                let look = "The name of the class with the largest logit, and its probability in percent \
                    without decimals.";
                Broken::answer(
                    format!("the label of the {which} image = {label:?}"),
                    format!("{:?}", shown(p)),
                    look,
                )
            })?;
        }
        Ok(())
    });
}

#[test]
fn layout_and_title_are_as_documented() {
    for_all("network, image, label, epsilon", case()).cases(64).holds(|case| {
        let figure = drawn(case)?;
        let (rows, cols) = (case.1.rows() as f64, case.1.cols() as f64);
        for (k, (_, at, size, _)) in pictures(&figure)?.into_iter().enumerate() {
            let want = ([1.25 * cols * k as f64, 0.0], [cols, rows]);
            equal(
                &format!("corner and size of image {k}"),
                (at, size),
                want,
                "A pixel is one unit; a quarter of the width between images.",
            )?;
        }
        for label in [case.2, (case.2 + 1) % 3] {
            let figure = drawn(&(case.0.clone(), case.1.clone(), label, case.3))?;
            let title = format!("Adversarial example for {}, ε = {}", NAMES[label], case.3);
            equal("the title", figure.title.as_str(), title.as_str(), "The name of the label and ε.")?;
        }
        let axes = (figure.x.label.as_str(), figure.y.label.as_str(), figure.equal_axes);
        equal(
            "axes and whether they are equal",
            axes,
            ("", "", true),
            "Pixels are square; the axes have no labels.",
        )
    });
}

#[test]
fn draws_a_digit() {
    example(|| {
        let network = quickly_trained(&[], 3);
        let names: Vec<&str> = kit::data::digits().class_names.iter().map(String::as_str).collect();
        let (x, label) = &held_out()[20];
        let image = Matrix::from_fn(8, 8, |i, j| x[8 * i + j]);
        let figure = adversarial_figure(&network, &image, *label, 0.15, &names)
            .accepted("adversarial_figure(softmax, a digit, …)")?;
        let look = "The other laws of this kata test each image: make them hold first.";
        figure_reads_as("boss/robustness/adversarial_figure", &figure, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::boss::robustness::adversarial_figure;
        use kit::{Dense, Matrix};
        let layer = Dense { weights: Matrix::from_rows([[4.0, 4.0], [-4.0, -4.0]]), bias: vec![-3.0, 3.0] };
        let figure =
            adversarial_figure(&[layer], &Matrix::from_rows([[0.5], [0.5]]), 0, 0.25, &["light", "dark"])?;
        assert_eq!(figure.title, "Adversarial example for light, ε = 0.25");
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn title_shows_epsilon_exactly() {
        let units = any::select(vec![[1.0, 1.0], [1.0, 1.0], [1e-110, 1e-110], [1e110, 1.0]]);
        for_all("k, [unit of weights, unit of pixels]", (1..=255_u32, units)).cases(48).holds(
            |(k, [of_w, of_x])| {
                let epsilon = f64::from(*k) / 255.0 * of_x;
                let image = Matrix::from_rows([[0.25 * of_x, 0.5 * of_x, *of_x]]);
                let mut network = three_to_two();
                for layer in &mut network {
                    let weights = &layer.weights;
                    layer.weights =
                        Matrix::from_fn(weights.rows(), weights.cols(), |c, j| weights[(c, j)] * of_w);
                    layer.bias.iter_mut().for_each(|b| *b *= of_w);
                }
                let figure = adversarial_figure(&network, &image, 1, epsilon, &NAMES[..2]).accepted(CALL)?;
                let (look, before) = ("The image before the attack.", pictures(&figure)?[0].3);
                close_entries("the first image", before, &image, |_, _| 0.0, look)?;
                let look = "Format ε with `{}`: it is often a multiple of 1/255.";
                equal("the title", figure.title, format!("Adversarial example for dog, ε = {epsilon}"), look)
            },
        );
    }

    #[test]
    fn captions_of_certain_and_of_undecided_networks() {
        // Not 8 or 40, of which one is 12.5 % or 2.5 %.
        for_all("classes", (2..=39_usize).prop_filter("halves", |k| *k != 8)).cases(39).holds(|&k| {
            let names: Vec<String> = (0..k).map(|c| format!("class {c}")).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let certain = (0..k).map(|c| if c == k - 1 { 1000.0 } else { 0.0 }).collect();
            let even = format!("class 0 ({:.0} %)", 100.0 / k as f64);
            // By less than rounding leaves of the probabilities.
            let hardly = (0..k).map(|c| if c == k - 1 { 1e-20 } else { 0.0 }).collect();
            let hardly_even = format!("class {} ({:.0} %)", k - 1, 100.0 / k as f64);
            let last = format!("class {} (100 %)", k - 1);
            for (bias, want) in [(vec![0.0; k], even), (certain, last), (hardly, hardly_even)] {
                let layer = Dense { weights: Matrix::zeros(k, 1), bias };
                let image = Matrix::from_rows([[0.5]]);
                let figure = adversarial_figure(&[layer], &image, 0, 0.25, &names).accepted(CALL)?;
                let look = "The first of the largest logits, and its probability: e¹⁰⁰⁰ overflows, so \
                            subtract the largest logit before exp.";
                equal("the label of the first image", pictures(&figure)?[0].0, want.as_str(), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn counts_every_hidden_unit() {
        for_all("hidden units, i", (any::select(vec![1_usize, 3, 17, 129, 257]), any::seed()))
            .cases(48)
            .holds(|&(hidden, i)| {
                let network = one_unit_decides(hidden, hidden - 1 - i as usize % hidden.min(4));
                let image = Matrix::from_rows([[0.75]]);
                let names = ["a class with a long name, größer", "another class with a long name – Σ"];
                let figure = adversarial_figure(&network, &image, 1, 0.5, &names).accepted(CALL)?;
                let [before, _, after] = pictures(&figure)?;
                // 1 / (1 + exp(−8·tanh ¼)) is 0.876.
                let want = names.map(|name| format!("{name} (88 %)"));
                let look = "The attack moves the pixel from ¾ to ¼, across ½. Every hidden unit counts.";
                equal("the labels", [after.0, before.0].map(str::to_owned), want, look)
            });
    }

    #[test]
    fn pixels_are_in_row_major_order() {
        let shapes = any::select(vec![[13, 13], [29, 1], [2, 75], [5, 7], [257, 1]]);
        for_all("[rows, columns]", shapes).cases(12).holds(|&[rows, cols]| {
            // Logit 0 has the weights −1, 0, 1, −1, …, logit 1 none: for the label 0 the attack goes against the weights.
            let weight = |pixel: usize| (pixel % 3) as f64 - 1.0;
            let weights =
                Matrix::from_fn(2, rows * cols, |c, pixel| if c == 0 { weight(pixel) } else { 0.0 });
            let (layer, image) =
                (Dense { weights, bias: vec![0.0; 2] }, Matrix::from_fn(rows, cols, |_, _| 0.5));
            let figure = adversarial_figure(&[layer], &image, 0, 0.25, &NAMES[..2]).accepted(CALL)?;
            let want = Matrix::from_fn(rows, cols, |i, j| 0.5 - 0.5 * weight(i * cols + j));
            let look = "Pixel (i, j) is input i·columns + j of the network.";
            close_entries("the perturbation", pictures(&figure)?[1].3, &want, |_, _| 1e-9, look)
        });
    }

    #[test]
    fn rejects_mismatched_inputs() {
        example(|| {
            let (network, image) = (three_to_two(), Matrix::from_rows([[0.0, 0.5, 1.0]]));
            let ask = |network: &[Dense], image: &Matrix, label, epsilon, names: &[&str], want| {
                let call = format!(
                    "adversarial_figure({} layers, {image:?}, {label}, {epsilon}, {names:?})",
                    network.len()
                );
                let look = "An image with pixels, what `fgsm` accepts, and one name per class.";
                rejected(&call, adversarial_figure(network, image, label, epsilon, names), want, look)
            };
            let few = InputError::TooFew { got: 0, wanted: 1 };
            for (rows, cols) in [(3, 0), (0, 3), (0, 0)] {
                ask(&network, &Matrix::zeros(rows, cols), 0, 0.1, &NAMES[..2], few.clone())?;
            }
            ask(&[], &image, 0, 0.1, &NAMES[..2], few.clone())?;
            let blind = Dense { weights: Matrix::zeros(2, 0), bias: vec![0.0; 2] };
            ask(&[blind], &Matrix::zeros(0, 0), 0, 0.1, &NAMES[..2], few)?;
            let want = InputError::ShapeMismatch { left: (1, 4), right: (2, 3) };
            ask(&network, &Matrix::zeros(2, 2), 0, 0.1, &NAMES[..2], want)?;
            let want = InputError::UnknownClass { index: 0, got: 2, classes: 2 };
            ask(&network, &image, 2, 0.1, &NAMES[..2], want)?;
            let want = InputError::OutOfRange { name: "x", got: 1.5, wanted: "0 to 1" };
            ask(&network, &Matrix::from_rows([[0.0, 1.5, 0.0]]), 0, 0.1, &NAMES[..2], want)?;
            let want = InputError::OutOfRange { name: "epsilon", got: -0.1, wanted: "a number ≥ 0" };
            ask(&network, &image, 0, -0.1, &NAMES[..2], want)?;
            for names in [&NAMES[..1], &NAMES] {
                let want = InputError::LengthMismatch { left: 2, right: names.len() };
                ask(&network, &image, 0, 0.1, names, want)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_nan_and_infinity() {
        for_all("bad, k", (any::not_finite(), 0..3_usize)).cases(64).holds(|(bad, k)| {
            let odd = Matrix::from_fn(1, 3, |_, j| if j == *k { *bad } else { 0.5 });
            let look = "`fgsm` reports name and index.";
            let rejection = |name, index| InputError::NotFinite { name, index };
            rejected(
                CALL,
                adversarial_figure(&three_to_two(), &odd, 0, 0.1, &NAMES[..2]),
                rejection("x", *k),
                look,
            )?;
            let image = Matrix::from_rows([[0.5; 3]]);
            rejected(
                CALL,
                adversarial_figure(&three_to_two(), &image, 0, *bad, &NAMES[..2]),
                rejection("epsilon", 0),
                look,
            )
        });
    }

    #[test]
    fn handles_large_images_and_all_scales() {
        for_all("network, x, label, epsilon, columns", (wide_attack(), 1..=3_usize)).cases(48).holds(
            |(((network, x, label), epsilon), columns)| {
                let cols = if x.len().is_multiple_of(*columns) { *columns } else { 1 };
                let image = Matrix::from_fn(x.len() / cols, cols, |i, j| x[i * cols + j]);
                // Once upright, once lying.
                for image in [image.clone(), Matrix::from_fn(1, x.len(), |_, j| x[j])] {
                    let names: Vec<String> =
                        (0..logits(network, x).len()).map(|c| format!("class {c}")).collect();
                    let names: Vec<&str> = names.iter().map(String::as_str).collect();
                    let figure =
                        adversarial_figure(network, &image, *label, *epsilon, &names).accepted(CALL)?;
                    let title = format!("Adversarial example for class {label}, ε = {epsilon}");
                    equal("the title", figure.title.clone(), title, "The name of the label and ε.")?;
                    let [before, change, after] = pictures(&figure)?;
                    close_entries(
                        "the first image",
                        before.3,
                        &image,
                        |_, _| 0.0,
                        "The image before the attack.",
                    )?;
                    equal(
                        "the shape of the third image",
                        after.3.shape(),
                        image.shape(),
                        "The shape of the image.",
                    )?;
                    let look = "The image after `fgsm`, row by row.";
                    for (i, sign) in signs(network, x, *label).into_iter().enumerate() {
                        let Some(sign) = sign else { continue };
                        let want = (x[i] + epsilon * sign).clamp(0.0, 1.0);
                        let got = after.3.as_slice()[i];
                        close(
                            &format!("pixel {i} of the third image"),
                            got,
                            want,
                            rounding(4, x[i] + epsilon),
                            look,
                        )?;
                    }
                    let shade =
                        |i: usize, j: usize| 0.5 + (after.3[(i, j)] - image[(i, j)]) / (2.0 * epsilon);
                    let want = Matrix::from_fn(image.rows(), image.cols(), shade);
                    // δ has an error of a few ε_machine of x + ε, and x is at most 10·ε.
                    close_entries(
                        "the perturbation",
                        change.3,
                        &want,
                        |_, _| rounding(64, 16.0),
                        "½ + δ/2ε.",
                    )?;
                }
                Ok(())
            },
        );
    }
}
