use candle_core::{DType, Device, Tensor};
use judge::{Answer, Broken, any, close_entries, ensure, equal, example, for_all, rejected, rounding};
use katas::m09_convolution::features::feature_maps;
use kit::{InputError, Matrix};
use ndarray::{Array3, Array4};
use proptest::prelude::*;

use super::super::arrays::{Case, tensor, unit};
use judge::any::sizes;

fn inputs() -> impl Strategy<Value = (Matrix, [Matrix; 2], [f64; 2])> + Send + Sync + Clone {
    let image = (any::any_matrix(1..=4, 1..=4), unit());
    let image = image.prop_map(|(m, unit)| Matrix::from_fn(m.rows(), m.cols(), |i, j| unit * m[(i, j)]));
    (0..=2_usize).prop_flat_map(move |half| {
        let k = 2 * half + 1;
        (image.clone(), [any::matrix(k, k), any::matrix(k, k)], [any::eighth(), any::eighth()])
    })
}

fn weight(kernels: &[Matrix; 2]) -> Array4<f64> {
    let k = kernels[0].rows();
    Array4::from_shape_fn((2, 1, k, k), |(o, _, i, j)| kernels[o][(i, j)])
}

fn maps(image: &Matrix, kernels: &[Matrix; 2], bias: &[f64; 2], dtype: DType) -> Result<Vec<Matrix>, Broken> {
    let single = |t: Tensor| t.to_dtype(dtype).accepted("a tensor");
    let bias = Tensor::new(bias, &Device::Cpu).accepted("a tensor")?;
    feature_maps(image, &single(tensor(&weight(kernels)))?, &single(bias)?)
        .accepted("feature_maps(image, weight, bias)")
}

fn by_hand(image: &Matrix, kernels: &[Matrix; 2], bias: &[f64; 2]) -> Vec<Matrix> {
    let x = Array3::from_shape_fn((1, image.rows(), image.cols()), |(_, i, j)| image[(i, j)]);
    let case = Case { x, kernels: weight(kernels), stride: 1, padding: kernels[0].rows() / 2 };
    let y = case.convolved(&case.kernels);
    (0..2)
        .map(|o| Matrix::from_fn(image.rows(), image.cols(), |i, j| (y[[o, i, j]] + bias[o]).max(0.0)))
        .collect()
}

#[test]
fn is_relu_of_the_convolution() {
    for_all("image, kernel 1, kernel 2, b1, b2", inputs()).cases(64).holds(|(image, kernels, bias)| {
        let (got, want) = (maps(image, kernels, bias, DType::F64)?, by_hand(image, kernels, bias));
        equal("the number of maps", got.len(), 2, "One map per kernel.")?;
        for (i, (got, want)) in got.iter().zip(&want).enumerate() {
            let look = "Convolve with zero padding, add the kernel's bias, apply ReLU. The kernel is not \
                flipped.";
            close_entries(&format!("map {i}"), got, want, |_, _| rounding(32, 1024.0), look)?;
        }
        Ok(())
    });
}

type Layer = (Matrix, Vec<f64>, Vec<f64>);

/// An image, the entries of all kernels, and a bias for each; one of their sizes may be large.
fn any_size(
    unit: impl Strategy<Value = f64> + Send + Sync + Clone,
    of_kernels: impl Strategy<Value = f64> + Send + Sync + Clone,
) -> impl Strategy<Value = Layer> + Send + Sync + Clone {
    let one = sizes([1..=4, 1..=4, 1..=3, 0..=2], [303, 303, 301, 15]);
    let both = [33..=41, 33..=41, 1..=2, 0..=1_usize];
    let shape = prop_oneof![9 => one, 1 => both];
    (shape, unit, of_kernels).prop_flat_map(|([rows, cols, o, half], a, b)| {
        // What is large in all of them at once takes too long by the definition.
        let (o, half) = if half.min(o) > 4 { (5, 2) } else { (o, half) };
        let k = 2 * half + 1;
        let scaled = |all: Vec<f64>, by: f64| all.into_iter().map(|x| by * x).collect::<Vec<_>>();
        let image =
            any::matrix_of(rows, cols).prop_map(move |of| Matrix::from_fn(rows, cols, |i, j| a * of[(i, j)]));
        let kernels = any::entries(o * k * k).prop_map(move |all| scaled(all, b));
        (image, kernels, any::entries(o).prop_map(move |all| scaled(all, a * b)))
    })
}

