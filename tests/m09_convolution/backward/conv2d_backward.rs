use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Inputs, for_all, rejected, rounding};
use katas::m09_convolution::backward::conv2d_backward;
use kit::InputError;
use ndarray::{Array3, Array4};
use proptest::prelude::*;

use super::super::arrays::{
    Case, any_size, array, close_arrays, close_sums, columns_first, entries, sized, text, wide,
};
use judge::any::sizes;

/// A convolution and an upstream gradient.
#[derive(Debug, Clone)]
struct WithUpstream {
    case: Case,
    grad_output: Array3<f64>,
}

impl Inputs for WithUpstream {
    fn describe(&self) -> Vec<String> {
        [self.case.describe(), vec![text(&self.grad_output)]].concat()
    }
}

const NAMES: &str = "x, kernels, stride, padding, grad_output";

fn given() -> impl Strategy<Value = WithUpstream> + Send + Sync + Clone {
    sized(2, 3).prop_flat_map(|case| {
        let (rows, cols) = case.positions();
        (array((case.kernels.dim().0, rows, cols)), Just(case))
            .prop_map(|(grad_output, case)| WithUpstream { case, grad_output })
    })
}

type Gradients = (Array3<f64>, Array4<f64>);

fn backward(WithUpstream { case, grad_output }: &WithUpstream) -> Result<Gradients, judge::Broken> {
    conv2d_backward(case.x.view(), case.kernels.view(), case.stride, case.padding, grad_output.view())
        .accepted("conv2d_backward(…)")
}

fn shapes(given: &WithUpstream, (dx, dk): &Gradients) -> judge::Verdict {
    let got = (dx.shape().to_vec(), dk.shape().to_vec());
    let want = (given.case.x.shape().to_vec(), given.case.kernels.shape().to_vec());
    judge::equal("shapes of (dx, dk)", got, want, "One derivative for each pixel and for each kernel entry.")
}

fn flat<D: ndarray::Dimension>(array: &ndarray::Array<f64, D>) -> Vec<f64> {
    array.iter().copied().collect()
}

#[test]
fn kernel_gradient_matches_finite_differences() {
    for_all(NAMES, given()).cases(24).holds(|given| {
        let answer = backward(given)?;
        shapes(given, &answer)?;
        let (at, got) = (flat(&given.case.kernels), flat(&answer.1));
        let value = |k: &[f64]| {
            let k = Array4::from_shape_vec(given.case.kernels.dim(), k.to_vec()).expect("as many as before");
            (given.case.convolved(&k) * &given.grad_output).sum()
        };
        let loss = Loss { value: &value, rounding: rounding(4096, 64.0 * 1024.0), samples: 1 };
        let look = "Every output that used k[o, c, i, j] contributes its upstream gradient times that pixel.";
        is_gradient("dk of L = Σ grad_output·y", &[Block::vector("k", &at, &got)], &loss, look)
    });
}

#[test]
fn input_gradient_matches_finite_differences() {
    for_all(NAMES, given()).cases(24).holds(|given| {
        let answer = backward(given)?;
        shapes(given, &answer)?;
        let (at, got) = (flat(&given.case.x), flat(&answer.0));
        let value = |x: &[f64]| {
            let x = Array3::from_shape_vec(given.case.x.dim(), x.to_vec()).expect("as many as before");
            let case = Case { x, ..given.case.clone() };
            (case.convolved(&case.kernels) * &given.grad_output).sum()
        };
        let loss = Loss { value: &value, rounding: rounding(4096, 64.0 * 1024.0), samples: 1 };
        let look = "A pixel is covered by several windows and used by all kernels: the contributions add \
            up. Padding has no gradient.";
        is_gradient("dx of L = Σ grad_output·y", &[Block::vector("x", &at, &got)], &loss, look)
    });
}

#[test]
fn is_the_adjoint_of_the_convolution() {
    for_all(NAMES, given()).holds(|given| {
        let (dx, dk) = backward(given)?;
        shapes(given, &(dx.clone(), dk.clone()))?;
        let y = given.case.convolved(&given.case.kernels);
        let want = (&y * &given.grad_output).sum();
        // Products of three eighths up to 8: exact.
        let tolerance = rounding(4096, 64.0 * 1024.0);
        let look = "y is linear in x and in k, so Σ grad_output·y = Σ dx·x = Σ dk·k.";
        judge::close("Σ dx·x", (&dx * &given.case.x).sum(), want, tolerance, look)?;
        judge::close("Σ dk·k", (&dk * &given.case.kernels).sum(), want, tolerance, look)
    });
}

