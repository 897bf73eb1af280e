use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::eigen::eigenvalues_2x2;
use kit::{Eigen, InputError};
use proptest::array::uniform4;
use proptest::prelude::Strategy;
use proptest::sample::select;

use super::{
    Entries, any_entries, built, call, discriminant, largest, matrix, nearly_equal, nearly_real, plan,
    symmetric,
};

// Tolerances count ulps of the largest entry m. Each eigenvalue is a sum of at most four entries, of a root that is
// at most 2m, and of two scalings: about a dozen roundings of numbers of size 2m, which 32·ε·m covers twice over.

fn asked(entries: Entries) -> Result<Eigen<f64>, Broken> {
    eigenvalues_2x2(matrix(entries)).accepted(&call("eigenvalues_2x2", entries))
}

/// The answer must be real; `why` says how one can see that.
fn real(entries: Entries, why: &str) -> Result<[f64; 2], Broken> {
    match asked(entries)? {
        Eigen::Real(values) => Ok(values),
        pair => {
            let got = format!("{} = {pair:?}", call("eigenvalues_2x2", entries));
            Err(Broken::answer(got, "Real([…])", why))
        }
    }
}

#[test]
fn they_add_up_to_the_trace() {
    for_all("a, b, c, d", any_entries()).holds(|&entries| {
        let sum = match asked(entries)? {
            Eigen::Real([low, high]) => low + high,
            Eigen::Complex { re, .. } => 2.0 * re,
        };
        let look = "λ₁ + λ₂ is a + d. Which sign has the trace in the formula, and what is halved?";
        let call = format!("the sum of {}", call("eigenvalues_2x2", entries));
        close(&call, sum, entries[0] + entries[3], rounding(32, largest(entries)), look)
    });
}

#[test]
fn they_multiply_to_the_determinant() {
    for_all("a, b, c, d", any_entries()).holds(|&entries| {
        let product = match asked(entries)? {
            Eigen::Real([low, high]) => low * high,
            Eigen::Complex { re, im } => re * re + im * im,
        };
        let [a, b, c, d] = entries;
        let look =
            "λ₁λ₂ is ad − bc. Both off-diagonal entries stand in it, each once; what is under the root?";
        let call = format!("the product of {}", call("eigenvalues_2x2", entries));
        // Both factors are at most 2m and off by the above.
        close(&call, product, a * d - b * c, rounding(64, largest(entries).powi(2)), look)
    });
}

#[test]
fn real_ones_come_smaller_first() {
    for_all("a, b, c, d", any_entries()).holds(|&entries| {
        let ordered = match asked(entries)? {
            Eigen::Real([low, high]) => low <= high,
            Eigen::Complex { im, .. } => im > 0.0,
        };
        ensure(ordered, || {
            let got = format!("{} = {:?}", call("eigenvalues_2x2", entries), asked(entries));
            let look = "Which of mean − radius and mean + radius is smaller? A radius is not negative.";
            Broken::answer(got, "Real([λ₁, λ₂]) with λ₁ ≤ λ₂, or im > 0", look)
        })
    });
}

#[test]
fn the_sign_under_the_root_tells_real_from_complex() {
    for_all("a, b, c, d", uniform4(any::eighth())).holds(|&entries| {
        let (answer, discriminant) = (asked(entries)?, discriminant(entries));
        // At 0 rounding may tip a right answer to either side.
        let right = match answer {
            Eigen::Real(_) => discriminant >= 0,
            Eigen::Complex { .. } => discriminant <= 0,
        };
        ensure(right, || {
            let got = format!("{} = {answer:?}", call("eigenvalues_2x2", entries));
            let want = if discriminant > 0 { "Real([…])" } else { "Complex { … }" };
            let square = discriminant as f64 / 64.0;
            let look =
                format!("(a + d)² − 4(ad − bc) = {square}. What does the root of a negative number mean?");
            Broken::answer(got, want, look)
        })
    });
}

#[test]
fn a_matrix_made_from_two_eigenvalues_gives_them_back() {
    for_all("k, l, λ, μ", plan()).holds(|&(k, l, value, other)| {
        let (entries, [p, q], condition) = built(k, l, value, other);
        let look = format!(
            "It stretches ({}, {}) by λ = {value} and ({}, {}) by μ = {other}: try it.",
            p.x, p.y, q.x, q.y
        );
        let got = real(entries, &look)?;
        // What moves the entries by δ moves an eigenvalue by up to condition·‖δ‖, and ‖δ‖ ≤ 2·max|δ|.
        let tolerance = rounding(64, condition * largest(entries));
        let want = [value.min(other), value.max(other)];
        close(&call("eigenvalues_2x2", entries), got.as_slice(), want.as_slice(), tolerance, look)
    });
}

#[test]
fn a_turn_with_a_stretch_has_the_pair_a_plus_minus_ib() {
    for_all("a, b", (any::eighth(), any::nonzero())).holds(|&(a, b)| {
        let (entries, look) = ([a, -b, b, a], "The characteristic polynomial is (a − λ)² + b².");
        let call = call("eigenvalues_2x2", entries);
        let Eigen::Complex { re, im } = asked(entries)? else {
            let got = format!("{call} = {:?}", asked(entries));
            return Err(Broken::answer(got, format!("Complex {{ re: {a}, im: {} }}", b.abs()), look));
        };
        close(&call, [re, im].as_slice(), [a, b.abs()].as_slice(), rounding(32, largest(entries)), look)
    });
}

