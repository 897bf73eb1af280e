//! Images and kernels to draw, and the definition of the convolution, index by index.

use candle_core::{DType, Device, Tensor};
use judge::{Answer, Broken, Inputs, Verdict, any, close, ensure, rounding};
use kit::InputError;
use ndarray::{Array, Array3, Array4, Dimension, ShapeBuilder};
use proptest::prelude::*;

use judge::any::sizes;

/// The arguments of a convolution.
#[derive(Debug, Clone)]
pub struct Case {
    pub x: Array3<f64>,
    pub kernels: Array4<f64>,
    pub stride: usize,
    pub padding: usize,
}

pub const NAMES: &str = "x, kernels, stride, padding";

impl Inputs for Case {
    fn describe(&self) -> Vec<String> {
        vec![text(&self.x), text(&self.kernels), self.stride.to_string(), self.padding.to_string()]
    }
}

/// `2×1×2 [[[1, 2]], [[3, 4]]]`
pub fn text<D: Dimension>(array: &Array<f64, D>) -> String {
    let shape: Vec<_> = array.shape().iter().map(ToString::to_string).collect();
    let numbers = array.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{} {numbers}", shape.join("×"))
}

/// The same array, entry by entry.
pub fn close_arrays<D: Dimension>(
    call: &str,
    got: &Array<f64, D>,
    want: &Array<f64, D>,
    tolerance: f64,
    look: &str,
) -> Verdict {
    let broken = || Broken::answer(format!("{call} = {}", text(got)), text(want), look);
    ensure(got.shape() == want.shape(), broken)?;
    let (got_all, want_all): (Vec<f64>, Vec<f64>) =
        (got.iter().copied().collect(), want.iter().copied().collect());
    close(call, got_all.as_slice(), want_all.as_slice(), tolerance, look).map_err(|_| broken())
}

/// Small images, kernels that fit, strides and paddings; rarely square.
pub fn case() -> impl Strategy<Value = Case> + Send + Sync + Clone {
    sized(3, 5)
}

/// The same with at most this many channels, and sides of at most this length.
pub fn sized(channels: usize, side: usize) -> impl Strategy<Value = Case> + Send + Sync + Clone {
    let image = (1..=channels, 1..=side, 1..=side);
    let kernels = (1..=channels, 1..=channels, 1..=channels);
    (image, kernels, 1..=3_usize, 0..=2_usize).prop_flat_map(|((c, h, w), (o, kh, kw), stride, padding)| {
        let (kh, kw) = (kh.min(h + 2 * padding), kw.min(w + 2 * padding));
        (array((c, h, w)), unit(), array((o, c, kh, kw)), Just(stride), Just(padding))
            .prop_map(|(x, unit, kernels, stride, padding)| Case { x: x * unit, kernels, stride, padding })
    })
}

/// Channels, rows and columns of the image; number, height and width of the kernels; stride and padding. One of them may be
/// large, or all a little larger; the kernels fit.
fn any_shape() -> impl Strategy<Value = ([usize; 3], [usize; 3], usize, usize)> + Send + Sync + Clone {
    let small = [1..=3, 1..=4, 1..=4, 1..=3, 1..=3, 1..=3, 1..=3, 0..=2];
    let one = sizes(small, [301, 303, 303, 301, 61, 61, 101, 57]);
    // Two at a time: rows and columns, both sides of the kernels, channels and kernels, rows and stride.
    let image = [1..=2, 33..=41, 33..=41, 1..=2, 1..=3, 1..=3, 1..=2, 0..=1_usize];
    let window = [1..=1, 19..=23, 19..=23, 1..=1, 11..=13, 10..=12, 1..=2, 0..=2_usize];
    let layers = [9..=11, 2..=4, 2..=4, 9..=11, 1..=2, 1..=2, 1..=1, 0..=1_usize];
    let steps = [1..=1, 110..=160, 1..=3, 1..=2, 1..=3, 1..=3, 57..=101, 0..=2_usize];
    let two = prop_oneof![image, window, layers, steps];
    prop_oneof![7 => one.prop_map(capped), 1 => two].prop_map(|[c, h, w, o, kh, kw, stride, padding]| {
        let (h, w) = (h.max(kh.saturating_sub(2 * padding)), w.max(kw.saturating_sub(2 * padding)));
        ([c, h, w], [o, kh, kw], stride, padding)
    })
}

/// What is large in all of them at once takes too long to sum up by the definition.
fn capped([c, h, w, o, kh, kw, stride, padding]: [usize; 8]) -> [usize; 8] {
    let (c, o) = if c.min(o) > 4 { (5, 6) } else { (c, o) };
    let (kh, kw) = if kh.min(kw) > 4 { (7, 8) } else { (kh, kw) };
    let padding = if padding.min(stride) > 4 { 5 } else { padding };
    let (c, o) = if padding > 20 { (1, 1) } else { (c, o) };
    [c, h, w, o, kh, kw, stride, padding]
}

/// Convolutions of any size, with eighths.
pub fn any_size() -> impl Strategy<Value = Case> + Send + Sync + Clone {
    any_shape().prop_flat_map(|([c, h, w], [o, kh, kw], stride, padding)| {
        (array((c, h, w)), array((o, c, kh, kw))).prop_map(move |(x, kernels)| Case {
            x,
            kernels,
            stride,
            padding,
        })
    })
}

