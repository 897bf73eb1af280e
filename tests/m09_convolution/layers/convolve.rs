use candle_core::{DType, Device, Tensor, Var};
use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, Inputs, any, close, equal, example, for_all, rejected, rounding};
use katas::m09_convolution::layers::convolve;
use kit::InputError;
use ndarray::{Array1, Array3, Array4, Axis};
use proptest::prelude::*;

use super::super::arrays::{Case, array, numbers, tensor, text, unit};
use judge::any::sizes;

/// A few images, kernels of odd size, a bias.
#[derive(Debug, Clone)]
struct Batch {
    x: Array4<f64>,
    weight: Array4<f64>,
    bias: Array1<f64>,
}

impl Inputs for Batch {
    fn describe(&self) -> Vec<String> {
        vec![text(&self.x), text(&self.weight), text(&self.bias)]
    }
}

fn batch() -> impl Strategy<Value = Batch> + Send + Sync + Clone {
    (1..=2_usize, 1..=2_usize, (1..=4_usize, 1..=4_usize), 1..=2_usize, 0..=2_usize).prop_flat_map(
        |(n, c, (h, w), o, half)| {
            let k = 2 * half + 1;
            (array((n, c, h, w)), unit(), array((o, c, k, k)), array(o))
                .prop_map(|(x, unit, weight, bias)| Batch { x: x * unit, weight, bias })
        },
    )
}

/// Any number of images, channels, rows, columns and kernels, kernels of up to 13×13.
fn any_size() -> impl Strategy<Value = Batch> + Send + Sync + Clone {
    let one = sizes([1..=2, 1..=2, 1..=4, 1..=4, 1..=2, 0..=2], [61, 65, 151, 151, 65, 8]);
    let both = [1..=1, 1..=2, 25..=33, 25..=33, 1..=2, 0..=1_usize];
    let sizes = prop_oneof![11 => one, 1 => both];
    let unit = || prop_oneof![2 => Just(1.0), 1 => any::magnitude(-12, 12)];
    sizes.prop_flat_map(move |[n, c, h, w, o, half]| {
        // What is large in all of them at once takes too long by the definition.
        let all = n.min(c) > 4 && h > 4;
        let ([n, c, h, w], [o, half]) =
            if all { ([4, 5, h.min(6), w.min(7)], [6, 1]) } else { ([n, c, h, w], [o, half]) };
        let k = 2 * half + 1;
        (array((n, c, h, w)), array((o, c, k, k)), array(o), unit(), unit())
            .prop_map(|(x, weight, bias, a, b)| Batch { x: x * a, weight: weight * b, bias: bias * (a * b) })
    })
}

/// The gradients of Σ g·y with respect to x, weight and bias, term by term.
fn backpropagated(Batch { x, weight, bias }: &Batch, upstream: &Array4<f64>) -> [Vec<f64>; 3] {
    let (mut dx, mut dw, mut db) =
        (Array4::<f64>::zeros(x.dim()), Array4::<f64>::zeros(weight.dim()), vec![0.0; bias.len()]);
    let ((_, _, rows, cols), padding) = (x.dim(), weight.dim().2 / 2);
    for ((n, o, r, s), g) in upstream.indexed_iter() {
        db[o] += g;
        for ((c, i, j), k) in weight.index_axis(Axis(0), o).indexed_iter() {
            let (row, col) = ((r + i).wrapping_sub(padding), (s + j).wrapping_sub(padding));
            if row < rows && col < cols {
                dx[[n, c, row, col]] += g * k;
                dw[[o, c, i, j]] += g * x[[n, c, row, col]];
            }
        }
    }
    [dx.into_iter().collect(), dw.into_iter().collect(), db]
}

fn by_hand(Batch { x, weight, bias }: &Batch) -> Vec<f64> {
    let one = |x: ndarray::ArrayView3<f64>| -> Array3<f64> {
        let case = Case { x: x.to_owned(), kernels: weight.clone(), stride: 1, padding: weight.dim().2 / 2 };
        let y = case.convolved(weight);
        Array3::from_shape_fn(y.dim(), |(o, r, s)| y[[o, r, s]] + bias[o])
    };
    x.axis_iter(Axis(0)).flat_map(|x| one(x).into_iter().collect::<Vec<_>>()).collect()
}

