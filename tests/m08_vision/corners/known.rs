//! Images with known corners.

use judge::any::select;
use judge::{Answer, Broken, Verdict, ensure, equal};
use katas::m08_vision::corners::harris_corners;
use kit::Matrix;
use ndarray::Array2;
use proptest::prelude::*;

use super::definition::Response;
use crate::m08_vision::images::{Scene, Shape, any_gray, wide_gray};

pub const CALL: &str = "harris_corners(image, window, k, quality_level, min_distance)";

/// window, quality_level and min_distance; k is 0.05.
pub type How = (usize, f64, usize);

pub fn hows() -> impl Strategy<Value = How> + Send + Sync + Clone {
    let windows = prop_oneof![7 => select(vec![1_usize, 3]), 1 => select(vec![5_usize, 17, 41])];
    let distances = judge::any::part(prop_oneof![3 => 0..=4_usize, 1 => 5..=60_usize]);
    (windows, select(vec![0.01, 0.125, 0.5, 0.875, 0.99]), distances)
}

/// Small images to follow, and ones with many rows or columns.
pub fn any_image() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    prop_oneof![3 => any_gray(6), 1 => wide_gray()]
}

pub fn corners_of(
    image: &Array2<u8>,
    (window, quality_level, min_distance): How,
) -> Result<Vec<[usize; 2]>, Broken> {
    let got = harris_corners(image.view(), window, 0.05, quality_level, min_distance).accepted(CALL)?;
    let (rows, cols) = image.dim();
    let outside = got.iter().find(|[x, y]| *x >= cols || *y >= rows);
    ensure(outside.is_none(), || {
        let look = "A corner is [x, y]: x the column, y the row.";
        Broken::answer(format!("{CALL} = {got:?}"), format!("places on {rows} rows, {cols} columns"), look)
    })?;
    Ok(got)
}

pub fn squared([x, y]: [usize; 2], [s, t]: [usize; 2]) -> usize {
    x.abs_diff(s).pow(2) + y.abs_diff(t).pow(2)
}

/// What the law knows of an image: R of a corner, its room for rounding, and the bound for candidates.
pub struct Known {
    pub response: Response,
    pub bound: f64,
    pub room: f64,
}

impl Known {
    pub fn of(image: &Array2<u8>, (window, quality_level, _): How) -> Self {
        let response = Response::of(image, window, 0.05);
        let largest = response.r.iter().copied().fold(0.0, f64::max);
        // The threshold depends on the largest R, whose rounding counts as well.
        let room = 2.0 * response.room.iter().copied().fold(0.0, f64::max);
        Self { response, bound: quality_level * largest, room }
    }

    pub fn r(&self, [x, y]: [usize; 2]) -> f64 {
        self.response.r[(y, x)]
    }
}

/// Bright points on black.
pub fn points((rows, cols): (usize, usize), bright: &[([usize; 2], u8)]) -> Array2<u8> {
    let mut image = Array2::zeros((rows, cols));
    for ([x, y], value) in bright {
        image[(*y, *x)] = *value;
    }
    image
}

/// A point and a fainter one, so far to the right and down that no window shows both: which of the two are taken. Next
/// to a point R is less than half of that on it, so that a quality_level of 0.9 leaves these two.
pub fn two_points([right, down]: [usize; 2], distance: usize) -> Verdict {
    let (strong, faint) = ([4, 4], [4 + right, 4 + down]);
    let image = points((down + 9, right + 9), &[(strong, 250), (faint, 249)]);
    let is_near = right.pow(2) + down.pow(2) < distance.pow(2);
    let want = if is_near { vec![strong] } else { vec![strong, faint] };
    let look = "The Euclidean distance: neither the larger of the two differences nor their sum. A candidate \
        exactly `min_distance` away is not too near.";
    let call = format!(
        "the corners of two points, {right} to the right and {down} down, with min_distance {distance}"
    );
    equal(&call, corners_of(&image, (3, 0.9, distance))?, want, look)
}

pub fn boxes() -> impl Strategy<Value = Scene> + Send + Sync + Clone {
    let values = (0..=120_u8, 60..=120_u8, any::<bool>());
    (values, 6..=10_i32, 6..=10_i32).prop_map(|((a, more, dark), width, height)| {
        let (ground, value) = if dark { (a + more, a) } else { (a, a + more) };
        let (width, height) = (f64::from(width), f64::from(height));
        Scene {
            rows: 20,
            cols: 22,
            ground,
            shapes: vec![Shape::Box { x: 5.0, y: 4.0, width, height, value }],
        }
    })
}

/// Whether the corners with this k, and no least distance, are all pixels whose R exceeds the threshold.
pub fn are_the_candidates(image: &Array2<u8>, window: usize, k: f64, level: f64) -> Verdict {
    let got = harris_corners(image.view(), window, k, level, 0).accepted(CALL)?;
    let response = Response::of(image, window, k);
    let largest = response.r.iter().copied().fold(0.0, f64::max);
    let room = 2.0 * response.room.iter().copied().fold(0.0, f64::max);
    for ((y, x), r) in response.r.indexed_iter() {
        let (is_in, bound) = (got.contains(&[x, y]), level * largest);
        let is_clear = (r - bound).abs() > room && largest > room;
        ensure(!is_clear || is_in == (*r > bound), || {
            let want = if is_in { "not a corner" } else { "a corner" };
            let look = "R = det M − k·(trace M)², with the k that is given; with a min_distance of 0 every \
                candidate is a corner.";
            Broken::answer(format!("[{x}, {y}] with R = {r} is in {got:?}: {is_in}"), want, look)
        })?;
    }
    Ok(())
}