/// Convolutions of any size, with numbers of every magnitude.
pub fn wide() -> impl Strategy<Value = Case> + Send + Sync + Clone {
    any_shape().prop_flat_map(|([c, h, w], [o, kh, kw], stride, padding)| {
        (entries((c, h, w)), entries((o, c, kh, kw)), units()).prop_map(move |(x, kernels, [a, b])| Case {
            x: x * a,
            kernels: kernels * b,
            stride,
            padding,
        })
    })
}

/// Two factors: each is mostly 1, or of any magnitude; some of the time both are minute, or the first is huge.
pub fn units() -> impl Strategy<Value = [f64; 2]> + Send + Sync + Clone {
    let unit = || prop_oneof![2 => Just(1.0), 1 => any::magnitude(-140, 140)];
    let minute = || any::magnitude(-130, -120);
    let huge = any::magnitude(101, 140);
    prop_oneof![
        4 => [unit().sboxed(), unit().sboxed()],
        1 => [minute().sboxed(), minute().sboxed()],
        1 => [huge.sboxed(), Just(1.0).sboxed()],
    ]
}

/// An array with numbers of every magnitude.
pub fn entries<S, D>(shape: S) -> impl Strategy<Value = Array<f64, D>> + Send + Sync + Clone
where
    S: ndarray::IntoDimension<Dim = D>,
    D: Dimension + Send + Sync + 'static,
{
    let shape = shape.into_dimension();
    any::entries(shape.size()).prop_map(move |all| {
        Array::from_shape_vec(shape.clone(), all).expect("as many numbers as the shape holds")
    })
}

/// The same array, but for the rounding of sums of so many products whose absolute values sum to `sizes`.
pub fn close_sums<D: Dimension>(
    call: &str,
    got: &Array<f64, D>,
    want: &Array<f64, D>,
    (terms, sizes): (usize, &Array<f64, D>),
    look: &str,
) -> Verdict {
    let broken = || Broken::answer(format!("{call} = {}", text(got)), text(want), look);
    ensure(got.shape() == want.shape(), broken)?;
    for (place, ((got, want), size)) in got.iter().zip(want).zip(sizes).enumerate() {
        close(&format!("entry {place} of {call}"), *got, *want, rounding(2 * terms + 8, *size), look)?;
    }
    Ok(())
}

/// A factor for images: mostly 1; else slightly more, which f32 loses and f64 keeps, so that eighths and sums of their
/// products stay exact.
pub fn unit() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    judge::any::select(vec![1.0, 1.0, 1.0, 1.0 + 2.0_f64.powi(-30)])
}

/// An array of eighths.
pub fn array<S, D>(shape: S) -> impl Strategy<Value = Array<f64, D>> + Send + Sync + Clone
where
    S: ndarray::IntoDimension<Dim = D>,
    D: Dimension + Send + Sync + 'static,
{
    let shape = shape.into_dimension();
    let count = shape.size();
    judge::any::vec(any::eighth(), count).prop_map(move |all| {
        Array::from_shape_vec(shape.clone(), all).expect("as many numbers as the shape holds")
    })
}

/// The same array whose numbers lie in memory with the first index running fastest.
pub fn columns_first<D: Dimension>(array: &Array<f64, D>) -> Array<f64, D> {
    let mut other = Array::zeros(array.raw_dim().f());
    other.assign(array);
    other
}

/// The pixel, 0 outside of the image.
pub fn pixel(x: &Array3<f64>, c: usize, row: isize, col: isize) -> f64 {
    let inside = |at: isize| usize::try_from(at).unwrap_or(usize::MAX);
    x.get([c, inside(row), inside(col)]).copied().unwrap_or(0.0)
}

impl Case {
    /// Rows and columns of the output.
    pub fn positions(&self) -> (usize, usize) {
        let of = |size: usize, window: usize| (size + 2 * self.padding - window) / self.stride + 1;
        (of(self.x.dim().1, self.kernels.dim().2), of(self.x.dim().2, self.kernels.dim().3))
    }

    /// The same with the absolute values of all numbers.
    pub fn absolute(&self) -> Self {
        Self { x: self.x.mapv(f64::abs), kernels: self.kernels.mapv(f64::abs), ..self.clone() }
    }

    /// The definition.
    pub fn convolved(&self, kernels: &Array4<f64>) -> Array3<f64> {
        let ((rows, cols), (outputs, channels, height, width)) = (self.positions(), kernels.dim());
        let at = |out: usize, i: usize| (out * self.stride + i) as isize - self.padding as isize;
        Array3::from_shape_fn((outputs, rows, cols), |(o, r, s)| {
            let mut sum = 0.0;
            for c in 0..channels {
                for i in 0..height {
                    for j in 0..width {
                        sum += kernels[[o, c, i, j]] * pixel(&self.x, c, at(r, i), at(s, j));
                    }
                }
            }
            sum
        })
    }
}

/// The array as a tensor.
pub fn tensor<D: Dimension>(array: &Array<f64, D>) -> Tensor {
    let numbers: Vec<f64> = array.iter().copied().collect();
    Tensor::from_vec(numbers, array.shape(), &Device::Cpu).expect("as many numbers as the shape holds")
}

/// All numbers of a tensor, the last index running fastest.
pub fn numbers(call: &str, t: &Tensor) -> Result<Vec<f64>, Broken> {
    t.flatten_all().and_then(|flat| flat.to_dtype(DType::F64)?.to_vec1()).accepted(call)
}

/// An answer that prints in one line.
pub fn shown<D: Dimension>(answer: Result<Array<f64, D>, InputError>) -> Result<String, InputError> {
    answer.map(|array| text(&array))
}
