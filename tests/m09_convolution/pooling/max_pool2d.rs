use judge::{Answer, Broken, any, ensure, equal, example, for_all, rejected};
use katas::m09_convolution::pooling::max_pool2d;
use kit::InputError;
use ndarray::Array3;
use proptest::prelude::*;

use super::super::arrays::{array, close_arrays, columns_first, entries, shown, text, unit};
use judge::any::sizes;

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

/// Images and windows of any size; numbers of every magnitude where they are asked for.
fn any_size(wide: bool) -> impl Strategy<Value = Case> + Send + Sync + Clone {
    let one = sizes([1..=2, 1..=6, 1..=6, 1..=3], [301, 303, 303, 83]);
    let both = [1..=2, 33..=61, 33..=61, 1..=7_usize];
    prop_oneof![9 => one, 1 => both].prop_flat_map(move |[c, h, w, size]| {
        let (h, w) = if size > 20 { (h + size, w + size) } else { (h, w) };
        let numbers = match wide {
            true => (entries((c, h, w)), prop_oneof![Just(1.0), any::magnitude(-150, 150)])
                .prop_map(|(x, unit)| x * unit)
                .sboxed(),
            false => array((c, h, w)).sboxed(),
        };
        numbers.prop_map(move |x| Case { x, size: size.min(h).min(w) })
    })
}

fn by_hand(case: &Case) -> Array3<f64> {
    let ((c, h, w), size) = (case.x.dim(), case.size);
    Array3::from_shape_fn((c, h / size, w / size), |(c, r, s)| {
        let entries = (0..size * size).map(|k| case.x[[c, r * size + k / size, s * size + k % size]]);
        entries.fold(f64::NEG_INFINITY, f64::max)
    })
}

fn pooled(case: &Case) -> Result<Array3<f64>, Broken> {
    max_pool2d(case.x.view(), case.size).accepted("max_pool2d(x, size)")
}

#[test]
fn is_the_maximum_of_each_window() {
    for_all("x, size", case()).holds(|case| {
        let look = "Windows do not overlap, each channel by itself; a partial window at the end is left out. \
            All numbers may be negative.";
        close_arrays("max_pool2d(x, size)", &pooled(case)?, &by_hand(case), 0.0, look)
    });
}

#[test]
fn pools_images_of_any_size() {
    for_all("x, size", any_size(false)).cases(64).holds(|case| {
        let look = "Every channel, row and column counts, however many, and windows of any size.";
        close_arrays("max_pool2d(x, size)", &pooled(case)?, &by_hand(case), 0.0, look)
    });
}

#[test]
fn size_1_is_the_identity() {
    for_all("x, _", case()).cases(64).holds(|case| {
        let case = Case { size: 1, ..case.clone() };
        close_arrays(
            "max_pool2d(x, 1)",
            &pooled(&case)?,
            &case.x,
            0.0,
            "The maximum of one number is that number.",
        )
    });
}

#[test]
fn is_monotone() {
    for_all("x, size, k, more", (case(), 0..72_usize, 0..16_i32)).cases(128).holds(|(case, k, more)| {
        let mut brighter = case.clone();
        let k = k % brighter.x.len();
        *brighter.x.iter_mut().nth(k).expect("k is below their number") += f64::from(*more) / 8.0;
        let (before, after) = (pooled(case)?, pooled(&brighter)?);
        ensure(before.dim() == after.dim() && before.iter().zip(&after).all(|(b, a)| b <= a), || {
            Broken::answer(
                text(&after),
                format!("nowhere below {}", text(&before)),
                "A maximum, not a mean or the last number.",
            )
        })
    });
}

