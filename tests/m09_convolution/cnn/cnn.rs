use candle_core::{DType, Device, Tensor};
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, mean_near, rejected, rounding};
use katas::m09_convolution::cnn::Cnn;
use kit::{Generator, InputError};
use ndarray::{Array4, s};
use proptest::prelude::*;

use super::super::arrays::numbers;
use super::super::images::{Labeled, accuracy, digits, learn};
use super::definition::{
    NAMES, Shape, any_depth, any_size, biased, by_hand, documented, f32_is_near_f64, images, network, shape,
    sorted, tensor,
};
use super::gradient::gradient_is_right;
use judge::any::sizes;

#[test]
fn variables_have_the_documented_names_and_shapes() {
    for_all(NAMES, prop_oneof![shape(), any_depth()]).cases(48).holds(
        |Shape((side, channels, classes), seed)| {
            let cnn = network(*side, channels, *classes, *seed)?;
            let got: Vec<_> = sorted(cnn.variables())
                .iter()
                .map(|(name, var)| (name.clone(), var.dims().to_vec()))
                .collect();
            let mut want = Vec::new();
            for (name, shape) in documented(*side, channels, *classes) {
                want.extend([
                    (format!("{name}.bias"), shape[..1].to_vec()),
                    (format!("{name}.weight"), shape),
                ]);
            }
            // In alphabetical order block10 comes before block2.
            want.sort();
            equal(
                "names and shapes",
                got,
                want,
                "3×3 kernels for each pair of input and output channels; each block halves the side, rounded \
                down.",
            )
        },
    );
}

#[test]
fn weights_follow_he_initialization() {
    for_all(NAMES, prop_oneof![shape(), any_depth()]).cases(48).holds(
        |Shape((side, channels, classes), seed)| {
            let all: std::collections::HashMap<_, _> =
                sorted(network(*side, channels, *classes, *seed)?.variables()).into_iter().collect();
            let mut generator = Generator::from_seed(*seed);
            for (name, shape) in documented(*side, channels, *classes) {
                let inputs: usize = shape[1..].iter().product();
                let bound = (6.0 / inputs as f64).sqrt();
                let want: Vec<f64> =
                    (0..shape[0] * inputs).map(|_| generator.uniform_in(-bound, bound)).collect();
                let look = "Block after block, the linear layer last, the last index running fastest; ±√(6 / \
                inputs), 9 inputs per channel for a block. Biases are 0 and not drawn.";
                let missing = || Broken::answer(format!("no variable {name}"), "one", look);
                let (weight, bias) = (all.get(&format!("{name}.weight")), all.get(&format!("{name}.bias")));
                let got = numbers("a weight", weight.ok_or_else(missing)?)?;
                close(
                    &format!("{name}.weight"),
                    got.as_slice(),
                    want.as_slice(),
                    4.0 * f64::EPSILON * bound,
                    look,
                )?;
                equal(
                    &format!("{name}.bias"),
                    numbers("a bias", bias.ok_or_else(missing)?)?,
                    vec![0.0; shape[0]],
                    look,
                )?;
            }
            Ok(())
        },
    );
}

#[test]
fn forward_matches_the_definition() {
    for_all(NAMES, shape()).cases(32).holds(|Shape((side, channels, classes), seed)| {
        let cnn = network(*side, channels, *classes, *seed)?;
        biased(&cnn)?;
        // Some images are bright: activations have no largest value.
        let x = images(2, channels[0], *side, *seed) * if seed.is_multiple_of(2) { 1.0 } else { 16.0 };
        let got = numbers("forward(images)", &cnn.forward(&tensor(&x)?).accepted("forward(images)")?)?;
        let one = |i: usize| by_hand(&cnn, channels.len() - 1, x.slice(s![i, .., .., ..]).to_owned());
        let want = [one(0)?, one(1)?].concat();
        // Weights up to 2.5, at most three blocks, pixels up to 16: some hundred operations on numbers below 10⁶.
        let look = "Convolution with zero padding, bias, max pooling of 2×2, ReLU; then flatten: channels, \
            rows, columns. No activation function and no softmax at the end.";
        close("forward(images)", got.as_slice(), want.as_slice(), rounding(512, 1e6), look)
    });
}

