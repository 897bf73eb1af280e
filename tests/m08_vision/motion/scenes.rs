//! Two images, one after the other.

use judge::any::select;
use judge::any::vec;
use kit::Matrix;
use ndarray::Array2;
use proptest::prelude::*;

use judge::any::sizes;

/// Two images of one shape, as matrices; some so faint that the smaller eigenvalue decides.
pub fn pairs() -> impl Strategy<Value = [Matrix; 2]> + Send + Sync + Clone {
    (2..=5_usize, 2..=5_usize).prop_flat_map(|(rows, cols)| {
        let plain = prop_oneof![3 => select(vec![0_u8, 10, 100, 255]), 1 => any::<u8>()];
        let faint = 0..=5_u8;
        let image = move || {
            prop_oneof![3 => vec(plain.clone(), rows * cols), 2 => vec(faint.clone(), rows * cols)]
                .prop_map(move |it| Matrix::from_fn(rows, cols, |i, j| it[i * cols + j].into()))
        };
        [image(), image()]
    })
}

/// Two images with many rows or columns, and many points on them.
pub fn wide_pairs() -> impl Strategy<Value = ([Matrix; 2], Vec<[usize; 2]>)> + Send + Sync + Clone {
    let both = (47..=61_usize, 47..=61_usize, 1..=2_usize).prop_map(|(m, n, many)| [m, n, many]);
    let one = sizes([2..=5, 2..=5, 0..=6], [303, 303, 301]);
    let points = [2..=5_usize, 2..=5, 301..=301];
    prop_oneof![10 => one, 1 => both, 1 => points].prop_flat_map(|[rows, cols, many]| {
        let plain = || prop_oneof![3 => select(vec![0_u8, 10, 100, 255]), 1 => any::<u8>()];
        let image = move || {
            vec(plain(), rows * cols)
                .prop_map(move |it| Matrix::from_fn(rows, cols, |i, j| it[i * cols + j].into()))
        };
        ([image(), image()], vec([0..cols, 0..rows], many))
    })
}

pub fn all_places((rows, cols): (usize, usize)) -> Vec<[usize; 2]> {
    (0..rows).flat_map(|y| (0..cols).map(move |x| [x, y])).collect()
}

/// Soft hills, moved by `[u, v]`; 0 to 255 in whole numbers.
pub fn hills((rows, cols): (usize, usize), [u, v]: [f64; 2]) -> Array2<u8> {
    Array2::from_shape_fn((rows, cols), |(i, j)| {
        let (x, y) = (j as f64 - u, i as f64 - v);
        let sum = (0.5 * x).sin() + (0.45 * y + 1.0).sin() + (0.3 * (x + y)).cos();
        (128.0 + 40.0 * sum).round() as u8
    })
}

/// An image that rises by 1 with each pixel along one axis, and by 2ᵏ on both sides of its middle along the other, or the
/// other way round; and half a window. Around its middle the smaller eigenvalue of M is the number of pixels in the window,
/// exactly: M is diagonal, and its entries have a quotient whose denominator is a power of two.
pub fn valley(window: usize, k: i32, upright: bool) -> (Array2<u8>, usize) {
    let half = window / 2;
    let n = window + 2;
    let image = Array2::from_shape_fn((n, n), |(y, x)| (x + (y.abs_diff(half + 1) << k)) as u8);
    (if upright { image.reversed_axes() } else { image }, half)
}