/// The maps are those of the definition.
fn is_exact(layer: &Layer) -> judge::Verdict {
    let b = Tensor::new(layer.2.as_slice(), &Device::Cpu).accepted("a tensor")?;
    is_near(layer, &tensor(&weight_of(layer)), &b, 1.0)
}

fn weight_of((_, kernels, bias): &Layer) -> Array4<f64> {
    let o = bias.len();
    let k = (kernels.len() / o).isqrt();
    Array4::from_shape_fn((o, 1, k, k), |(o, _, i, j)| kernels[(o * k + i) * k + j])
}

/// The maps for these tensors are those of the definition, give or take so many times the rounding of f64.
fn is_near(layer: &Layer, weight: &Tensor, b: &Tensor, coarser: f64) -> judge::Verdict {
    let ((image, _, bias), kernels) = (layer, weight_of(layer));
    let (o, _, k, _) = kernels.dim();
    let x = Array3::from_shape_fn((1, image.rows(), image.cols()), |(_, i, j)| image[(i, j)]);
    let case = Case { x, kernels, stride: 1, padding: k / 2 };
    let got = feature_maps(image, weight, b).accepted("feature_maps(image, weight, bias)")?;
    equal("the number of maps", got.len(), o, "One map per kernel.")?;
    let absolute = case.absolute();
    let (y, sizes) = (case.convolved(&case.kernels), absolute.convolved(&absolute.kernels));
    for (m, map) in got.iter().enumerate() {
        let want = Matrix::from_fn(image.rows(), image.cols(), |i, j| (y[[m, i, j]] + bias[m]).max(0.0));
        let tolerance = |i, j| coarser * rounding(16 + 2 * k * k, sizes[[m, i, j]] + bias[m].abs());
        let look = "Every kernel, row and column counts, whatever the magnitude of its numbers.";
        close_entries(&format!("map {m}"), map, &want, tolerance, look)?;
    }
    Ok(())
}

