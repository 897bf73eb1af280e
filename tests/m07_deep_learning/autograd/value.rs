use candle_core::{Device, Var};
use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, any, close, equal, example, for_all, rounding};
use katas::m07_deep_learning::autograd::Value;

use super::program::program;

#[test]
fn a_leaf_holds_its_number_and_no_slope() {
    for_all("x", any::entry()).holds(|&x| {
        let value = Value::new(x);
        let look = "Nothing has been asked for its slope yet: the gradient is 0.";
        equal("(data, grad) of Value::new(x)", (value.data(), value.grad()), (x, 0.0), look)
    });
}

#[test]
fn sums_products_and_tanh_are_those_of_numbers() {
    for_all("computation", program()).holds(|program| {
        let (values, want) = (program.values(), program.numbers(&program.leaves));
        for (value, (want, off)) in values.iter().zip(want) {
            let look = "Each operation makes the value of its result at once, from the data of its operands.";
            close("data", value.data(), want, 2.0 * off, look)?;
        }
        Ok(())
    });
}

#[test]
fn the_gradient_of_a_leaf_is_the_slope_of_the_result() {
    for_all("computation", program()).holds(|program| {
        let values = program.values();
        let last = values.len() - 1;
        values[last].backward();
        let got: Vec<f64> = values[..2].iter().map(Value::grad).collect();
        let value = |leaves: &[f64]| program.numbers(leaves)[last].0;
        // A step of a thousandth may double what rounding does.
        let rounding = 4.0 * program.numbers(&program.leaves)[last].1 + f64::from_bits(1);
        let look = "Each use of a number adds its share: slope of the result along what was made × slope of \
            that along the number. A number's turn comes when all that was made from it has had its turn.";
        let leaves = Block::vector("(a, b)", &program.leaves, &got);
        is_gradient("backward()", &[leaves], &Loss { value: &value, rounding, samples: 1 }, look)
    });
}

#[test]
fn a_number_used_twice_collects_both_slopes() {
    for_all("x", any::eighth()).holds(|&x| {
        let look = "`grad += …`, not `grad = …`: the number is used twice, and each use adds its share.";
        for (what, made, want) in [
            ("x + x", (|v| v.plus(v)) as fn(&Value) -> Value, 2.0),
            ("x·x", |v| v.times(v), 2.0 * x),
            ("x·(x + x)", |v| v.times(&v.plus(v)), 4.0 * x),
        ] {
            let value = Value::new(x);
            made(&value).backward();
            close(&format!("the slope of {what} along x"), value.grad(), want, 0.0, look)?;
        }
        Ok(())
    });
}

#[test]
fn a_diamond_is_walked_from_the_result_downwards() {
    for_all("x", any::eighth()).holds(|&x| {
        // r = u + v, v = u·x, u = x + x: u gets its slope in two parts, and may pass it on only when both are there.
        let value = Value::new(x);
        let u = value.plus(&value);
        u.plus(&u.times(&value)).backward();
        let look = "u is used by two others. Visited as soon as the first of them hands down its share, it \
            passes on too little. Order the graph first: parents before what was made from them; then walk \
            it backwards.";
        close("the slope of u + u·x with u = x + x along u", u.grad(), 1.0 + x, 0.0, look)?;
        close("and along x", value.grad(), 2.0 + 4.0 * x, 0.0, look)
    });
}

#[test]
fn what_lies_between_has_a_gradient_too() {
    for_all("x, y", (any::eighth(), any::eighth())).holds(|&(x, y)| {
        let (a, b) = (Value::new(x), Value::new(y));
        let product = a.times(&b);
        let result = product.plus(&a);
        result.backward();
        let got = [result.grad(), product.grad(), a.grad(), b.grad()];
        let look = "The result's slope along itself is 1, and every number on the way has its own.";
        equal(
            "the slopes of r = x·y + x along r, x·y, x and y",
            got.map(|g| g + 0.0),
            [1.0, 1.0, y + 1.0, x].map(|g| g + 0.0),
            look,
        )
    });
}

#[test]
fn an_earlier_call_is_forgotten() {
    for_all("x, y", (any::eighth(), any::eighth())).holds(|&(x, y)| {
        let (a, b) = (Value::new(x), Value::new(y));
        let product = a.times(&b);
        let sum = product.plus(&b);
        let look =
            "Gradients of the last call lie around. Clear those of the whole graph before the walk begins.";
        for call in ["the first", "the second"] {
            sum.backward();
            let want = [y, x + 1.0].map(|g| g + 0.0);
            equal(
                &format!("{call} backward() of x·y + y: slopes along x and y"),
                [a.grad(), b.grad()].map(|g| g + 0.0),
                want,
                look,
            )?;
        }
        product.backward();
        let got = [product.grad(), a.grad(), b.grad()].map(|g| g + 0.0);
        equal("then backward() of x·y alone: along x·y, x and y", got, [1.0, y, x].map(|g| g + 0.0), look)
    });
}