/// The sums of the two gradients, term by term.
fn definition(WithUpstream { case, grad_output }: &WithUpstream) -> Gradients {
    let (mut dx, mut dk) = (Array3::zeros(case.x.dim()), Array4::zeros(case.kernels.dim()));
    let ((_, h, w), at) =
        (case.x.dim(), |out: usize, i: usize| (out * case.stride + i).checked_sub(case.padding));
    for ((o, r, s), g) in grad_output.indexed_iter() {
        for ((_, c, i, j), k) in case.kernels.indexed_iter().filter(|((of, ..), _)| *of == o) {
            let (Some(row), Some(col)) = (at(r, i), at(s, j)) else { continue };
            if row < h && col < w {
                dx[[c, row, col]] += g * k;
                dk[[o, c, i, j]] += g * case.x[[c, row, col]];
            }
        }
    }
    (dx, dk)
}

#[test]
fn is_exact_for_images_and_kernels_of_any_size() {
    let given = any_size().prop_flat_map(|case| {
        let (rows, cols) = case.positions();
        (array((case.kernels.dim().0, rows, cols)), Just(case))
            .prop_map(|(grad_output, case)| WithUpstream { case, grad_output })
    });
    for_all(NAMES, given).cases(48).holds(|given| {
        is_the_definition(given)?;
        Ok(())
    });
}

/// Both gradients are the sums of the definition.
fn is_the_definition(given: &WithUpstream) -> judge::Verdict {
    let (dx, dk) = backward(given)?;
    let (want_dx, want_dk) = definition(given);
    let absolute =
        WithUpstream { case: given.case.absolute(), grad_output: given.grad_output.mapv(f64::abs) };
    let (size_dx, size_dk) = definition(&absolute);
    let terms = given.case.kernels.len() + given.grad_output.len();
    let look = "Every channel, kernel, row and column counts, whatever the magnitude of its numbers.";
    close_sums("dx", &dx, &want_dx, (terms, &size_dx), look)?;
    close_sums("dk", &dk, &want_dk, (terms, &size_dk), look)
}

