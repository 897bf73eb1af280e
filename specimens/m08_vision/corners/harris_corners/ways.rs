//! Other ways to compute it, right and wrong, for the specimens of `harris_corners`.

use kit::InputError;
use ndarray::{Array2, ArrayView2};

use super::Corners;
use crate::reference::m08_vision::corners as reference;
use crate::reference::m08_vision::edges::sobel;

pub(super) type Places = Vec<([usize; 2], f64)>;

/// All pixels with their R, row by row, and the bound.
pub(super) fn candidates(
    image: ArrayView2<'_, u8>,
    window: usize,
    k: f64,
    share: f64,
) -> Result<(Places, f64), InputError> {
    let response = reference::harris_response(image, window, k)?;
    let greatest = response.iter().copied().fold(0.0, f64::max);
    Ok((response.indexed_iter().map(|((i, j), r)| ([j, i], *r)).collect(), share * greatest))
}

pub(super) fn is_far([x, y]: [usize; 2], [s, t]: [usize; 2], distance: usize) -> bool {
    x.abs_diff(s).pow(2) + y.abs_diff(t).pow(2) >= distance.saturating_pow(2)
}

pub(super) fn taken(candidates: impl Iterator<Item = ([usize; 2], f64)>, distance: usize) -> Vec<[usize; 2]> {
    let mut corners: Vec<[usize; 2]> = Vec::new();
    for (place, _) in candidates {
        if corners.iter().all(|corner| is_far(*corner, place, distance)) {
            corners.push(place);
        }
    }
    corners
}

pub(super) fn white_is_1(
    image: ArrayView2<'_, u8>,
    window: usize,
    k: f64,
    share: f64,
    distance: usize,
) -> Corners {
    reference::harris_corners(image, window, k, share, distance)?;
    let (gx, gy) = sobel(image.mapv(|pixel| f64::from(pixel) / 255.0).view())?;
    let ((rows, cols), half) = (image.dim(), window / 2);
    // Down and across, sums of all that came before.
    let table = |of: &dyn Fn((usize, usize)) -> f64| {
        let mut sums = Array2::zeros((rows + window, cols + window));
        for i in 0..rows + window - 1 {
            let mut along = 0.0;
            for j in 0..cols + window - 1 {
                let inside = |at: usize, n: usize| at.saturating_sub(half).min(n - 1);
                along += of((inside(i, rows), inside(j, cols)));
                sums[(i + 1, j + 1)] = sums[(i, j + 1)] + along;
            }
        }
        sums
    };
    let tables = [table(&|at| gx[at] * gx[at]), table(&|at| gx[at] * gy[at]), table(&|at| gy[at] * gy[at])];
    let response = |(i, j): (usize, usize)| {
        let square = |sums: &Array2<f64>| {
            let row = |i: usize| sums[(i, j + window)] - sums[(i, j)];
            row(i + window) - row(i)
        };
        let [a, b, c] = [0, 1, 2].map(|k| square(&tables[k]));
        a * c - b * b - k * (a + c).powi(2)
    };
    let all: Places = image.indexed_iter().map(|((i, j), _)| ([j, i], response((i, j)))).collect();
    let greatest = all.iter().fold(0.0_f64, |most, it| most.max(it.1));
    let mut all: Places = all.into_iter().filter(|it| it.1 / greatest > share).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    Ok(taken(all.into_iter(), distance))
}