#[test]
fn a_number_is_its_own_slope_of_1() {
    for_all("x", any::eighth()).cases(8).holds(|&x| {
        let value = Value::new(x);
        value.backward();
        let look = "∂r/∂r = 1, also where r was not computed from anything.";
        equal("the slope of a leaf along itself", value.grad(), 1.0, look)
    });
}

#[test]
fn what_another_result_left_behind_stays() {
    for_all("x, y", (any::eighth(), any::eighth())).cases(32).holds(|&(x, y)| {
        let [a, b, c] = [x, y, x].map(Value::new);
        a.times(&b).backward();
        c.plus(&c).backward();
        let got = [a.grad(), b.grad(), c.grad()].map(|g| g + 0.0);
        let look = "The second result was not computed from a and b: their slopes are those of the last \
            result that reached them. Walk, and clear, only what this result came from.";
        equal(
            "slopes along a, b and c after backward() of a·b, then of c + c",
            got,
            [y, x, 2.0].map(|g| g + 0.0),
            look,
        )
    });
}

#[test]
fn a_nan_makes_nan() {
    for_all("x, y", (any::eighth(), any::eighth())).cases(32).holds(|&(x, y)| {
        let [a, b, c] = [x, f64::NAN, y].map(Value::new);
        let result = a.times(&b).plus(&a).tanh().times(&c);
        result.backward();
        let got = [result.data(), a.grad(), b.grad(), c.grad()];
        let look = "No slope may be left out, neither a NaN nor one that meets a 0: 0·NaN is NaN.";
        equal(
            &format!("tanh({x}·NaN + {x})·{y} and its slopes are all NaN"),
            got.map(f64::is_nan),
            [true; 4],
            look,
        )
    });
}

#[test]
fn tanh_is_flat_far_out() {
    for_all("k", 5..=1023_i32).cases(16).holds(|&k| {
        for sign in [1.0, -1.0] {
            let x = Value::new(sign * 2.0_f64.powi(k));
            let result = x.tanh();
            result.backward();
            let look = "e^1000 is infinite, and ∞/∞ is no number.";
            // From 2⁵ on 1 − tanh is below 10⁻²⁷.
            close(
                "(tanh, slope) of ±2ᵏ",
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
fn each_operation_is_visited_once_however_often_it_is_used() {
    judge::for_all("n", 30..=40_i32).cases(4).within_seconds(2).holds(|&n| {
        let x = Value::new(1.0);
        let result = (0..n).fold(x.clone(), |v, _| v.plus(&v));
        result.backward();
        let look = "n doublings are n operations, but 2ⁿ paths: who follows every path does not live to see \
            the end.";
        close("the slope of x doubled n times along x", x.grad(), 2.0_f64.powi(n), 0.0, look)
    });
}

#[test]
fn two_thousand_operations_deep_is_not_too_deep() {
    example(|| {
        let (x, one) = (Value::new(3.0), Value::new(1.0));
        let result = (0..2000).fold(x.clone(), |v, _| v.plus(&one));
        result.backward();
        equal(
            "slopes of 3 + 1 + … + 1 along 3 and 1",
            [x.grad(), one.grad()],
            [1.0, 2000.0],
            "Is the graph walked with too deep a recursion?",
        )
    });
}

#[test]
fn candle_finds_the_same_slopes_for_a_neuron() {
    for_all("w, x, b", (any::eighth(), any::eighth(), any::eighth())).cases(64).holds(|&(w, x, b)| {
        let (w, x, b) = (w / 8.0, x / 8.0, b / 8.0);
        let inputs = [w, x, b].map(Value::new);
        let hidden = inputs[0].times(&inputs[1]).plus(&inputs[2]).tanh();
        hidden.times(&hidden).plus(&hidden.times(&inputs[0])).backward();
        let slopes = || {
            let vars = [w, x, b].map(|x| Var::new(x, &Device::Cpu));
            let [w, x, b] = vars;
            let (w, x, b) = (w?, x?, b?);
            let hidden = (w.as_tensor() * x.as_tensor())?.add(&b)?.tanh()?;
            let slopes = hidden.sqr()?.add(&(&hidden * w.as_tensor())?)?.backward()?;
            [w, x, b].iter().map(|var| slopes.get(var).map_or(Ok(0.0), |g| g.to_scalar::<f64>())).collect()
        };
        let want: Vec<f64> = candle_core::Result::accepted(slopes(), "candle")?;
        let got: Vec<f64> = inputs.iter().map(Value::grad).collect();
        // A dozen operations on numbers of at most 3.
        let look = "h = tanh(w·x + b), r = h² + h·w: candle's `backward` gives the slopes on the right.";
        close("slopes along w, x and b", got.as_slice(), want.as_slice(), rounding(24, 3.0), look)
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