#[test]
fn forward_matches_the_definition_for_any_number_of_images_and_channels() {
    // Not two large numbers at once.
    let images_or_more = prop_oneof![
        3 => (any_size(), 1..=2_usize),
        1 => (shape(), any::select(vec![13_usize, 41, 61])),
    ];
    for_all("side, channels, classes, seed, n", images_or_more).cases(24).holds(
        |(Shape((side, channels, classes), seed), n)| {
            let (cnn, blocks) = (network(*side, channels, *classes, *seed)?, channels.len() - 1);
            let x = images(*n, channels[0], *side, *seed);
            // The same images once more after the variables have changed.
            for changed in [false, true] {
                if changed {
                    biased(&cnn)?;
                }
                let got =
                    numbers("forward(images)", &cnn.forward(&tensor(&x)?).accepted("forward(images)")?)?;
                let one = |i: usize| by_hand(&cnn, blocks, x.slice(s![i, .., .., ..]).to_owned());
                let want = (0..*n).map(one).collect::<Result<Vec<_>, _>>()?.concat();
                let look = "Every image, channel and class counts, with the variables of this moment.";
                close("forward(images)", got.as_slice(), want.as_slice(), rounding(4096, 1e6), look)?;
            }
            Ok(())
        },
    );
}

#[test]
fn gradient_is_right_for_any_number_of_images_and_channels() {
    let shape = sizes([1..=2, 1..=2, 1..=2, 1..=3], [13, 13, 17, 17]);
    for_all("n, first, second, classes, seed", (shape, any::seed())).cases(8).holds(
        |&([n, first, second, classes], seed)| {
            let (first, second) = if n.min(first) > 4 { (3, 4) } else { (first, second) };
            let cnn = network(2, &[first, second], classes, seed)?;
            biased(&cnn)?;
            gradient_is_right(&cnn, 1, &images(n, first, 2, seed))
        },
    );
}

#[test]
fn gradient_matches_finite_differences() {
    for_all("seed", any::seed()).cases(3).holds(|&seed| {
        for (side, channels) in [(4, &[1, 2, 2][..]), (11, &[2, 1, 2, 1])] {
            let cnn = network(side, channels, 2, seed)?;
            biased(&cnn)?;
            gradient_is_right(&cnn, channels.len() - 1, &images(2, channels[0], side, seed))?;
        }
        Ok(())
    });
}

/// A network for 8×8 digits, in f32.
fn learner(channels: &[usize], seed: u64) -> Result<Cnn, Broken> {
    Cnn::new(8, channels, 10, DType::F32, &mut Generator::from_seed(seed))
        .accepted("Cnn::new(8, …, F32, generator)")
}

#[test]
fn overfits_eight_samples() {
    for_all("seed", any::seed()).cases(2).holds(|&seed| {
        let [training, _] = digits()?;
        let (x, labels) = training.taken(&[0, 1, 2, 3, 4, 5, 6, 7])?;
        let eight = Labeled { x, labels: labels.iter().map(|&label| label as usize).collect() };
        let cnn = learner(&[1, 8], seed)?;
        let loss = learn(&|x| cnn.forward(x), cnn.variables().all_vars(), &eight, [40, 8], 0.02)?;
        ensure(loss < 0.1, || {
            let look = "A network that cannot overfit eight samples is broken: does each variable get its \
                gradient, and are the logits unbounded?";
            Broken::answer(format!("a loss of {loss:.4} after 40 steps"), "less than 0.1", look)
        })
    });
}

