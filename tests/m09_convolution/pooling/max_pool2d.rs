use judge::{Answer, Broken, any, ensure, equal, example, for_all, rejected};
use katas::m09_convolution::pooling::max_pool2d;
use kit::InputError;
use ndarray::Array3;
use proptest::prelude::*;

use super::super::arrays::{array, close_arrays, columns_first, shown, text, unit};

/// An image and a window that fits.
#[derive(Debug, Clone)]
struct Case {
    x: Array3<f64>,
    size: usize,
}

impl judge::Inputs for Case {
    fn describe(&self) -> Vec<String> {
        vec![text(&self.x), self.size.to_string()]
    }
}

fn case() -> impl Strategy<Value = Case> + Send + Sync + Clone {
    (1..=2_usize, 1..=6_usize, 1..=6_usize, 1..=3_usize).prop_flat_map(|(c, h, w, size)| {
        (array((c, h, w)), unit(), Just(size.min(h).min(w)))
            .prop_map(|(x, unit, size)| Case { x: x * unit, size })
    })
}

fn pooled(case: &Case) -> Result<Array3<f64>, Broken> {
    max_pool2d(case.x.view(), case.size).accepted("max_pool2d(x, size)")
}

#[test]
fn each_output_is_the_largest_of_its_window() {
    for_all("x, size", case()).holds(|case| {
        let ((c, h, w), size) = (case.x.dim(), case.size);
        let want = Array3::from_shape_fn((c, h / size, w / size), |(c, r, s)| {
            let entries = (0..size * size).map(|k| case.x[[c, r * size + k / size, s * size + k % size]]);
            entries.fold(f64::NEG_INFINITY, f64::max)
        });
        let look = "Windows side by side, each channel by itself; what makes up no whole window at the end \
            is left out. All numbers may be below 0.";
        close_arrays("max_pool2d(x, size)", &pooled(case)?, &want, 0.0, look)
    });
}

#[test]
fn windows_of_one_pixel_change_nothing() {
    for_all("x, _", case()).cases(64).holds(|case| {
        let case = Case { size: 1, ..case.clone() };
        close_arrays("max_pool2d(x, 1)", &pooled(&case)?, &case.x, 0.0, "The largest of one is that one.")
    });
}

#[test]
fn a_larger_pixel_never_makes_the_output_smaller() {
    for_all("x, size, k, more", (case(), 0..72_usize, 0..16_i32)).cases(128).holds(|(case, k, more)| {
        let mut brighter = case.clone();
        let k = k % brighter.x.len();
        *brighter.x.iter_mut().nth(k).expect("k is below their number") += f64::from(*more) / 8.0;
        let (before, after) = (pooled(case)?, pooled(&brighter)?);
        ensure(before.dim() == after.dim() && before.iter().zip(&after).all(|(b, a)| b <= a), || {
            Broken::answer(
                text(&after),
                format!("nowhere below {}", text(&before)),
                "A maximum, not a mean or the last one.",
            )
        })
    });
}

#[test]
fn nothing_but_infinities_is_a_window_too() {
    for_all("x", prop::sample::select(vec![f64::NEG_INFINITY, f64::INFINITY, f64::MIN])).cases(6).holds(
        |&x| {
            let got = max_pool2d(Array3::from_elem((1, 2, 2), x).view(), 2).accepted("max_pool2d(x, 2)")?;
            let look = "Before the first number the largest is −∞, not the smallest finite one, and not 0.";
            equal("the largest of four equal numbers", got[[0, 0, 0]], x, look)
        },
    );
}

#[test]
fn a_nan_is_not_hidden() {
    let inputs = (0..2_usize, 0..5_usize, 0..7_usize, 1..=3_usize);
    for_all("c, i, j, size", inputs).cases(64).holds(|&(c, i, j, size)| {
        let mut x = Array3::from_elem((2, 5, 7), 1.0);
        x[[c, i, j]] = f64::NAN;
        let got = max_pool2d(x.view(), size).accepted("max_pool2d(x, size)")?;
        let windows = Array3::<f64>::zeros((2, 5 / size, 7 / size));
        let want: Vec<_> = windows.indexed_iter().map(|(at, _)| at == (c, i / size, j / size)).collect();
        equal(
            &format!("which windows of two channels 5×7 are NaN, with a NaN at [{c}, {i}, {j}]"),
            got.iter().map(|y| y.is_nan()).collect::<Vec<_>>(),
            want,
            "`f64::max` prefers anything to a NaN, and `>` is never true for one. What is left over at the \
             end is in no window.",
        )
    });
}

#[test]
fn how_the_numbers_lie_in_memory_does_not_matter() {
    for_all("x, size", case()).cases(64).holds(|case| {
        let turned = Case { x: columns_first(&case.x), ..*case };
        let look = "The same array, its numbers in another order in memory, as after `permuted_axes`. Ask \
            for entries by their indices; `as_slice` is None here, and `as_slice_memory_order` tells another \
            order.";
        close_arrays(
            "max_pool2d of an array with the first index running fastest",
            &pooled(&turned)?,
            &pooled(case)?,
            0.0,
            look,
        )
    });
}

#[test]
fn windows_of_nothing_and_windows_too_large_are_rejected() {
    for_all("_", any::seed()).cases(1).holds(|_| {
        let x = Array3::zeros((1, 3, 5));
        let rejection = |got, wanted| InputError::OutOfRange { name: "size", got, wanted };
        rejected(
            "max_pool2d(1×3×5, 0)",
            shown(max_pool2d(x.view(), 0)),
            rejection(0.0, "at least 1"),
            "There is no largest of none.",
        )?;
        let want = rejection(4.0, "at most rows and columns");
        rejected(
            "max_pool2d(1×3×5, 4)",
            shown(max_pool2d(x.view(), 4)),
            want.clone(),
            "No window fits: 3 rows.",
        )?;
        let turned = Array3::zeros((1, 5, 3));
        rejected(
            "max_pool2d(1×5×3, 4)",
            shown(max_pool2d(turned.view(), 4)),
            want,
            "No window fits: 3 columns.",
        )
    });
}

#[test]
fn channels_stay_apart() {
    example(|| {
        let x = Array3::from_shape_fn((2, 2, 2), |(c, ..)| if c == 0 { 1.0 } else { -1.0 });
        let got = max_pool2d(x.view(), 2).accepted("max_pool2d(x, 2)")?;
        close_arrays(
            "max_pool2d of a bright and a dark channel",
            &got,
            &Array3::from_shape_fn((2, 1, 1), |(c, ..)| if c == 0 { 1.0 } else { -1.0 }),
            0.0,
            "Each channel by itself.",
        )
    });
}
