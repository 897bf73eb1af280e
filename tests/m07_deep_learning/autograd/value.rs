use candle_core::{Device, Var};
use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, any, close, equal, example, for_all, rounding};
use katas::m07_deep_learning::autograd::Value;
use proptest::prop_oneof;
use proptest::strategy::Just;

use super::program::{long_program, program};

#[test]
fn a_leaf_has_its_number_and_gradient_0() {
    for_all("x", any::entry()).holds(|&x| {
        let value = Value::new(x);
        let look = "Before any call of backward the gradient is 0.";
        equal("(data, grad) of Value::new(x)", (value.data(), value.grad()), (x, 0.0), look)
    });
}

#[test]
fn computes_sums_products_and_tanh() {
    for_all("computation", program()).holds(|program| {
        let (values, want) = (program.values(), program.numbers(&program.leaves));
        for (value, (want, off)) in values.iter().zip(want) {
            let look = "Each operation computes its result at once, from the data of its operands.";
            close("data", value.data(), want, 2.0 * off, look)?;
        }
        Ok(())
    });
}

#[test]
fn gradient_matches_finite_differences() {
    for_all("computation", program()).holds(|program| {
        let values = program.values();
        let last = values.len() - 1;
        values[last].backward();
        let got: Vec<f64> = values[..2].iter().map(Value::grad).collect();
        let value = |leaves: &[f64]| program.numbers(leaves)[last].0;
        // A step of a thousandth may double what rounding does.
        let rounding = 4.0 * program.numbers(&program.leaves)[last].1 + f64::from_bits(1);
        let look = "Each use of a number adds its contribution: upstream gradient × local derivative. A \
            node is \
            processed when everything that was made from it has been processed.";
        let leaves = Block::vector("(a, b)", &program.leaves, &got);
        is_gradient("backward()", &[leaves], &Loss { value: &value, rounding, samples: 1 }, look)
    });
}

#[test]
fn every_node_of_a_long_computation_has_its_gradient() {
    for_all("computation", long_program()).cases(128).holds(|program| {
        let values = program.values();
        // An earlier call leaves nothing behind.
        values[values.len() / 2].backward();
        let last = &values[values.len() - 1];
        last.backward();
        let look =
            "Each node, however many there are: the sum over all its uses of upstream gradient × derivative.";
        let mut all = values.iter().zip(program.numbers(&program.leaves)).zip(program.gradients());
        let mut reached = program.reached().into_iter();
        all.try_for_each(|((value, (number, off)), (gradient, wrong))| {
            close("data", value.data(), number, 2.0 * off, look)?;
            // What the result was not computed from keeps the gradient of the earlier call.
            if reached.next() == Some(true) {
                close("grad", value.grad(), gradient, 4.0 * wrong, look)
            } else {
                Ok(())
            }
        })
    });
}

#[test]
fn accumulates_the_gradients_of_all_uses() {
    for_all("x", any::eighth()).holds(|&x| {
        let look = "`grad += …`, not `grad = …`: the number is used twice, and the gradients of its uses \
            accumulate.";
        for (what, made, want) in [
            ("x + x", (|v| v.plus(v)) as fn(&Value) -> Value, 2.0),
            ("x·x", |v| v.times(v), 2.0 * x),
            ("x·(x + x)", |v| v.times(&v.plus(v)), 4.0 * x),
        ] {
            let value = Value::new(x);
            made(&value).backward();
            close(&format!("the gradient of {what} with respect to x"), value.grad(), want, 0.0, look)?;
        }
        Ok(())
    });
}

#[test]
fn visits_a_diamond_in_topological_order() {
    for_all("x", any::eighth()).holds(|&x| {
        // r = u + v, v = u·x, u = x + x: u gets its gradient in two parts, and may pass it on only when both are there.
        let value = Value::new(x);
        let u = value.plus(&value);
        u.plus(&u.times(&value)).backward();
        let look = "u is used by two others. Visited after the first of them, it passes on too little. \
            Sort the \
            graph topologically, parents before what was made from them; then walk it backwards.";
        close("the gradient of u + u·x, u = x + x, with respect to u", u.grad(), 1.0 + x, 0.0, look)?;
        close("and with respect to x", value.grad(), 2.0 + 4.0 * x, 0.0, look)
    });
}