#[test]
fn zero_upstream_gradient_gives_zero() {
    for_all(NAMES, given()).cases(32).holds(|given| {
        let given = WithUpstream { grad_output: given.grad_output.mapv(|_| 0.0), ..given.clone() };
        let (dx, dk) = backward(&given)?;
        let look = "Both gradients are linear in grad_output.";
        close_arrays(
            "dx where grad_output is 0",
            &dx.mapv(|d| d + 0.0),
            &Array3::zeros(given.case.x.dim()),
            0.0,
            look,
        )?;
        close_arrays(
            "dk where grad_output is 0",
            &dk.mapv(|d| d + 0.0),
            &Array4::zeros(given.case.kernels.dim()),
            0.0,
            look,
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m09_convolution::backward::conv2d_backward;
        use ndarray::array;
        let (x, kernels) = (array![[[2.0, 3.0]]], array![[[[5.0]]]]);
        let (dx, dk) = conv2d_backward(x.view(), kernels.view(), 1, 0, array![[[1.0, 10.0]]].view()).unwrap();
        assert_eq!((dx, dk), (array![[[5.0, 50.0]]], array![[[[32.0]]]]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_any_memory_layout() {
        for_all(NAMES, given()).cases(64).holds(|given| {
            let WithUpstream { case, grad_output } = given;
            let case =
                Case { x: columns_first(&case.x), kernels: columns_first(&case.kernels), ..case.clone() };
            let other = WithUpstream { case, grad_output: columns_first(grad_output) };
            let ((dx, dk), (want_dx, want_dk)) = (backward(&other)?, backward(given)?);
            let look = "The same arrays in another memory layout, as after `permuted_axes`. Index the \
                entries; `as_slice` is None here, and `as_slice_memory_order` has another order.";
            // Products of two eighths up to 8: exact, whatever the order.
            close_arrays(
                "dx of arrays with the first index running fastest",
                &dx,
                &want_dx,
                rounding(64, 4096.0),
                look,
            )?;
            close_arrays(
                "dk of arrays with the first index running fastest",
                &dk,
                &want_dk,
                rounding(64, 4096.0),
                look,
            )
        });
    }

    #[test]
    fn counts_stride_and_padding_for_the_same_arrays() {
        for_all(NAMES, given()).cases(48).holds(|WithUpstream { case, grad_output }| {
            // So large a stride that there is one position, whatever the padding.
            let (_, h, w) = case.x.dim();
            let stride = h.max(w) + 2 * case.padding + 3;
            let grad_output = grad_output.slice(ndarray::s![.., ..1, ..1]).to_owned();
            for (stride, padding) in [(stride, 0), (stride, 1), (stride + 1, 0)] {
                let case = Case { stride, padding: case.padding + padding, ..case.clone() };
                is_the_definition(&WithUpstream { case, grad_output: grad_output.clone() })?;
            }
            // One position for each stride, in which the first pixels are the same.
            let kernels = ndarray::Array4::ones((grad_output.dim().0, case.x.dim().0, h, w));
            for stride in 1..=3 {
                let case = Case { x: case.x.clone(), kernels: kernels.clone(), stride, padding: 0 };
                is_the_definition(&WithUpstream { case, grad_output: grad_output.clone() })?;
            }
            // Two positions along each side of four pixels, for both strides; other pixels in the second one.
            let (c, o) = (case.x.dim().0, case.kernels.dim().0);
            let x = Array3::from_shape_fn((c, 4, 4), |(c, i, j)| (16 * c + 4 * i + j) as f64 / 8.0);
            let kernels = Array4::from_shape_fn((o, c, 1, 1), |(o, c, ..)| case.kernels[[o, c, 0, 0]]);
            let grad_output = Array3::from_shape_fn((o, 2, 2), |(o, i, j)| (o + 2 * i + j) as f64 - 2.5);
            (2..=3).try_for_each(|stride| {
                let case = Case { x: x.clone(), kernels: kernels.clone(), stride, padding: 0 };
                is_the_definition(&WithUpstream { case, grad_output: grad_output.clone() })
            })
        });
    }

    #[test]
    fn rejects_mismatched_shapes() {
        let inputs = sizes([1..=3, 2..=5, 2..=5, 1..=3, 0..=2, 1..=3], [41, 65, 65, 41, 41, 41]);
        for_all("channels, rows, cols, kernels, padding, more", inputs).cases(48).holds(
            |&[c, h, w, o, padding, more]| {
                let (rows, cols) = (h + 2 * padding - 1, w + 2 * padding - 1);
                let ask = |kernels: (usize, usize, usize, usize),
                           stride,
                           grad_output: (usize, usize, usize)| {
                    let (x, k, d) =
                        (Array3::zeros((c, h, w)), Array4::zeros(kernels), Array3::zeros(grad_output));
                    conv2d_backward(x.view(), k.view(), stride, padding, d.view()).map(|(dx, _)| text(&dx))
                };
                let dimensions = |name: &str, got: Vec<usize>, wanted: Vec<usize>| InputError::Dimensions {
                    name: name.to_owned(),
                    got,
                    wanted,
                };
                let look = "The kernels have the image's channels, grad_output the output's shape.";
                for own in [c - 1, c + more] {
                    let want = dimensions("kernels", vec![o, own, 2, 2], vec![o, c, 2, 2]);
                    let call = format!("kernels {o}×{own}×2×2 for {c} channels");
                    rejected(&call, ask((o, own, 2, 2), 1, (o, rows, cols)), want, look)?;
                }
                let wrong = [
                    (o + more, rows, cols),
                    (o, rows + more, cols),
                    (o, rows, cols + more),
                    (o, rows - 1, cols),
                ];
                for (a, b, d) in wrong {
                    let want = dimensions("grad_output", vec![a, b, d], vec![o, rows, cols]);
                    let call = format!("grad_output of shape {a}×{b}×{d} for an output {o}×{rows}×{cols}");
                    rejected(&call, ask((o, c, 2, 2), 1, (a, b, d)), want, look)?;
                }
                let (high, broad, look) =
                    (h + 2 * padding + more, w + 2 * padding + more, "The errors of `conv2d`.");
                let rejection = |name, got, wanted| InputError::OutOfRange { name, got, wanted };
                let want = rejection("kernel", high as f64, "at most the padded size");
                rejected(
                    &format!("a kernel {high} high for {h} rows"),
                    ask((o, c, high, 2), 1, (o, 1, cols)),
                    want,
                    look,
                )?;
                let want = rejection("kernel", broad as f64, "at most the padded size");
                rejected(
                    &format!("a kernel {broad} wide for {w} columns"),
                    ask((o, c, 2, broad), 1, (o, rows, 1)),
                    want,
                    look,
                )?;
                let want = rejection("stride", 0.0, "at least 1");
                rejected("a stride of 0", ask((o, c, 2, 2), 0, (o, rows, cols)), want, look)
            },
        );
    }

    #[test]
    fn handles_all_sizes_and_magnitudes() {
        let given = wide().prop_flat_map(|case| {
            let (rows, cols) = case.positions();
            // Where the other two are minute, too, all are.
            let unit =
                judge::any::select(vec![1.0, 2.0_f64.powi(-40), 2.0_f64.powi(-400), 2.0_f64.powi(-400)]);
            (entries((case.kernels.dim().0, rows, cols)), Just(case), unit)
                .prop_map(|(grad_output, case, unit)| WithUpstream { case, grad_output: grad_output * unit })
        });
        for_all(NAMES, given).cases(40).holds(|given| {
            is_the_definition(given)?;
            Ok(())
        });
    }
}