#[test]
fn pools_channels_separately() {
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

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m09_convolution::pooling::max_pool2d;
        use ndarray::array;
        let x = array![[[1.0, -2.0, 3.0], [-4.0, 0.5, 6.0]]];
        assert_eq!(max_pool2d(x.view(), 2), Ok(array![[[1.0]]]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_infinities() {
        for_all("x", judge::any::select(vec![f64::NEG_INFINITY, f64::INFINITY, f64::MIN])).cases(6).holds(
            |&x| {
                let got =
                    max_pool2d(Array3::from_elem((1, 2, 2), x).view(), 2).accepted("max_pool2d(x, 2)")?;
                let look = "Start the maximum at −∞, not at the smallest finite number, and not at 0.";
                equal("the largest of four equal numbers", got[[0, 0, 0]], x, look)
            },
        );
    }

    #[test]
    fn propagates_nan_and_infinity() {
        let bad = judge::any::vec(
            judge::any::select(vec![f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY]),
            1..=3,
        );
        let inputs = (any_size(false), any::seed(), bad);
        for_all("x, size, places, bad", inputs).cases(96).holds(|(case, places, bad)| {
            let mut case = case.clone();
            // Often in one window.
            for (k, bad) in bad.iter().enumerate() {
                let at = (*places as usize).wrapping_add(k * (1 + (places >> 60) as usize)) % case.x.len();
                case.x.iter_mut().nth(at).into_iter().for_each(|x| *x = *bad);
            }
            let size = case.size;
            let want = by_hand(&case);
            let kind = |y: f64| if y.is_nan() { "NaN".to_owned() } else { format!("{y:?}") };
            let nan = |(c, r, s): (usize, usize, usize)| {
                (0..size * size).any(|k| case.x[[c, r * size + k / size, s * size + k % size]].is_nan())
            };
            let wanted = |(at, y): (_, &f64)| if nan(at) { "NaN".to_owned() } else { kind(*y) };
            let want: Vec<String> = want.indexed_iter().map(wanted).collect();
            let got: Vec<String> = pooled(&case)?.iter().map(|y| kind(*y)).collect();
            let look = "`f64::max` ignores NaN, and `>` is never true for it: a window with a NaN gives \
                NaN, also next to ∞. Rows and columns left out at the end are in no window.";
            equal("max_pool2d(x, size)", got, want, look)
        });
    }

    #[test]
    fn accepts_any_memory_layout() {
        for_all("x, size", case()).cases(64).holds(|case| {
            let other = Case { x: columns_first(&case.x), ..*case };
            let look = "The same array in another memory layout, as after `permuted_axes`. Index the \
                entries; `as_slice` is None here, and `as_slice_memory_order` has another order.";
            close_arrays(
                "max_pool2d of an array with the first index running fastest",
                &pooled(&other)?,
                &pooled(case)?,
                0.0,
                look,
            )
        });
    }

    #[test]
    fn rejects_zero_and_too_large_windows() {
        let inputs = sizes([0..=3, 0..=5, 0..=5, 1..=3], [103, 151, 151, 151]);
        for_all("channels, rows, cols, more", inputs).cases(48).holds(|&[c, rows, cols, more]| {
            let x = Array3::zeros((c, rows, cols));
            let rejection = |got, wanted| InputError::OutOfRange { name: "size", got, wanted };
            let call = format!("max_pool2d({c}×{rows}×{cols}, 0)");
            let look = "The maximum of no numbers is undefined.";
            rejected(&call, shown(max_pool2d(x.view(), 0)), rejection(0.0, "at least 1"), look)?;
            let size = rows.min(cols) + more;
            let call = format!("max_pool2d({c}×{rows}×{cols}, {size})");
            let want = rejection(size as f64, "at most rows and columns");
            rejected(
                &call,
                shown(max_pool2d(x.view(), size)),
                want,
                "No window fits: too few rows or columns.",
            )
        });
    }

    #[test]
    fn handles_all_sizes_and_magnitudes() {
        for_all("x, size", any_size(true)).cases(48).holds(|case| {
            let look =
                "Every channel, row and column counts, and the maximum is one of the pixels, unchanged.";
            close_arrays("max_pool2d(x, size)", &pooled(case)?, &by_hand(case), 0.0, look)
        });
    }
}