#[test]
fn intermediate_nodes_have_gradients() {
    for_all("x, y", (any::eighth(), any::eighth())).holds(|&(x, y)| {
        let (a, b) = (Value::new(x), Value::new(y));
        let product = a.times(&b);
        let result = product.plus(&a);
        result.backward();
        let got = [result.grad(), product.grad(), a.grad(), b.grad()];
        let look =
            "The gradient of the result with respect to itself is 1, and every intermediate node has one.";
        equal(
            "the gradients of r = x·y + x with respect to r, x·y, x and y",
            got.map(|g| g + 0.0),
            [1.0, 1.0, y + 1.0, x].map(|g| g + 0.0),
            look,
        )
    });
}

#[test]
fn overwrites_the_gradients_of_an_earlier_call() {
    for_all("x, y", (any::eighth(), any::eighth())).holds(|&(x, y)| {
        let (a, b) = (Value::new(x), Value::new(y));
        let product = a.times(&b);
        let sum = product.plus(&b);
        let look = "Set the gradients of the whole graph to 0 before the backward pass.";
        for call in ["the first", "the second"] {
            sum.backward();
            let want = [y, x + 1.0].map(|g| g + 0.0);
            equal(
                &format!("{call} backward() of x·y + y: gradients of x and y"),
                [a.grad(), b.grad()].map(|g| g + 0.0),
                want,
                look,
            )?;
        }
        product.backward();
        let got = [product.grad(), a.grad(), b.grad()].map(|g| g + 0.0);
        equal(
            "then backward() of x·y alone: gradients of x·y, x and y",
            got,
            [1.0, y, x].map(|g| g + 0.0),
            look,
        )
    });
}

#[test]
fn the_gradient_of_the_result_is_1() {
    for_all("x", any::eighth()).cases(8).holds(|&x| {
        let value = Value::new(x);
        value.backward();
        let look = "∂r/∂r = 1, even for a leaf.";
        equal("the gradient of a leaf with respect to itself", value.grad(), 1.0, look)
    });
}