#[test]
fn a_pair_beside_the_real_line_is_a_pair() {
    for_all("a, b, c, d, √(−bc)", nearly_real()).holds(|&(entries, want)| {
        let (answer, call) = (asked(entries)?, call("eigenvalues_2x2", entries));
        let look = "−bc is below 0, if only a little: a small imaginary part is one.";
        let Eigen::Complex { re, im } = answer else {
            return Err(Broken::answer(format!("{call} = {answer:?}"), "Complex { … }", look));
        };
        close(&format!("re of {call}"), re, entries[0], rounding(32, largest(entries)), look)?;
        // What moves c moves √(bc) by ½√(b/c) of that.
        let tolerance = rounding(32, largest(entries) * (entries[1] / want));
        close(&format!("im of {call}"), im, want, tolerance, look)
    });
}

#[test]
fn nearly_equal_ones_stay_as_far_apart_as_they_are() {
    for_all("m, t", nearly_equal()).holds(|&(mean, t)| {
        let entries = symmetric(mean, t);
        let look = "A = m·I + t·[3 4; 4 −3] has m ± 5|t|. (a + d)²/4 − det is the difference of two large \
                    numbers: write it as a sum of ((a − d)/2)² and bc.";
        let got = real(entries, look)?;
        let want = [mean - 5.0 * t.abs(), mean + 5.0 * t.abs()];
        let tolerance = rounding(32, largest(entries));
        close(&call("eigenvalues_2x2", entries), got.as_slice(), want.as_slice(), tolerance, look)
    });
}

#[test]
fn huge_and_tiny_matrices_are_like_all_others() {
    // Entries up to 32·10²⁹⁸, within what is documented.
    let inputs = (any::nonzero(), select(vec![1e298, 1e200, 1e-200, 1e-299]), proptest::bool::ANY);
    for_all("t, scale, turned", inputs).holds(|&(t, scale, turned)| {
        let s = t * scale;
        let entries = if turned { [0.0, -s, s, 0.0] } else { [3.0 * s, 4.0 * s, 4.0 * s, -3.0 * s] };
        let (got, want) = match asked(entries)? {
            Eigen::Real(got) => (got, if turned { [f64::NAN; 2] } else { [-5.0 * s.abs(), 5.0 * s.abs()] }),
            Eigen::Complex { re, im } => ([re, im], if turned { [0.0, s.abs()] } else { [f64::NAN; 2] }),
        };
        let right = got.iter().zip(want).all(|(got, want)| (got - want).abs() <= rounding(32, 4.0 * s));
        ensure(right, || {
            let got = format!("{} = {:?}", call("eigenvalues_2x2", entries), asked(entries));
            let want = if turned { format!("±{:?}·i", s.abs()) } else { format!("±{:?}", 5.0 * s.abs()) };
            Broken::answer(got, want, "bc leaves the numbers of f64: divide by the largest entry first.")
        })
    });
}

#[test]
fn a_double_eigenvalue_stands_there_twice() {
    for_all("λ", any::eighth()).holds(|&value| {
        let entries = [value, 0.0, 0.0, value];
        let look = "λI has the eigenvalue λ, twice; for λ = 0 it has no largest entry to divide by.";
        let got = real(entries, look)?;
        let want = [value; 2];
        close(&call("eigenvalues_2x2", entries), got.as_slice(), want.as_slice(), rounding(8, value), look)
    });
}

#[test]
fn nan_and_infinity_are_rejected() {
    let inputs =
        (uniform4(any::eighth()), 0..4_usize, any::not_finite()).prop_map(|(mut entries, index, bad)| {
            // The first one counts.
            entries[index..].fill(bad);
            entries
        });
    for_all("a, b, c, d", inputs).holds(|&entries| {
        let index = entries.iter().position(|x| !x.is_finite()).unwrap_or_default();
        let look = "Count row after row: a is 0, b is 1, c is 2, d is 3.";
        let want = InputError::NotFinite { name: "matrix", index };
        rejected(&call("eigenvalues_2x2", entries), eigenvalues_2x2(matrix(entries)), want, look)
    });
}

#[test]
fn seven_and_ten_are_the_sum_and_product_of_two_and_five() {
    example(|| {
        let got = real([4.0, 1.0, 2.0, 3.0], "Trace 7, determinant 10: which two numbers?")?;
        close("eigenvalues_2x2([4 1; 2 3])", got.as_slice(), &[2.0, 5.0][..], 1e-14, "λ² − 7λ + 10 = 0")?;
        let Eigen::Complex { re, im } = asked([1.0, -2.0, 1.0, 3.0])? else {
            let got = format!("{:?}", asked([1.0, -2.0, 1.0, 3.0]));
            return Err(Broken::answer(got, "Complex { re: 2, im: 1 }", "λ² − 4λ + 5 = 0: (λ − 2)² = −1"));
        };
        close("eigenvalues_2x2([1 -2; 1 3])", &[re, im][..], &[2.0, 1.0][..], 1e-14, "λ² − 4λ + 5 = 0")
    });
}
