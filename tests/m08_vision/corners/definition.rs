//! Harris' response, as slowly as it is defined.

use judge::rounding;
use ndarray::Array2;

/// R of each pixel, the trace of its M, and how far rounding may carry R.
pub struct Response {
    pub r: Array2<f64>,
    /// Needed for the comparison with OpenCV only.
    #[cfg(feature = "opencv")]
    pub trace: Array2<f64>,
    pub room: Array2<f64>,
}

impl Response {
    pub fn of(image: &Array2<u8>, window: usize, k: f64) -> Self {
        let (rows, cols) = image.dim();
        let clamped = move |i: isize, n: usize| i.clamp(0, n as isize - 1) as usize;
        let pixel = |i: isize, j: isize| f64::from(image[(clamped(i, rows), clamped(j, cols))]);
        let gradient = |i: usize, j: usize| {
            let (i, j) = (i as isize, j as isize);
            let column = |j| pixel(i - 1, j) + 2.0 * pixel(i, j) + pixel(i + 1, j);
            let row = |i| pixel(i, j - 1) + 2.0 * pixel(i, j) + pixel(i, j + 1);
            [column(j + 1) - column(j - 1), row(i + 1) - row(i - 1)]
        };
        let gradients = Array2::from_shape_fn((rows, cols), |(i, j)| gradient(i, j));
        let half = (window / 2) as isize;
        // All are sums of whole numbers, and exact: first along the rows, then along the columns.
        let added = |a: [f64; 3], b: [f64; 3]| [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
        let around_one = |i: usize, n: usize| (-half..=half).map(move |k| clamped(i as isize + k, n));
        let products = gradients.mapv(|[gx, gy]| [gx * gx, gx * gy, gy * gy]);
        let across = Array2::from_shape_fn((rows, cols), |(i, j)| {
            around_one(j, cols).map(|l| products[(i, l)]).fold([0.0; 3], added)
        });
        let sums = Array2::from_shape_fn((rows, cols), |(i, j)| {
            around_one(i, rows).map(|k| across[(k, j)]).fold([0.0; 3], added)
        });
        // All that any window sees. A table of running sums is as large as that, and a sum taken from it carries all its
        // roundings, where brightness is no whole number any more: R, a product of two such sums, carries them as well.
        let around = |n: usize| -half..n as isize + half;
        let seen = around(rows).flat_map(|i| around(cols).map(move |j| (clamped(i, rows), clamped(j, cols))));
        let (many, whole) = seen.fold((64, 0.0), |(many, whole), place| {
            (many + 1, whole + gradients[place].iter().map(|g| g * g).sum::<f64>())
        });
        let trace = sums.mapv(|[a, _, c]| a + c);
        // A derivative is a sum of eight products. Where brightness is no whole number each is rounded, and so is each sum of
        // squares of derivatives.
        let of_slope = rounding(8, 8.0 * 255.0);
        let of_sum = of_slope * (2.0 * (whole * many as f64).sqrt() + many as f64 * of_slope);
        Self {
            r: sums.mapv(|[a, b, c]| a * c - b * b - k * (a + c) * (a + c)),
            room: trace.mapv(|trace| {
                rounding(many, trace * whole)
                    + rounding(many, whole).powi(2)
                    + 2.0 * of_sum * trace
                    + of_sum.powi(2)
            }),
            #[cfg(feature = "opencv")]
            trace,
        }
    }
}