#[test]
fn agrees_with_candle_on_a_neuron() {
    for_all("w, x, b", (any::eighth(), any::eighth(), any::eighth())).cases(64).holds(|&(w, x, b)| {
        let (w, x, b) = (w / 8.0, x / 8.0, b / 8.0);
        let inputs = [w, x, b].map(Value::new);
        let hidden = inputs[0].times(&inputs[1]).plus(&inputs[2]).tanh();
        hidden.times(&hidden).plus(&hidden.times(&inputs[0])).backward();
        let gradients = || {
            let vars = [w, x, b].map(|x| Var::new(x, &Device::Cpu));
            let [w, x, b] = vars;
            let (w, x, b) = (w?, x?, b?);
            let hidden = (w.as_tensor() * x.as_tensor())?.add(&b)?.tanh()?;
            let gradients = hidden.sqr()?.add(&(&hidden * w.as_tensor())?)?.backward()?;
            [w, x, b].iter().map(|var| gradients.get(var).map_or(Ok(0.0), |g| g.to_scalar::<f64>())).collect()
        };
        let want: Vec<f64> = candle_core::Result::accepted(gradients(), "candle")?;
        let got: Vec<f64> = inputs.iter().map(Value::grad).collect();
        // A dozen operations on numbers of at most 3.
        let look = "h = tanh(w·x + b), r = h² + h·w: candle's `backward` gives the gradient on the right.";
        close("gradients of w, x and b", got.as_slice(), want.as_slice(), rounding(24, 3.0), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m07_deep_learning::autograd::Value;
        let (x, y) = (Value::new(3.0), Value::new(-2.0));
        let r = x.times(&x).plus(&x.times(&y)); // x² + x·y
        r.backward();
        assert_eq!((r.data(), x.grad(), y.grad()), (3.0, 4.0, 3.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn keeps_the_gradients_of_another_graph() {
        for_all("x, y", (any::eighth(), any::eighth())).cases(32).holds(|&(x, y)| {
            let [a, b, c] = [x, y, x].map(Value::new);
            a.times(&b).backward();
            c.plus(&c).backward();
            let got = [a.grad(), b.grad(), c.grad()].map(|g| g + 0.0);
            let look = "The second result was not computed from a and b: their gradients are those of \
                the last \
                result that reached them. Reset only the graph of this result.";
            equal(
                "gradients of a, b and c after backward() of a·b, then of c + c",
                got,
                [y, x, 2.0].map(|g| g + 0.0),
                look,
            )
        });
    }

    #[test]
    fn propagates_nan() {
        // Often 0: a gradient of 0 meets the NaN.
        let y = prop_oneof![Just(0.0), any::eighth()];
        for_all("x, y", (any::eighth(), y)).cases(32).holds(|&(x, y)| {
            let [a, b, c] = [x, f64::NAN, y].map(Value::new);
            let result = a.times(&b).plus(&a).tanh().times(&c);
            result.backward();
            let got = [result.data(), a.grad(), b.grad(), c.grad()];
            let look = "No gradient may be skipped, neither a NaN nor a 0: 0·NaN is NaN.";
            equal(
                &format!("tanh({x}·NaN + {x})·{y} and its gradients are all NaN"),
                got.map(f64::is_nan),
                [true; 4],
                look,
            )
        });
    }

    #[test]
    fn keeps_infinities() {
        let infinite = judge::any::select(vec![f64::INFINITY, f64::NEG_INFINITY]);
        for_all("x, y", (infinite, any::nonzero())).cases(32).holds(|&(x, y)| {
            let (a, b) = (Value::new(x), Value::new(y));
            let got = [a.plus(&b), b.plus(&a), a.times(&b), b.times(&a), a.tanh()].map(|value| value.data());
            let look = "∞ plus or times a number is ∞ as in f64, and tanh ±∞ is ±1.";
            equal("x + y, y + x, x·y, y·x and tanh x", got, [x, x, x * y, x * y, x.signum()], look)?;
            let zero = a.times(&Value::new(0.0)).data();
            equal("whether x·0 is NaN", zero.is_nan(), true, "∞·0 is NaN: nothing is rejected or replaced.")?;
            let result = a.times(&b);
            result.backward();
            let look = "The derivatives of x·y are y and x, also where one is infinite.";
            equal("gradients of x·y with respect to x and y", [a.grad(), b.grad()], [y, x], look)
        });
    }

    #[test]
    fn tanh_saturates_without_overflow() {
        for_all("k", 5..=1023_i32).cases(16).holds(|&k| {
            for sign in [1.0, -1.0] {
                let x = Value::new(sign * 2.0_f64.powi(k));
                let result = x.tanh();
                result.backward();
                let look = "e^1000 overflows to ∞, and ∞/∞ is NaN.";
                // From 2⁵ on 1 − tanh is below 10⁻²⁷.
                close(
                    "(tanh, derivative) of ±2ᵏ",
                    [result.data(), x.grad()].as_slice(),
                    &[sign, 0.0][..],
                    rounding(4, 1.0),
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn computes_with_numbers_of_any_magnitude() {
        let inputs = (any::magnitude(-150, 150), any::magnitude(-150, 150));
        for_all("x, y", inputs).holds(|&(x, y)| {
            let (a, b) = (Value::new(x), Value::new(y));
            let result = a.times(&b).plus(&a).plus(&b.times(&b));
            result.backward();
            let look =
                "Sums and products in f64, however large or small: nothing is clipped, dropped or rounded.";
            let size = (x * y).abs() + x.abs() + y * y;
            close("x·y + x + y²", result.data(), x * y + x + y * y, rounding(8, size), look)?;
            close("its gradient with respect to x", a.grad(), y + 1.0, rounding(4, y.abs() + 1.0), look)?;
            close("and to y", b.grad(), x + 2.0 * y, rounding(4, x.abs() + 2.0 * y.abs()), look)
        });
    }

    #[test]
    fn visits_each_node_once() {
        judge::for_all("n", 30..=40_i32).cases(4).within_seconds(2).holds(|&n| {
            let x = Value::new(1.0);
            let result = (0..n).fold(x.clone(), |v, _| v.plus(&v));
            result.backward();
            let look = "n doublings are n operations, but 2ⁿ paths: visit each node once instead of \
                following \
                every path.";
            close("the gradient of x doubled n times with respect to x", x.grad(), 2.0_f64.powi(n), 0.0, look)
        });
    }

    #[test]
    fn accepts_a_graph_2000_operations_deep() {
        example(|| {
            let (x, one) = (Value::new(3.0), Value::new(1.0));
            let result = (0..2000).fold(x.clone(), |v, _| v.plus(&one));
            result.backward();
            equal(
                "gradients of 3 + 1 + … + 1 with respect to 3 and 1",
                [x.grad(), one.grad()],
                [1.0, 2000.0],
                "Is the recursion too deep?",
            )
        });
    }
}