#[test]
fn is_the_convolution_with_bias_and_same_size() {
    for_all("x, weight, bias", batch()).cases(96).holds(|batch| {
        let y = convolve(&tensor(&batch.x), &tensor(&batch.weight), &tensor(&batch.bias))
            .accepted("convolve(x, weight, bias)")?;
        let (n, _, h, w) = batch.x.dim();
        let look = "Stride 1, (k − 1)/2 zeros on each side, no flip; each image by itself, each bias added \
            to all pixels of its channel.";
        equal("shape", y.dims().to_vec(), vec![n, batch.bias.len(), h, w], look)?;
        close(
            "convolve(x, weight, bias)",
            numbers("y", &y)?.as_slice(),
            by_hand(batch).as_slice(),
            rounding(64, 4096.0),
            look,
        )
    });
}

#[test]
fn is_exact_for_any_number_of_images_channels_and_kernels() {
    for_all("x, weight, bias", any_size()).cases(48).holds(|batch| {
        let var = |t: Tensor| Var::from_tensor(&t).accepted("a variable");
        let vars = [var(tensor(&batch.x))?, var(tensor(&batch.weight))?, var(tensor(&batch.bias))?];
        let y = convolve(&vars[0], &vars[1], &vars[2]).accepted("convolve(x, weight, bias)")?;
        let absolute = Batch {
            x: batch.x.mapv(f64::abs),
            weight: batch.weight.mapv(f64::abs),
            bias: batch.bias.mapv(f64::abs),
        };
        let terms = |n: usize| 2 * n + 8;
        let look =
            "Every image, channel, kernel, row and column has its part, in the output and in the gradients.";
        let largest = by_hand(&absolute).into_iter().fold(0.0, f64::max);
        let tolerance = rounding(terms(batch.weight.len()), largest);
        close(
            "convolve(x, weight, bias)",
            numbers("y", &y)?.as_slice(),
            &by_hand(batch)[..],
            tolerance,
            look,
        )?;
        let (n, _, h, w) = batch.x.dim();
        let upstream = Array4::from_shape_fn((n, batch.bias.len(), h, w), |(n, o, r, s)| {
            ((3 * n + 5 * o + 7 * r + 11 * s) % 17) as f64 / 8.0 - 1.0
        });
        let sum = y.mul(&tensor(&upstream)).and_then(|y| y.sum_all()?.backward()).accepted("backward()")?;
        let (want, sizes) =
            (backpropagated(batch, &upstream), backpropagated(&absolute, &upstream.mapv(f64::abs)));
        for (i, name) in ["x", "weight", "bias"].into_iter().enumerate() {
            let got = match sum.get(&vars[i]) {
                Some(got) => numbers("a gradient", got)?,
                None => vec![0.0; want[i].len()],
            };
            let largest = sizes[i].iter().copied().fold(0.0, f64::max);
            let tolerance = rounding(terms(upstream.len() + batch.weight.len()), largest);
            close(&format!("the gradient of Σ g·y by {name}"), &got[..], &want[i][..], tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn gradients_match_finite_differences() {
    for_all("x, weight, bias", batch()).cases(12).holds(|batch| {
        let var = |t: Tensor| Var::from_tensor(&t).accepted("a variable");
        let vars = [var(tensor(&batch.x))?, var(tensor(&batch.weight))?, var(tensor(&batch.bias))?];
        let y = convolve(&vars[0], &vars[1], &vars[2]).accepted("convolve(x, weight, bias)")?;
        // Σ y²/2: its gradient with respect to y is y itself.
        let gradients = y.sqr().and_then(|y| (y.sum_all()? * 0.5)?.backward()).accepted("backward()")?;
        let got: Vec<Vec<f64>> = vars
            .iter()
            .map(|var| {
                gradients.get(var).map_or(Ok(vec![f64::NAN; var.elem_count()]), |g| numbers("a gradient", g))
            })
            .collect::<Result<_, Broken>>()?;
        let at: [Vec<f64>; 3] =
            [batch.x.iter().copied().collect(), batch.weight.iter().copied().collect(), batch.bias.to_vec()];
        let value = |all: &[f64]| {
            let (x, rest) = all.split_at(at[0].len());
            let (weight, bias) = rest.split_at(at[1].len());
            let batch = Batch {
                x: Array4::from_shape_vec(batch.x.dim(), x.to_vec()).expect("as many"),
                weight: Array4::from_shape_vec(batch.weight.dim(), weight.to_vec()).expect("as many"),
                bias: Array1::from_vec(bias.to_vec()),
            };
            by_hand(&batch).iter().map(|y| y * y / 2.0).sum()
        };
        let names = ["x", "weight", "bias"];
        let blocks: Vec<Block> = (0..3).map(|i| Block::vector(names[i], &at[i], &got[i])).collect();
        let look = "Use only operations of candle whose gradients are right, and never numbers taken out of \
            a tensor.";
        is_gradient(
            "backward() of Σ y²/2",
            &blocks,
            &Loss { value: &value, rounding: rounding(4096, 64.0 * 4096.0 * 2048.0), samples: 1 },
            look,
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use candle_core::{Device, Tensor};
        use katas::m09_convolution::layers::convolve;
        let x = Tensor::new(&[[[[1.0_f64, 2.0], [3.0, 4.0]]]], &Device::Cpu)?;
        let weight = Tensor::new(&[[[[0.0_f64, 0.0, 0.0], [0.0, 2.0, 1.0], [0.0, 0.0, 0.0]]]], &Device::Cpu)?;
        let y = convolve(&x, &weight, &Tensor::new(&[0.5_f64], &Device::Cpu)?)?;
        assert_eq!(y.flatten_all()?.to_vec1::<f64>()?, [4.5, 4.5, 10.5, 8.5]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_any_memory_layout() {
        for_all("x, weight, bias", batch()).cases(32).holds(|batch| {
            let transposed = batch.x.clone().permuted_axes([0, 1, 3, 2]);
            let columns = tensor(&transposed).permute((0, 1, 3, 2)).accepted("a permuted tensor")?;
            let y = convolve(&columns, &tensor(&batch.weight), &tensor(&batch.bias))
                .accepted("convolve(x, weight, bias)")?;
            let look = "A permuted tensor is not contiguous in memory. candle's own functions handle that; \
                call `contiguous()` for the others.";
            let want = by_hand(batch);
            close(
                "convolve of a permuted tensor",
                numbers("y", &y)?.as_slice(),
                want.as_slice(),
                rounding(64, 4096.0),
                look,
            )?;
            // The gradient passes through a permuted tensor as well.
            let var = Var::from_tensor(&tensor(&transposed)).accepted("a variable")?;
            let y = var.permute((0, 1, 3, 2)).accepted("a permuted tensor")?;
            let y = convolve(&y, &tensor(&batch.weight), &tensor(&batch.bias))
                .accepted("convolve(x, weight, bias)")?;
            let gradients = y.sum_all().and_then(|y| y.backward()).accepted("backward()")?;
            let (n, c, h, w) = batch.x.dim();
            let [dx, ..] = backpropagated(batch, &Array4::ones((n, batch.bias.len(), h, w)));
            let dx =
                Array4::from_shape_vec((n, c, h, w), dx).accepted("a gradient")?.permuted_axes([0, 1, 3, 2]);
            let dx: Vec<f64> = dx.iter().copied().collect();
            let got = gradients.get(&var).map_or(Ok(vec![0.0; dx.len()]), |g| numbers("a gradient", g))?;
            close("the gradient by a permuted tensor", &got[..], &dx[..], rounding(64, 4096.0), look)?;
            // Every other number of a longer bias.
            let twice: Vec<f64> = batch.bias.iter().flat_map(|b| [*b, 99.0]).collect();
            let bias = Tensor::from_vec(twice, (batch.bias.len(), 2), &Device::Cpu)
                .and_then(|all| all.t()?.get(0))
                .accepted("a part of a tensor")?;
            let y = convolve(&tensor(&batch.x), &tensor(&batch.weight), &bias)
                .accepted("convolve(x, weight, bias)")?;
            close(
                "convolve with a bias that is not contiguous",
                numbers("y", &y)?.as_slice(),
                want.as_slice(),
                rounding(64, 4096.0),
                look,
            )?;
            let weight = tensor(&batch.weight.clone().permuted_axes([0, 1, 3, 2]));
            let weight = weight.permute((0, 1, 3, 2)).accepted("a permuted tensor")?;
            let y = convolve(&tensor(&batch.x), &weight, &tensor(&batch.bias))
                .accepted("convolve(x, weight, bias)")?;
            close(
                "convolve with a permuted weight",
                numbers("y", &y)?.as_slice(),
                want.as_slice(),
                rounding(64, 4096.0),
                look,
            )
        });
    }

    #[test]
    fn keeps_single_precision() {
        for_all("x, weight, bias", batch()).cases(32).holds(|batch| {
            let var = |t: Tensor| {
                let single = t.to_dtype(DType::F32).accepted("a tensor")?;
                Var::from_tensor(&single).accepted("a variable")
            };
            let vars = [var(tensor(&batch.x))?, var(tensor(&batch.weight))?, var(tensor(&batch.bias))?];
            let y = convolve(&vars[0], &vars[1], &vars[2]).accepted("convolve in f32")?;
            let look = "Networks learn in f32: the same numbers, to seven digits, and the same gradients.";
            equal("type of the output", y.dtype(), DType::F32, look)?;
            let coarser = 2.0_f64.powi(29);
            let tolerance = rounding(64, 4096.0) * coarser;
            close("convolve in f32", numbers("y", &y)?.as_slice(), &by_hand(batch)[..], tolerance, look)?;
            let gradients = y.sum_all().and_then(|y| y.backward()).accepted("backward()")?;
            let (n, _, h, w) = batch.x.dim();
            let want = backpropagated(batch, &Array4::ones((n, batch.bias.len(), h, w)));
            for (i, name) in ["x", "weight", "bias"].into_iter().enumerate() {
                let got = match gradients.get(&vars[i]) {
                    Some(got) => numbers("a gradient", got)?,
                    None => vec![0.0; want[i].len()],
                };
                close(&format!("the gradient of Σ y by {name}"), &got[..], &want[i][..], tolerance, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_mismatched_shapes_and_even_kernels() {
        let inputs = sizes([1..=2, 1..=3, 1..=4, 1..=3, 0..=2, 1..=3], [41, 41, 65, 41, 9, 41]);
        for_all("n, channels, rows, kernels, half, more", inputs).cases(48).holds(
            |&[n, c, rows, o, half, more]| {
                let zeros =
                    |shape: &[usize]| Tensor::zeros(shape, DType::F64, &Device::Cpu).accepted("a tensor");
                let (x, k) = (zeros(&[n, c, rows, 3])?, 2 * half + 1);
                let ask = |weight: &[usize], bias: &[usize]| {
                    Ok::<_, Broken>(convolve(&x, &zeros(weight)?, &zeros(bias)?).map(|_| "an output"))
                };
                let dimensions = |name: &str, got: &[usize], wanted: &[usize]| InputError::Dimensions {
                    name: name.to_owned(),
                    got: got.to_vec(),
                    wanted: wanted.to_vec(),
                };
                let look = "As many channels as the image has, as many biases as kernels, square kernels.";
                for own in [c + more, c - 1] {
                    let got = [o, own, k, k];
                    let want = dimensions("weight", &got, &[o, c, k, k]);
                    rejected(&format!("a weight {got:?} for {c} channels"), ask(&got, &[o])?, want, look)?;
                }
                // Wider than high, and higher than wide.
                for (high, wide) in [(k, k + 2 * more), (k + 2 * more, k)] {
                    let got = [o, c, high, wide];
                    let want = dimensions("weight", &got, &[o, c, high, high]);
                    rejected(&format!("a weight {got:?}"), ask(&got, &[o])?, want, look)?;
                }
                for biases in [o + more, o - 1] {
                    let want = dimensions("bias", &[biases], &[o]);
                    rejected(
                        &format!("{biases} biases for {o} kernels"),
                        ask(&[o, c, k, k], &[biases])?,
                        want,
                        look,
                    )?;
                }
                let even = InputError::OutOfRange { name: "kernel", got: (k + 1) as f64, wanted: "odd" };
                let look = "An even kernel has no center: no equal padding keeps the size.";
                rejected(
                    &format!("a weight of {}×{}", k + 1, k + 1),
                    ask(&[o, c, k + 1, k + 1], &[o])?,
                    even,
                    look,
                )
            },
        );
    }

    #[test]
    fn rejects_other_numbers_of_dimensions() {
        example(|| {
            let zeros = |shape: &[usize]| Tensor::zeros(shape, DType::F64, &Device::Cpu).accepted("a tensor");
            for shapes in [
                [&[4, 4][..], &[1, 1, 3, 3], &[1]],
                [&[1, 4, 4], &[1, 1, 3, 3], &[1]],
                [&[1, 1, 4, 4], &[1, 3, 3], &[1]],
                [&[1, 1, 4, 4], &[1, 1, 3, 3], &[1, 1]],
                [&[1, 1, 4, 4, 1], &[1, 1, 3, 3], &[1]],
                [&[1, 1, 4, 4], &[1, 1, 3, 3, 1], &[1]],
                [&[1, 1, 4, 4], &[1, 9], &[1]],
                [&[1, 1, 4, 4], &[1, 1, 3, 3], &[]],
            ] {
                let [x, weight, bias] = [zeros(shapes[0])?, zeros(shapes[1])?, zeros(shapes[2])?];
                let got = convolve(&x, &weight, &bias).map(|_| "an output");
                judge::ensure(matches!(got, Err(InputError::Library { .. })), || {
                    Broken::answer(
                        format!("convolve of tensors of the shapes {shapes:?} = {got:?}"),
                        "Err(Library { … })",
                        "Four dimensions: images, channels, rows, columns; as many for the kernels, and one \
                            for the bias.",
                    )
                })?;
            }
            Ok(())
        });
    }
}
