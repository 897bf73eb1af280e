//! What a filter is, written down as slowly as it is defined.

use judge::Inputs;
use katas::m08_vision::blur::Border;
use ndarray::ArrayView2;
use proptest::prelude::*;

/// A border, drawn.
#[derive(Debug, Clone, Copy)]
pub struct Beyond(pub Border);

impl Inputs for Beyond {}

pub fn any_border() -> impl Strategy<Value = Beyond> + Send + Sync + Clone {
    judge::any::part(any::<bool>())
        .prop_map(|mirror| Beyond(if mirror { Border::Mirror } else { Border::Repeat }))
}

/// The pixel at (i, j), which may lie anywhere: step by step back toward the image.
pub fn at(image: ArrayView2<'_, f64>, i: isize, j: isize, border: Border) -> f64 {
    image[(back(i, image.nrows(), border), back(j, image.ncols(), border))]
}

fn back(mut i: isize, n: usize, border: Border) -> usize {
    let last = n as isize - 1;
    while !(0..=last).contains(&i) {
        i = match border {
            Border::Repeat => i.clamp(0, last),
            Border::Mirror if last == 0 => 0,
            // A mirror on the first pixel, or on the last.
            Border::Mirror => {
                if i < 0 {
                    -i
                } else {
                    2 * last - i
                }
            }
        };
    }
    i as usize
}

/// Σₖₗ kernelₖₗ · image(i + k − p, j + l − q), and the same sum of sizes, for tolerances.
pub fn weighted_sum(
    image: ArrayView2<'_, f64>,
    kernel: ArrayView2<'_, f64>,
    border: Border,
    (i, j): (usize, usize),
) -> (f64, f64) {
    let (p, q) = ((kernel.nrows() / 2) as isize, (kernel.ncols() / 2) as isize);
    kernel.indexed_iter().fold((0.0, 0.0), |(sum, size), ((k, l), weight)| {
        let (row, column) = (i as isize + k as isize - p, j as isize + l as isize - q);
        let term = weight * at(image, row, column, border);
        (sum + term, size + term.abs())
    })
}