#[test]
fn is_exact_for_any_number_of_kernels_rows_and_columns() {
    for_all("image, kernels, bias", any_size(Just(1.0), Just(1.0))).cases(48).holds(|given| {
        is_exact(given)?;
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use candle_core::{Device, Tensor};
        use katas::m09_convolution::features::feature_maps;
        use kit::Matrix;
        let weight = Tensor::new(&[[[[2.0_f32]]], [[[-1.0]]]], &Device::Cpu)?;
        let bias = Tensor::new(&[-1.0_f32, 0.0], &Device::Cpu)?;
        let maps = feature_maps(&Matrix::from_rows([[0.0, 1.0]]), &weight, &bias)?;
        assert_eq!(maps, [Matrix::from_rows([[0.0, 1.0]]), Matrix::from_rows([[0.0, 0.0]])]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_f32_and_transposed_weights() {
        let layers = any_size(Just(1.0), Just(1.0));
        for_all("image, kernels, bias", layers).cases(24).holds(|(image, kernels, bias)| {
            let o = bias.len();
            let k = (kernels.len() / o).isqrt();
            // What f32 does not hold is rounded first.
            let single = |all: &[f64]| all.iter().map(|x| f64::from(*x as f32)).collect::<Vec<_>>();
            let image =
                Matrix::new(image.rows(), image.cols(), single(image.as_slice())).accepted("an image")?;
            let layer = (image, single(kernels), single(bias));
            let turned = Array4::from_shape_fn((o, 1, k, k), |(o, _, i, j)| layer.1[(o * k + j) * k + i]);
            let turned = tensor(&turned).transpose(2, 3).accepted("a transposed weight")?;
            let b = Tensor::new(layer.2.as_slice(), &Device::Cpu).accepted("a tensor")?;
            is_near(&layer, &turned, &b, 1.0)?;
            let f32s = [&turned, &b].map(|t| t.to_dtype(DType::F32).accepted("a tensor"));
            let [weight, b] = f32s;
            is_near(&layer, &weight?, &b?, 2.0_f64.powi(29))
        });
    }

    #[test]
    fn rejects_mismatched_shapes() {
        example(|| {
            let zeros = |shape: &[usize]| Tensor::zeros(shape, DType::F32, &Device::Cpu).accepted("a tensor");
            let ask = |image: &Matrix, weight: &[usize], bias: usize| {
                Ok::<_, Broken>(feature_maps(image, &zeros(weight)?, &zeros(&[bias])?))
            };
            let dimensions = |name: &str, got: &[usize], wanted: &[usize]| InputError::Dimensions {
                name: name.to_owned(),
                got: got.to_vec(),
                wanted: wanted.to_vec(),
            };
            let (image, look) = (Matrix::zeros(3, 3), "The first layer has one input channel.");
            for (rows, cols) in [(0, 3), (3, 0), (0, 0)] {
                let got = ask(&Matrix::zeros(rows, cols), &[2, 1, 3, 3], 2)?;
                rejected(
                    &format!("no pixels, {rows}×{cols}"),
                    got,
                    InputError::TooFew { got: 0, wanted: 1 },
                    look,
                )?;
            }
            for (o, c, k) in [(1, 2, 3), (2, 41, 1), (103, 2, 5), (3, 0, 3)] {
                let want = dimensions("weight", &[o, c, k, k], &[o, 1, k, k]);
                rejected(&format!("kernels {o}×{c}×{k}×{k}"), ask(&image, &[o, c, k, k], o)?, want, look)?;
            }
            for (o, bias, k) in [(103, 102, 3), (1, 2, 3), (5, 0, 1), (2, 41, 5), (3, 1, 3)] {
                let want = dimensions("bias", &[bias], &[o]);
                let call = format!("{bias} biases for {o} kernels");
                rejected(&call, ask(&image, &[o, 1, k, k], bias)?, want, "One bias per kernel.")?;
            }
            for (o, k) in [(3, 4), (1, 6), (41, 2), (2, 12)] {
                let even = InputError::OutOfRange { name: "kernel", got: k as f64, wanted: "odd" };
                rejected(&format!("kernels of {k}×{k}"), ask(&image, &[o, 1, k, k], o)?, even, look)?;
            }
            let oblong = dimensions("weight", &[2, 1, 3, 5], &[2, 1, 3, 3]);
            rejected("kernels of 3×5", ask(&image, &[2, 1, 3, 5], 2)?, oblong, "Kernels are square.")?;
            rejected(
                "kernels of two channels",
                ask(&image, &[2, 2, 3, 3], 2)?,
                dimensions("weight", &[2, 2, 3, 3], &[2, 1, 3, 3]),
                look,
            )?;
            rejected("three biases", ask(&image, &[2, 1, 3, 3], 3)?, dimensions("bias", &[3], &[2]), look)?;
            let even = InputError::OutOfRange { name: "kernel", got: 2.0, wanted: "odd" };
            rejected("kernels of 2×2", ask(&image, &[2, 1, 2, 2], 2)?, even, look)?;
            for (weight, bias) in [
                (&[2, 3, 3][..], &[2][..]),
                (&[2, 1, 3, 3], &[1, 2]),
                (&[2, 1, 3, 3], &[2, 1]),
                (&[2, 1, 3, 3, 1], &[2]),
                (&[2, 9], &[2]),
                (&[1, 1, 3, 3], &[]),
            ] {
                let got = feature_maps(&image, &zeros(weight)?, &zeros(bias)?);
                ensure(matches!(got, Err(InputError::Library { .. })), || {
                    Broken::answer(
                        format!("feature_maps with a weight {weight:?} and a bias {bias:?} = {got:?}"),
                        "Err(Library { … })",
                        "Kernels have four dimensions: o, 1, k, k. A bias has one: o.",
                    )
                })?;
            }
            Ok(())
        });
    }

    #[test]
    fn handles_all_sizes_and_magnitudes() {
        let unit = || prop_oneof![Just(1.0), any::magnitude(-140, 140)];
        for_all("image, kernels, bias", any_size(unit(), unit())).cases(32).holds(|given| {
            is_exact(given)?;
            Ok(())
        });
    }
}
