use judge::gradient::{Block, Loss, is_gradient};
use judge::{Broken, Verdict, close, close_entries, ensure, example, for_all, rejected, rounding};
use katas::m06_perceptron::two_layers::two_layer_backward;
use kit::{Dense, InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{
    close_layers, deltas, each, gradient_from, half_mean_square, layer, layer_of, matrix, only, parameters,
    sizes, sums, targets, with,
};
use super::super::sizes::{
    counting_but, fault, kinds, layer_from, many, matrix_of, several, sound, unequal, with_bias,
};
use super::networks::{CALL, NAMES, backward, fixed, network, outputs};

#[test]
fn matches_finite_differences() {
    for_all(NAMES, network()).holds(|(hidden, (output, x, t))| {
        let gradient = backward(hidden, output, x, t, CALL)?;
        let (q, n) = hidden.weights.shape();
        let (k, first) = (output.weights.rows(), q * (n + 1));
        let value = |p: &[f64]| {
            let (hidden, output) = (layer_of((q, n), &p[..first]), layer_of((k, q), &p[first..]));
            half_mean_square(&outputs(&hidden, &output, x), t)
        };
        // Sums of at most 4·2 + 2, bent to at most 1, summed again to at most 2·3 + 2.
        let rounding = rounding(x.rows() * k + n + q + 16, (8 * k * (q + n)) as f64);
        let loss = Loss { value: &value, rounding, samples: x.rows() };
        let blocks = [
            Block::matrix("V", [q, n], hidden.weights.as_slice(), gradient[0].weights.as_slice()),
            Block::vector("a", &hidden.bias, &gradient[0].bias),
            Block::matrix("W", [k, q], output.weights.as_slice(), gradient[1].weights.as_slice()),
            Block::vector("b", &output.bias, &gradient[1].bias),
        ];
        let look = "Output layer: error times σ′. Hidden layer: that, backpropagated through the columns \
            of W, \
            times tanh′ = 1 − h².";
        is_gradient(CALL, &blocks, &loss, look)
    });
}

/// Samples, inputs, hidden units and outputs.
fn any_size() -> impl Strategy<Value = [usize; 4]> + Send + Sync + Clone {
    (many(1..=3), several(1..=2), several(1..=3), several(1..=2)).prop_map(|(m, n, q, k)| {
        // One derivative after the other, each with a pass of its own, is a right way too: some thousand weights.
        let (n, k) = (n.min(1 + 600 / q), k.min(1 + 600 / q));
        [m.min(1 + 1_000_000 / (q * (n + k)).pow(2)), n, q, k]
    })
}

fn equals_the_definition(hidden: &Dense, output: &Dense, x: &Matrix, t: &Matrix) -> Verdict {
    let [first, second] = backward(hidden, output, x, t, CALL)?;
    let (n, q, k) = (x.cols(), hidden.bias.len(), output.bias.len());
    // Forward: how far h and the sums of the outputs may be off.
    let (a, sizes_a) = (sums(hidden, x), sizes(hidden, x));
    let h = each(&a, f64::tanh);
    let off_h = Matrix::from_fn(x.rows(), q, |i, r| {
        let error = rounding(n + 2, sizes_a[(i, r)]);
        (a[(i, r)] + error).tanh() - (a[(i, r)] - error).tanh() + rounding(8, h[(i, r)]) + rounding(2, error)
    });
    let (z, sizes_z) = (sums(output, &h), sizes(output, &h));
    let off_z = Matrix::from_fn(x.rows(), k, |i, c| {
        let carried = (0..q).map(|r| output.weights[(c, r)].abs() * off_h[(i, r)]).sum::<f64>();
        2.0 * carried + rounding(q + 2, sizes_z[(i, c)])
    });
    let at_output = deltas(&z, &off_z, t);
    let look = "Every sample, input, hidden unit and output counts, whatever their number and their size.";
    let want = gradient_from(&at_output, &h, |i, r| off_h[(i, r)]);
    close_layers(&format!("the output layer of {CALL}"), &second, &want, look)?;
    // Back: through W, and through tanh.
    let upstream = |i: usize, r: usize, of: &dyn Fn(usize) -> f64| {
        let _ = i;
        (0..k).map(|c| of(c) * output.weights[(c, r)]).sum::<f64>()
    };
    let [delta, error] = &at_output;
    let slope = |i: usize, r: usize| 1.0 - h[(i, r)] * h[(i, r)];
    let back = Matrix::from_fn(x.rows(), q, |i, r| upstream(i, r, &|c| delta[(i, c)]) * slope(i, r));
    let off = Matrix::from_fn(x.rows(), q, |i, r| {
        let sum = |of: &dyn Fn(usize) -> f64| {
            (0..k).map(|c| of(c).abs() * output.weights[(c, r)].abs()).sum::<f64>()
        };
        let size = sum(&|c| delta[(i, c)]);
        let off_slope = 3.0 * off_h[(i, r)] + rounding(8, 1.0);
        (sum(&|c| error[(i, c)]) + rounding(k + 2, size)) * (slope(i, r) + off_slope) + size * off_slope
    });
    let want = gradient_from(&[back, off], x, |_, _| 0.0);
    close_layers(&format!("the hidden layer of {CALL}"), &first, &want, look)
}

#[test]
fn is_backpropagated_for_any_size() {
    let inputs =
        any_size().prop_flat_map(|[m, n, q, k]| (layer(n, q), layer(q, k), matrix(m, n), targets(m, k)));
    for_all(NAMES, inputs).holds(|(hidden, output, x, t)| equals_the_definition(hidden, output, x, t));
}

#[test]
fn is_the_mean_over_the_samples() {
    for_all(NAMES, network()).holds(|(hidden, (output, x, t))| {
        let flat = |[first, second]: [Dense; 2]| [parameters(&first), parameters(&second)].concat();
        let got = flat(backward(hidden, output, x, t, CALL)?);
        let mut mean = vec![0.0; got.len()];
        for i in 0..x.rows() {
            let call = format!("two_layer_backward(hidden, output, row {i} of x, row {i} of targets)");
            let alone = flat(backward(hidden, output, &only(x, i), &only(t, i), &call)?);
            mean.iter_mut().zip(alone).for_each(|(mean, slope)| *mean += slope / x.rows() as f64);
        }
        let look = "The loss is a mean over the samples, so its gradient is a mean as well.";
        close("both gradients, hidden layer first", got.as_slice(), mean.as_slice(), rounding(64, 20.0), look)
    });
}

#[test]
fn hidden_gradient_vanishes_for_zero_output_weights() {
    for_all(NAMES, network()).holds(|(hidden, (output, x, t))| {
        let (k, q) = output.weights.shape();
        let zero = Dense { weights: Matrix::zeros(k, q), bias: output.bias.clone() };
        let call = "two_layer_backward(hidden, output with W = 0, x, targets)";
        let [first, _] = backward(hidden, &zero, x, t, call)?;
        let look =
            "The upstream gradient passes through W, and W is 0: the hidden layer cannot change the loss.";
        let zeros = Matrix::zeros(q, x.cols());
        close_entries(&format!("∂L/∂V of {call}"), &first.weights, &zeros, |_, _| 0.0, look)?;
        close(&format!("∂L/∂a of {call}"), first.bias.as_slice(), vec![0.0; q].as_slice(), 0.0, look)
    });
}

#[test]
fn gradient_descent_learns_xor() {
    example(|| {
        let x = Matrix::from_rows([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
        let t = Matrix::from_rows([[0.0], [1.0], [1.0], [0.0]]);
        let weights = Matrix::from_rows([[-0.75, 1.25], [0.25, -1.0], [1.75, -1.75]]);
        let mut hidden = Dense { weights, bias: vec![0.0, 0.25, 1.0] };
        let mut output = Dense { weights: Matrix::from_rows([[-1.5, -1.5, -2.0]]), bias: vec![0.0] };
        let moved = |layer: &Dense, gradient: &Dense| {
            let step = |(value, slope): (f64, f64)| value - 4.0 * slope;
            let stepped = parameters(layer).into_iter().zip(parameters(gradient)).map(step);
            layer_of(layer.weights.shape(), &stepped.collect::<Vec<_>>())
        };
        for _ in 0..100 {
            let [first, second] = backward(&hidden, &output, &x, &t, CALL)?;
            (hidden, output) = (moved(&hidden, &first), moved(&output, &second));
        }
        let p = outputs(&hidden, &output, &x);
        let right = (0..4).all(|i| (p[(i, 0)] > 0.5) == (t[(i, 0)] > 0.5));
        ensure(right, || {
            let look = "100 steps of gradient descent with η = 4 from a good initialization. Are all four \
                blocks of the gradient right?";
            Broken::answer(
                format!("outputs {:?} for 00, 01, 10, 11", p.as_slice()),
                "less than ½ for 00 and 11, more for 01 and 10",
                look,
            )
        })
    });
}

#[test]
fn one_hidden_unit_with_an_error_of_one_half() {
    example(|| {
        let hidden = Dense { weights: Matrix::zeros(1, 1), bias: vec![0.0] };
        let output = Dense { weights: Matrix::from_rows([[2.0]]), bias: vec![0.0] };
        let (x, t) = (Matrix::from_rows([[3.0]]), Matrix::from_rows([[1.0]]));
        let call = "∂L/∂V and ∂L/∂a with V = 0, a = 0, W = 2, b = 0, x = 3, t = 1";
        let [first, _] = backward(&hidden, &output, &x, &t, CALL)?;
        let look = "h = 0 and p = ½: (½ − 1)·½·½ at the output, times W = 2 and 1 − h² = 1 at the hidden \
            unit, times x for V and times 1 for a.";
        close(call, parameters(&first).as_slice(), [-0.75, -0.25].as_slice(), rounding(16, 1.0), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m06_perceptron::two_layers::two_layer_backward;
        use kit::{Dense, Matrix};
        let hidden = Dense { weights: Matrix::zeros(1, 1), bias: vec![0.0] };
        let output = Dense { weights: Matrix::from_rows([[2.0]]), bias: vec![0.0] };
        let (x, targets) = (Matrix::from_rows([[3.0]]), Matrix::from_rows([[1.0]]));
        let [first, second] = two_layer_backward(&hidden, &output, &x, &targets)?;
        assert_eq!(first, Dense { weights: Matrix::from_rows([[-0.75]]), bias: vec![-0.25] });
        assert_eq!(second, Dense { weights: Matrix::from_rows([[0.0]]), bias: vec![-0.125] });
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_any_targets() {
        for_all(NAMES, network()).cases(64).holds(|(hidden, (output, x, t))| {
            let at = |more: f64| -> Result<Vec<f64>, Broken> {
                let call = format!("two_layer_backward(hidden, output, x, targets + {more})");
                let [first, second] = backward(hidden, output, x, &each(t, |t| t + more), &call)?;
                Ok([parameters(&first), parameters(&second)].concat())
            };
            let (none, one, four) = (at(0.0)?, at(1.0)?, at(4.0)?);
            let less = |a: &[f64], factor: f64| {
                a.iter().zip(&none).map(|(a, b)| factor * (a - b)).collect::<Vec<f64>>()
            };
            let look = "The gradient is p − t times something without t: it is linear in the targets. \
                Are targets \
                clipped to 0 and 1?";
            let call = "two_layer_backward(…, targets + 4) less two_layer_backward(…, targets)";
            close(call, less(&four, 1.0).as_slice(), less(&one, 4.0).as_slice(), rounding(64, 40.0), look)
        });
    }

    #[test]
    fn is_accurate_near_saturation() {
        for_all("|z|, negative, hidden", (13..=30_i32, any::<bool>(), any::<bool>())).cases(64).holds(
            |&(size, negative, deep)| {
                let z = f64::from(if negative { -size } else { size });
                // Without weights the sums are the biases: the one in question is z, the other 0.
                let (a, b) = if deep { (z, 0.0) } else { (0.0, z) };
                let (v, w) = (Matrix::zeros(1, 1), Matrix::from_rows([[f64::from(u8::from(deep))]]));
                let (hidden, output) =
                    (Dense { weights: v, bias: vec![a] }, Dense { weights: w, bias: vec![b] });
                let (x, t) = (Matrix::from_rows([[1.0]]), Matrix::from_rows([[0.5]]));
                let call = if deep { "∂L/∂a at V·x + a = z" } else { "∂L/∂b at W·h + b = z" };
                let gradient = backward(&hidden, &output, &x, &t, CALL)?;
                let p = outputs(&hidden, &output, &x)[(0, 0)];
                let delta = (p - 0.5) * p * (1.0 - p);
                let want = if deep { delta / z.cosh().powi(2) } else { delta };
                let got = gradient[usize::from(!deep)].bias[0];
                let look = "σ′ and tanh′ decrease like e⁻ᶻ and e⁻²ᶻ. Are the weighted sums clipped?";
                // 1 − p and 1 − h² are taken from 1, which has a rounding of ε.
                close(call, got, want, rounding(8, 1.0), look)
            },
        );
    }

    #[test]
    fn rejects_shapes_that_do_not_match() {
        example(|| {
            let (hidden, output, x, t) = fixed();
            let want = InputError::ShapeMismatch { left: (2, 1), right: (1, 2) };
            let odd = two_layer_backward(&hidden, &output, &x, &Matrix::zeros(1, 2));
            rejected(
                "two_layer_backward(2 → 3, 3 → 1, 2×2, targets of 1×2)",
                odd,
                want,
                "Targets have the shape of the outputs.",
            )?;
            let want = InputError::ShapeMismatch { left: (2, 3), right: (3, 2) };
            let odd = two_layer_backward(&hidden, &output, &Matrix::zeros(2, 3), &t);
            rejected(
                "two_layer_backward(2 → 3, 3 → 1, 2×3, 2×1)",
                odd,
                want,
                "x is the input of the hidden layer.",
            )?;
            let want = InputError::ShapeMismatch { left: (2, 3), right: (1, 2) };
            let small = Dense { weights: Matrix::zeros(1, 2), bias: vec![0.0] };
            let odd = two_layer_backward(&hidden, &small, &x, &t);
            rejected(
                "two_layer_backward(2 → 3, 2 → 1, 2×2, 2×1)",
                odd,
                want,
                "Three hidden units are the inputs of the output layer.",
            )?;
            let want = InputError::LengthMismatch { left: 3, right: 2 };
            let odd = Dense { bias: vec![0.0; 2], ..hidden.clone() };
            rejected(
                "two_layer_backward(hidden with two biases, …)",
                two_layer_backward(&odd, &output, &x, &t),
                want,
                "One bias per neuron.",
            )?;
            let want = InputError::TooFew { got: 0, wanted: 1 };
            let none = two_layer_backward(&hidden, &output, &Matrix::zeros(0, 2), &Matrix::zeros(0, 1));
            rejected(
                "two_layer_backward(2 → 3, 3 → 1, 0×2, 0×1)",
                none,
                want,
                "Without samples there is no mean.",
            )
        });
    }

    #[test]
    fn rejects_shapes_of_any_size_that_do_not_match() {
        for_all("[n, m]", unequal()).cases(64).holds(|&[n, m]| {
            let ask = |of_hidden: [usize; 3], of_output: [usize; 2], targets: [usize; 2]| {
                let ((hidden, x, _), [q, k]) = (sound(of_hidden), of_output);
                let (output, ..) = sound([1, q, k]);
                two_layer_backward(&hidden, &output, &x, &counting_but(targets, [0, 0], 0.5))
            };
            let want = |left, right| InputError::ShapeMismatch { left, right };
            let look = "Targets have the shape of the outputs; hidden units are inputs of the output layer.";
            rejected("m×2 for n samples", ask([n, 3, 4], [4, 2], [m, 2]), want((n, 2), (m, 2)), look)?;
            rejected("3×m for n outputs", ask([3, 2, 4], [4, n], [3, m]), want((3, n), (3, m)), look)?;
            rejected("n hidden, m inputs", ask([3, 2, n], [m, 2], [3, 2]), want((3, n), (2, m)), look)?;
            let ((hidden, ..), (output, _, t)) = (sound([3, n, 4]), sound([3, 4, 2]));
            let got = two_layer_backward(&hidden, &output, &Matrix::zeros(3, m), &t);
            rejected("n inputs, samples of m", got, want((3, m), (4, n)), "x is the hidden layer's input.")?;
            let odd = Dense { weights: Matrix::zeros(n, 2), bias: vec![0.0; m] };
            let (next, x) = (sound([1, n, 2]).0, counting_but([3, 2], [0, 0], 0.5));
            let got = two_layer_backward(&odd, &next, &x, &counting_but([3, 2], [0, 0], 0.5));
            let want = InputError::LengthMismatch { left: n, right: m };
            rejected("n hidden units with m biases", got, want, "One bias per neuron.")
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("[m, n, k], [i, j, c], bad, q", (fault(), several(1..=3))).cases(96).holds(
            |((sizes, at, bad), q)| {
                let ([m, n, k], [i, j, c]) = (*sizes, *at);
                let (q, r) = ((*q).min(1 + 20_000 / (n + k)), (i + j + c) % q);
                let ((hidden, x, _), (output, _, t)) = (sound([m, n, q]), sound([m, q, k]));
                let r = r.min(q - 1);
                let rejection = |name, index| InputError::NotFinite { name, index };
                let look =
                    "`hidden.accepts(x)?` and `output.accepts(h)?` check the layers; check the targets, too.";
                let got = two_layer_backward(&hidden, &output, &with(&x, i * n + j, *bad), &t);
                rejected(CALL, got, rejection("x", i * n + j), look)?;
                let got = two_layer_backward(&hidden, &output, &x, &with(&t, i * k + c, *bad));
                rejected(CALL, got, rejection("targets", i * k + c), look)?;
                let odd = Dense { weights: with(&output.weights, c * q + r, *bad), ..output.clone() };
                rejected(
                    CALL,
                    two_layer_backward(&hidden, &odd, &x, &t),
                    rejection("weights", c * q + r),
                    look,
                )?;
                let odd = Dense { weights: with(&hidden.weights, r * n + j, *bad), ..hidden.clone() };
                rejected(
                    CALL,
                    two_layer_backward(&odd, &output, &x, &t),
                    rejection("weights", r * n + j),
                    look,
                )?;
                let odd = with_bias(&output, c, *bad);
                rejected(CALL, two_layer_backward(&hidden, &odd, &x, &t), rejection("bias", c), look)?;
                let odd = with_bias(&hidden, r, *bad);
                rejected(CALL, two_layer_backward(&odd, &output, &x, &t), rejection("bias", r), look)
            },
        );
    }

    #[test]
    fn is_accurate_for_any_size_and_magnitude() {
        let inputs = any_size().prop_flat_map(|[m, n, q, k]| {
            kinds().prop_flat_map(move |[x, w]| {
                (layer_from(w, n, q), layer_from(w, q, k), matrix_of(x, m, n), matrix_of(w, m, k))
            })
        });
        for_all(NAMES, inputs).holds(|(hidden, output, x, t)| equals_the_definition(hidden, output, x, t));
    }
}
