//! Images for the laws. They are drawn as plain matrices, so that a counterexample reads `2×2 [1 2; 3 4]`.

use judge::Inputs;
use judge::any::select;
use judge::any::vec;
use kit::Matrix;
use ndarray::{Array2, ArrayView2};
use proptest::prelude::*;

use judge::any::sizes;

/// The matrix as an array.
pub fn array(of: &Matrix) -> Array2<f64> {
    Array2::from_shape_fn(of.shape(), |entry| of[entry])
}

/// The array as a matrix.
pub fn matrix(of: ArrayView2<'_, f64>) -> Matrix {
    Matrix::from_fn(of.nrows(), of.ncols(), |i, j| of[(i, j)])
}

/// A matrix of whole numbers from 0 to 255 as a gray image.
pub fn gray(of: &Matrix) -> Array2<u8> {
    Array2::from_shape_fn(of.shape(), |entry| of[entry] as u8)
}

/// A gray image of up to this many rows and columns; few different values, so that many neighbors are equal.
pub fn any_gray(most: usize) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    let value = prop_oneof![3 => select(vec![0_u8, 10, 100, 255]), 1 => any::<u8>()];
    (1..=most, 1..=most).prop_flat_map(move |(rows, cols)| {
        let pixels = vec(value.clone(), rows * cols);
        pixels.prop_map(move |pixels| Matrix::from_fn(rows, cols, |i, j| pixels[i * cols + j].into()))
    })
}

/// Rows and columns: few, one of them many, or some dozens of both.
pub fn shape(few: usize) -> impl Strategy<Value = [usize; 2]> + Send + Sync + Clone {
    let some = 47..=61_usize;
    prop_oneof![9 => sizes([1..=few, 1..=few], [303, 303]), 1 => [some.clone(), some]]
}

/// A gray image with up to 303 rows or columns: of a few values, of any, or so faint that it holds 0 and 1 only.
pub fn wide_gray() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    let few = [vec![0_u8, 1], vec![0, 1, 2, 255], vec![0, 10, 100, 255], vec![0, 0, 0, 255]];
    let palette = select([&few[..], &[(0..=255).collect()]].concat());
    (shape(6), palette).prop_flat_map(|([rows, cols], palette)| {
        let pixels = vec(select(palette), rows * cols);
        pixels.prop_map(move |pixels| Matrix::from_fn(rows, cols, |i, j| pixels[i * cols + j].into()))
    })
}

/// An image of real numbers with up to 303 rows or columns: of any sizes next to each other, or all tiny or huge.
pub fn wide_reals() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    let unit = prop_oneof![2 => Just(1.0), 1 => judge::any::magnitude(-150, 150)];
    (shape(4), unit).prop_flat_map(|([rows, cols], unit)| {
        judge::any::matrix_of(rows, cols)
            .prop_map(move |of| Matrix::from_fn(rows, cols, |i, j| unit * of[(i, j)]))
    })
}

/// These matrices, some with other entries that 32 bits do not hold: tenths for eighths, or all a little larger.
pub fn also_fine(
    of: impl Strategy<Value = Matrix> + Send + Sync + Clone,
) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    let same: fn(f64) -> f64 = |x| x;
    let tenths: fn(f64) -> f64 = |x| (8.0 * x).round() / 10.0;
    let little: fn(f64) -> f64 = |x| x * (1.0 + 2.0_f64.powi(-40));
    (of, select(vec![same, tenths, little]))
        .prop_map(|(of, change)| Matrix::from_fn(of.rows(), of.cols(), |i, j| change(of[(i, j)])))
}

/// Filled shapes on a constant background.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    pub rows: usize,
    pub cols: usize,
    pub ground: u8,
    pub shapes: Vec<Shape>,
}

/// A shape, drawn over what was there before. The center of a pixel counts.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    Disc {
        x: f64,
        y: f64,
        radius: f64,
        value: u8,
    },
    Box {
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        value: u8,
    },
    /// Everything on one side of a line through (x, y), as seen at this angle in radians.
    Half {
        x: f64,
        y: f64,
        angle: f64,
        value: u8,
    },
}

impl Inputs for Scene {}

impl Scene {
    /// The image.
    pub fn gray(&self) -> Array2<u8> {
        Array2::from_shape_fn((self.rows, self.cols), |(i, j)| {
            let at = (j as f64, i as f64);
            let over = self.shapes.iter().rev().find(|shape| shape.covers(at));
            over.map_or(self.ground, Shape::value)
        })
    }
}

impl Shape {
    fn covers(&self, (s, t): (f64, f64)) -> bool {
        match *self {
            Self::Disc { x, y, radius, .. } => (s - x).hypot(t - y) <= radius,
            Self::Box { x, y, width, height, .. } => {
                (x..x + width).contains(&s) && (y..y + height).contains(&t)
            }
            Self::Half { x, y, angle, .. } => (s - x) * angle.cos() + (t - y) * angle.sin() > 0.0,
        }
    }

    fn value(&self) -> u8 {
        match *self {
            Self::Disc { value, .. } | Self::Box { value, .. } | Self::Half { value, .. } => value,
        }
    }
}

/// Up to five shapes on an image of up to this many rows and columns.
pub fn scene(most: usize) -> impl Strategy<Value = Scene> + Send + Sync + Clone {
    let at = move || (0..4 * most as i32).prop_map(|k| f64::from(k) / 4.0);
    let side = move || (4..2 * most as i32).prop_map(|k| f64::from(k) / 4.0);
    let disc = (at(), at(), side(), any::<u8>()).prop_map(|(x, y, radius, value)| Shape::Disc {
        x,
        y,
        radius,
        value,
    });
    let boxed = (at(), at(), side(), side(), any::<u8>())
        .prop_map(|(x, y, width, height, value)| Shape::Box { x, y, width, height, value });
    let half = (at(), at(), 0..32_i32, any::<u8>()).prop_map(|(x, y, k, value)| Shape::Half {
        x,
        y,
        angle: f64::from(k) / 5.0,
        value,
    });
    let shapes = vec(prop_oneof![disc, boxed, half], 1..=5);
    (most / 2..=most, most / 2..=most, any::<u8>(), shapes).prop_map(|(rows, cols, ground, shapes)| Scene {
        rows,
        cols,
        ground,
        shapes,
    })
}