#[test]
fn does_not_generalize_from_random_labels() {
    example(|| {
        let ([training, mut validation], mut generator) = (digits()?, Generator::from_seed(3));
        let (x, _) = training.taken(&(0..40).collect::<Vec<_>>())?;
        let training = Labeled { x, labels: (0..40).map(|_| generator.below(10)).collect() };
        validation.labels.iter_mut().for_each(|label| *label = generator.below(10));
        let cnn = learner(&[1, 4, 8], 1)?;
        learn(&|x| cnn.forward(x), cnn.variables().all_vars(), &training, [10, 8], 0.02)?;
        let got = accuracy(&|x| cnn.forward(x), &validation)?;
        let look = "With random labels the accuracy on new images is at chance level.";
        mean_near(
            "accuracy on new images, labels drawn at random from 10",
            got,
            validation.labels.len(),
            1.0,
            0.1,
            look,
        )
    });
}

#[test]
#[ignore = "needs time"]
fn reaches_96_percent_on_the_embedded_digits() {
    // With the seeds 1 to 12 the reference reached 0.981 to 0.994; each image less is several times as rare, and a network
    // whose weights are drawn in another order is as right.
    for_all("seed", proptest::strategy::Just(1_u64)).cases(1).within_seconds(120).holds(|&seed| {
        let ([training, validation], cnn) = (digits()?, learner(&[1, 16, 32], seed)?);
        learn(&|x| cnn.forward(x), cnn.variables().all_vars(), &training, [12, 16], 0.01)?;
        let got = accuracy(&|x| cnn.forward(x), &validation)?;
        ensure(got >= 0.96, || {
            let look = "If the other laws of this kata hold, something makes it learn slowly: a gradient \
                that is too small, a layer that is missing.";
            Broken::answer(format!("an accuracy of {got:.4}"), "at least 0.96", look)
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use candle_core::{DType, Device, Tensor};
        use katas::m09_convolution::cnn::Cnn;
        use kit::Generator;
        let cnn = Cnn::new(8, &[1, 4, 8], 10, DType::F32, &mut Generator::from_seed(1))?;
        let images = Tensor::zeros((5, 1, 8, 8), DType::F32, &Device::Cpu)?;
        assert_eq!(cnn.forward(&images)?.dims(), [5, 10]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn advances_the_generator_by_one_number_per_weight() {
        let shapes = prop_oneof![shape(), any_size()];
        for_all(NAMES, shapes).cases(32).holds(|Shape((side, channels, classes), seed)| {
            let [mut used, mut drawn] = [*seed; 2].map(Generator::from_seed);
            Cnn::new(*side, channels, *classes, DType::F64, &mut used).accepted("Cnn::new(…)")?;
            for (_, shape) in documented(*side, channels, *classes) {
                for _ in 0..shape.iter().product::<usize>() {
                    drawn.uniform();
                }
            }
            let look = "One number for each weight, drawn from the generator that is passed in: a copy of it \
                would give the next network the same weights.";
            equal("the generator's next number", used.uniform(), drawn.uniform(), look)
        });
    }

    #[test]
    fn f32_weights_are_rounded_f64_weights() {
        for_all(NAMES, shape()).cases(16).holds(|Shape((side, channels, classes), seed)| {
            let single = Cnn::new(*side, channels, *classes, DType::F32, &mut Generator::from_seed(*seed))
                .accepted("Cnn::new(…, F32, generator)")?;
            let double = network(*side, channels, *classes, *seed)?;
            for ((name, got), (_, want)) in sorted(single.variables()).iter().zip(sorted(double.variables()))
            {
                // Weights of at most √6, rounded once.
                let (got, want) = (numbers(name, got)?, numbers(name, &want)?);
                let look =
                    "The same seed gives the same network, whatever its type: draw first, then convert.";
                close(
                    &format!("{name} in f32"),
                    got.as_slice(),
                    want.as_slice(),
                    3.0 * f64::from(f32::EPSILON),
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn accepts_any_memory_layout() {
        for_all(NAMES, shape()).cases(16).holds(|Shape((side, channels, classes), seed)| {
            let (cnn, x) = (network(*side, channels, *classes, *seed)?, images(2, channels[0], *side, *seed));
            let transposed = tensor(&x.clone().permuted_axes([0, 1, 3, 2]))?
                .permute((0, 1, 3, 2))
                .accepted("a permuted tensor")?;
            let of = |x: &Tensor| numbers("forward(images)", &cnn.forward(x).accepted("forward(images)")?);
            let look = "A permuted tensor is not contiguous in memory. candle's own functions handle that; \
                call `contiguous()` for the others.";
            let (got, want) = (of(&transposed)?, of(&tensor(&x)?)?);
            close("forward of permuted images", got.as_slice(), want.as_slice(), rounding(512, 1e4), look)
        });
    }

    /// On a flat background whole windows are equal, but they also move together: along each variable the loss is smooth.
    #[test]
    fn gradient_matches_finite_differences_on_a_flat_background() {
        for_all("background, seed", (judge::any::select(vec![0.0, 0.25]), any::seed())).cases(4).holds(
            |&(background, seed)| {
                let cnn = network(8, &[1, 2, 2], 2, seed)?;
                biased(&cnn)?;
                let mut x = Array4::from_elem((2, 1, 8, 8), background);
                x.slice_mut(s![1, .., 4..7, 4..7]).assign(&images(1, 1, 3, seed).slice(s![0, .., .., ..]));
                gradient_is_right(&cnn, 2, &x)
            },
        );
    }

    #[test]
    fn keeps_single_precision() {
        for_all(NAMES, shape()).cases(16).holds(|Shape(shape, seed)| f32_is_near_f64(shape, *seed));
    }

    #[test]
    fn rejects_other_image_sizes_and_empty_batches() {
        let inputs = (sizes([1..=3, 1..=3, 2..=5, 1..=3], [41, 13, 41, 13]), 0..6_usize);
        for_all("n, channels, side, more, how", inputs).cases(48).holds(|&([n, c, side, more], how)| {
            // With a block and with none.
            let cnn = network(side, &[c, 2][..1 + more % 2], 3, 1)?;
            let zeros = |shape: &[usize]| Tensor::zeros(shape, DType::F64, &Device::Cpu).accepted("a tensor");
            let ask = |shape: &[usize]| Ok::<_, Broken>(cnn.forward(&zeros(shape)?).map(|_| "logits"));
            let shape = match how {
                0 => vec![n, c, side, side + more],
                1 => vec![n, c, side + more, side],
                2 => vec![n, c + more, side, side],
                3 => vec![c, side, side],
                4 => vec![n, c, side, side, 1],
                _ => vec![n, c * side * side],
            };
            let (got, wanted) = (shape.clone(), vec![shape[0], c, side, side]);
            let want = InputError::Dimensions { name: "images".to_owned(), got, wanted };
            let look = "Images × channels × side × side.";
            rejected(&format!("forward of a tensor of shape {shape:?}"), ask(&shape)?, want, look)?;
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected("forward of no images", ask(&[0, c, side, side])?, want, "An empty batch is an error.")
        });
    }

    #[test]
    fn rejects_invalid_architectures() {
        example(|| {
            let ask = |side, channels: &[usize], classes| {
                Cnn::new(side, channels, classes, DType::F32, &mut Generator::from_seed(1))
                    .map(|_| "a network")
            };
            let rejection = |name, got, wanted| InputError::OutOfRange { name, got, wanted };
            let look =
                "At least one channel and one class in each, and a side that can be halved by each block.";
            rejected("no channels", ask(8, &[], 10), InputError::TooFew { got: 0, wanted: 1 }, look)?;
            for channels in [&[1, 0][..], &[0], &[0, 2], &[1, 0, 2]] {
                let call = format!("channels {channels:?}");
                rejected(&call, ask(8, channels, 2), rejection("channels", 0.0, "at least 1"), look)?;
            }
            rejected("no classes", ask(8, &[1, 2], 0), rejection("classes", 0.0, "at least 1"), look)?;
            for blocks in 1..=9_usize {
                for side in [0, 1, (1 << blocks) - 1] {
                    let want = rejection("side", side as f64, "at least 2 in each block");
                    let look = "Each block halves the side, rounded down: three blocks need 8.";
                    let call = format!("side {side}, {blocks} blocks");
                    rejected(&call, ask(side, &vec![1; blocks + 1], 2), want, look)?;
                }
            }
            Ok(())
        });
    }
}
