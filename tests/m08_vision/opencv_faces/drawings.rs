//! Where something is drawn.

use std::collections::HashSet;

use judge::{Answer, Broken, Inputs, ensure, equal};
use katas::m08_vision::opencv_faces::{Annotation, annotate};
use ndarray::Array3;
use opencv::core::{Mat, Rect, Vec3b};
use opencv::prelude::*;
use proptest::prelude::*;

use crate::m08_vision::oracle;

pub const CALL: &str = "annotate(image, annotations)";

pub const GREEN: [u8; 3] = [0, 255, 0];

pub const SHAPE: (i32, i32) = (12, 16);

/// A box: x, y, width, height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place(pub [i32; 4]);

impl Inputs for Place {}

pub fn place(range: std::ops::RangeInclusive<i32>) -> impl Strategy<Value = Place> + Send + Sync + Clone {
    (range.clone(), range, 0..=14_i32, 0..=12_i32).prop_map(|(x, y, w, h)| Place([x, y, w, h]))
}

pub fn note(Place([x, y, width, height]): Place, words: &str) -> Annotation {
    Annotation { place: Rect::new(x, y, width, height), words: words.to_owned() }
}

/// An image on which nothing is green.
pub fn ground((rows, cols): (i32, i32)) -> Mat {
    let pixel = |(i, j, k)| ((7 * i + 3 * j + 60 * k) % 200) as u8;
    oracle::color_mat(&Array3::from_shape_fn((rows as usize, cols as usize, 3), pixel))
}

pub fn at(image: &Mat, i: i32, j: i32) -> [u8; 3] {
    image.at_2d::<Vec3b>(i, j).map(|pixel| pixel.0).unwrap_or_default()
}

/// Which pixels became green, as `[x, y]`; all others must be as they were.
pub fn green(image: &Mat, annotations: &[Annotation]) -> Result<Vec<[i32; 2]>, Broken> {
    let drawn = annotate(image, annotations).accepted(CALL)?;
    let kind = |of: &Mat| (of.typ(), of.rows(), of.cols());
    equal("type, rows and columns", kind(&drawn), kind(image), "A copy of the image, drawn on.")?;
    let mut found = Vec::new();
    for (i, j) in (0..image.rows()).flat_map(|i| (0..image.cols()).map(move |j| (i, j))) {
        let (was, is) = (at(image, i, j), at(&drawn, i, j));
        if is == GREEN {
            found.push([j, i]);
        } else {
            let look = "Green is (0, 255, 0) in any order. LINE_8 draws whole pixels, LINE_AA mixes \
                colors. Thickness −1 fills.";
            ensure(is == was, || {
                let got = format!("[{j}, {i}] became {is:?}");
                Broken::answer(got, format!("{was:?} as before, or green"), look)
            })?;
        }
    }
    Ok(found)
}

pub fn is_on_outline(Place([x, y, width, height]): Place, [s, t]: [i32; 2]) -> bool {
    let (right, bottom) = (i64::from(x) + i64::from(width) - 1, i64::from(y) + i64::from(height) - 1);
    let (left, top, s, t) = (i64::from(x), i64::from(y), i64::from(s), i64::from(t));
    let inside = (left..=right).contains(&s) && (top..=bottom).contains(&t);
    inside && (s == left || s == right || t == top || t == bottom)
}

pub fn only_outlines(shape: (i32, i32), places: &[Place]) -> Result<(), Broken> {
    let notes: Vec<Annotation> = places.iter().map(|place| note(*place, "")).collect();
    let found: HashSet<[i32; 2]> = green(&ground(shape), &notes)?.into_iter().collect();
    for (i, j) in (0..shape.0).flat_map(|i| (0..shape.1).map(move |j| (i, j))) {
        let (got, want) = (found.contains(&[j, i]), places.iter().any(|place| is_on_outline(*place, [j, i])));
        ensure(got == want, || {
            let word = |green: bool| if green { "green" } else { "not green" };
            let look = "Columns x to x + width − 1, rows y to y + height − 1, one pixel thick. What lies \
                outside is clipped; do not draw a clipped side along the border.";
            Broken::answer(format!("[{j}, {i}] is {}", word(got)), word(want), look)
        })?;
    }
    Ok(())
}

/// Which pixels are green where OpenCV writes these words, as `[x, y]`, row by row.
pub fn written(shape: (i32, i32), words: &str, baseline: [i32; 2]) -> Vec<[i32; 2]> {
    let image = oracle::words(shape, words, baseline);
    let all = (0..shape.0).flat_map(|i| (0..shape.1).map(move |j| [j, i]));
    all.filter(|[j, i]| at(&image, *i, *j) == GREEN).collect()
}

/// From which column to which and from which row to which.
pub fn reach(pixels: &[[i32; 2]]) -> String {
    let ends = |k: usize| (pixels.iter().map(|p| p[k]).min(), pixels.iter().map(|p| p[k]).max());
    let ((Some(left), Some(right)), (Some(top), Some(bottom))) = (ends(0), ends(1)) else {
        return "no green at all".to_owned();
    };
    let many = pixels.len();
    format!("{many} green pixels from column {left} to {right}, from row {top} to {bottom}")
}
