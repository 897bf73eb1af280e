//! Candidates for a convolution: right ones, computed in several ways, and wrong ones.

use ndarray::{Array2, Array3, ArrayView3, ArrayView4, s};

pub type Claim = fn(ArrayView3<f64>, ArrayView4<f64>, usize, usize) -> Array3<f64>;

/// Right ones, each with how it goes about it.
pub const RIGHT: [(&str, Claim); 4] = [
    ("slices of the padded image times the kernel", |x, k, stride, padding| {
        convolved(pad(x, padding, padding), k, (stride, stride))
    }),
    ("summed in reverse order", |x, k, stride, padding| {
        let wide = pad(x, padding, padding);
        let mut y = convolved(wide.clone(), k, (stride, stride));
        for ((o, r, q), y) in y.indexed_iter_mut() {
            let entries = k.indexed_iter().filter(|((of, ..), _)| *of == o).collect::<Vec<_>>();
            *y = entries
                .iter()
                .rev()
                .map(|((_, c, i, j), k)| **k * wide[[*c, r * stride + i, q * stride + j]])
                .sum();
        }
        y
    }),
    ("off by 5·10⁻¹⁰, half of what is allowed", |x, k, stride, padding| {
        right(x, k, stride, padding) + 5e-10
    }),
    ("one matrix product", |x, k, stride, padding| {
        let wide = pad(x, padding, padding);
        let y = convolved(wide.clone(), k, (stride, stride));
        let ((o, c, h, w), (_, rows, cols)) = (k.dim(), y.dim());
        let patches = Array2::from_shape_fn((c * h * w, rows * cols), |(e, n)| {
            wide[[e / (h * w), n / cols * stride + e / w % h, n % cols * stride + e % w]]
        });
        let flat = k.to_owned().into_shape_with_order((o, c * h * w)).unwrap_or_default();
        flat.dot(&patches).into_shape_with_order(y.dim()).unwrap_or_default()
    }),
];

/// Wrong ones, each with what is wrong about it.
pub const WRONG: [(&str, Claim); 15] = [
    ("zeros of the right shape", |x, k, stride, padding| right(x, k, stride, padding) * 0.0),
    ("the kernel flipped", |x, k, stride, padding| {
        right(x, k.slice(s![.., .., ..;-1, ..;-1]), stride, padding)
    }),
    ("the kernel flipped in its rows only", |x, k, stride, padding| {
        right(x, k.slice(s![.., .., .., ..;-1]), stride, padding)
    }),
    ("square kernels transposed", |x, k, stride, padding| {
        let square = k.dim().2 == k.dim().3;
        right(x, if square { k.permuted_axes([0, 1, 3, 2]) } else { k }, stride, padding)
    }),
    ("the stride for rows only", |x, k, stride, padding| convolved(pad(x, padding, padding), k, (stride, 1))),
    ("no stride", |x, k, _, padding| right(x, k, 1, padding)),
    ("padding for rows only", |x, k, stride, padding| convolved(pad(x, padding, 0), k, (stride, stride))),
    ("no padding where the kernel fits without", |x, k, stride, padding| {
        let fits = k.dim().2 <= x.dim().1 && k.dim().3 <= x.dim().2;
        right(x, k, stride, if fits { 0 } else { padding })
    }),
    ("padding with ones", |x, k, stride, padding| {
        let ones = pad(ArrayView3::from(&Array3::ones(x.dim())), padding, padding);
        convolved(pad(x, padding, padding) + ones.mapv(|one| 1.0 - one), k, (stride, stride))
    }),
    ("the first channel only", |x, k, stride, padding| {
        right(x.slice(s![..1, .., ..]), k.slice(s![.., ..1, .., ..]), stride, padding)
    }),
    ("channels averaged", |x, k, stride, padding| right(x, k, stride, padding) / x.dim().0 as f64),
    ("the first kernel for all outputs", |x, k, stride, padding| {
        let y = right(x, k, stride, padding);
        Array3::from_shape_fn(y.dim(), |(_, r, q)| y[[0, r, q]])
    }),
    ("the outputs in reverse order", |x, k, stride, padding| {
        right(x, k, stride, padding).slice(s![..;-1, .., ..]).to_owned()
    }),
    ("an extra bias", |x, k, stride, padding| right(x, k, stride, padding) + 0.125),
    ("an extra ReLU", |x, k, stride, padding| right(x, k, stride, padding).mapv(|y| y.max(0.0))),
];

fn right(x: ArrayView3<f64>, k: ArrayView4<f64>, stride: usize, padding: usize) -> Array3<f64> {
    convolved(pad(x, padding, padding), k, (stride, stride))
}

fn pad(x: ArrayView3<f64>, rows: usize, cols: usize) -> Array3<f64> {
    let (c, h, w) = x.dim();
    let mut wide = Array3::zeros((c, h + 2 * rows, w + 2 * cols));
    wide.slice_mut(s![.., rows..rows + h, cols..cols + w]).assign(&x);
    wide
}

fn convolved(wide: Array3<f64>, k: ArrayView4<f64>, (down, right): (usize, usize)) -> Array3<f64> {
    let ((_, h, w), (o, _, kh, kw)) = (wide.dim(), k.dim());
    let places = |size: usize, window: usize, stride: usize| (size + stride).saturating_sub(window) / stride;
    Array3::from_shape_fn((o, places(h, kh, down), places(w, kw, right)), |(o, r, q)| {
        let window = wide.slice(s![.., r * down..r * down + kh, q * right..q * right + kw]);
        (&window * &k.slice(s![o, .., .., ..])).sum()
    })
}
