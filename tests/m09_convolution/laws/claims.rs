//! Candidates for a convolution: right ones, computed in several ways, and wrong ones.

use ndarray::{Array2, Array3, ArrayView3, ArrayView4, s};

pub type Claim = fn(ArrayView3<f64>, ArrayView4<f64>, usize, usize) -> Array3<f64>;

/// Right ones, each with how it goes about it.
pub const RIGHT: [(&str, Claim); 5] = [
    ("right for what the page names, nothing otherwise", |x, k, stride, padding| {
        let named = |c: usize, h: usize, w: usize| {
            (1..=3).contains(&c) && (1..=8).contains(&h) && (1..=8).contains(&w)
        };
        let ((c, h, w), (o, own, kh, kw)) = (x.dim(), k.dim());
        let fits = kh <= h + 2 * padding && kw <= w + 2 * padding;
        let small = x.iter().chain(k).all(|x| x.abs() <= 10.0);
        let is_named = named(c, h, w) && named(own, kh, kw) && (1..=3).contains(&o) && fits && small;
        if is_named && (1..=3).contains(&stride) && padding <= 2 {
            right(x, k, stride, padding)
        } else {
            Array3::zeros((0, 0, 0))
        }
    }),
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
pub const WRONG: [(&str, Claim); 42] = [
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
    ("the stride for the shape only: windows are one pixel apart", |x, k, stride, padding| {
        let (_, rows, cols) = right(x, k, stride, padding).dim();
        right(x, k, 1, padding).slice(s![.., ..rows, ..cols]).to_owned()
    }),
    ("the stride for the shape only, for rows: windows are one row apart", |x, k, stride, padding| {
        let (_, rows, _) = right(x, k, stride, padding).dim();
        convolved(pad(x, padding, padding), k, (1, stride)).slice(s![.., ..rows, ..]).to_owned()
    }),
    ("the stride for the shape only, for columns: windows are one column apart", |x, k, stride, padding| {
        let (.., cols) = right(x, k, stride, padding).dim();
        convolved(pad(x, padding, padding), k, (stride, 1)).slice(s![.., .., ..cols]).to_owned()
    }),
    ("the last of several rows is that before it", |x, k, stride, padding| {
        let y = right(x, k, stride, padding);
        let rows = y.dim().1;
        Array3::from_shape_fn(y.dim(), |(o, r, q)| y[[o, r.min(rows.max(2) - 2), q]])
    }),
    ("the last of several columns is that before it", |x, k, stride, padding| {
        let y = right(x, k, stride, padding);
        let cols = y.dim().2;
        Array3::from_shape_fn(y.dim(), |(o, r, q)| y[[o, r, q.min(cols.max(2) - 2)]])
    }),
    ("the very last of several entries is 0", |x, k, stride, padding| {
        let mut y = right(x, k, stride, padding);
        y.iter_mut().skip(1).last().into_iter().for_each(|y| *y = 0.0);
        y
    }),
    ("the other outputs have the sums of the first channel only", |x, k, stride, padding| {
        let (mut y, first) = (right(x, k, stride, padding), 1.min(x.dim().0));
        let one = right(x.slice(s![..first, .., ..]), k.slice(s![.., ..first, .., ..]), stride, padding);
        y.slice_mut(s![1.., .., ..]).assign(&one.slice(s![1.., .., ..]));
        y
    }),
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
    ("channels beyond the second ignored", |x, k, stride, padding| {
        let c = x.dim().0.min(2);
        right(x.slice(s![..c, .., ..]), k.slice(s![.., ..c, .., ..]), stride, padding)
    }),
    ("the last channel counted twice", |x, k, stride, padding| {
        let c = x.dim().0;
        right(x, k, stride, padding)
            + right(x.slice(s![c - 1.., .., ..]), k.slice(s![.., c - 1.., .., ..]), stride, padding)
    }),
    ("outputs beyond the second are those of the second", |x, k, stride, padding| {
        let y = right(x, k, stride, padding);
        Array3::from_shape_fn(y.dim(), |(o, r, q)| y[[o.min(1), r, q]])
    }),
    ("the last output is 0", |x, k, stride, padding| {
        let mut y = right(x, k, stride, padding);
        y.slice_mut(s![-1, .., ..]).fill(0.0);
        y
    }),
    ("the last row is 0", |x, k, stride, padding| {
        let mut y = right(x, k, stride, padding);
        y.slice_mut(s![.., -1, ..]).fill(0.0);
        y
    }),
    ("the last column is 0", |x, k, stride, padding| {
        let mut y = right(x, k, stride, padding);
        y.slice_mut(s![.., .., -1]).fill(0.0);
        y
    }),
    ("a stride of 2 at most", |x, k, stride, padding| right(x, k, stride.min(2), padding)),
    ("a padding of 1 at most", |x, k, stride, padding| {
        let least =
            (k.dim().2.saturating_sub(x.dim().1)).max(k.dim().3.saturating_sub(x.dim().2)).div_ceil(2);
        right(x, k, stride, padding.min(1).max(least))
    }),
    ("right for square images, 0 otherwise", |x, k, stride, padding| {
        right(x, k, stride, padding) * f64::from(u8::from(x.dim().1 == x.dim().2))
    }),
    ("right for square kernels, 0 otherwise", |x, k, stride, padding| {
        right(x, k, stride, padding) * f64::from(u8::from(k.dim().2 == k.dim().3))
    }),
    ("right for one channel, 0 otherwise", |x, k, stride, padding| {
        right(x, k, stride, padding) * f64::from(u8::from(x.dim().0 == 1))
    }),
    ("right for one kernel, 0 otherwise", |x, k, stride, padding| {
        right(x, k, stride, padding) * f64::from(u8::from(k.dim().0 == 1))
    }),
    ("NaN", |x, k, stride, padding| right(x, k, stride, padding) * f64::NAN),
    ("nothing", |_, _, _, _| Array3::zeros((0, 0, 0))),
    ("one row more", |x, k, stride, padding| {
        let y = right(x, k, stride, padding);
        let (o, rows, cols) = y.dim();
        Array3::from_shape_fn((o, rows + 1, cols), |(o, r, q)| y[[o, r.min(rows - 1), q]])
    }),
    ("the right numbers in one long row", |x, k, stride, padding| {
        let all: Vec<f64> = right(x, k, stride, padding).into_iter().collect();
        Array3::from_shape_fn((1, 1, all.len()), |(.., q)| all[q])
    }),
    ("rows and columns of the output exchanged", |x, k, stride, padding| {
        right(x, k, stride, padding).permuted_axes([0, 2, 1])
    }),
    ("the absolute values", |x, k, stride, padding| right(x, k, stride, padding).mapv(f64::abs)),
    ("entries of 5 at most", |x, k, stride, padding| {
        let clipped = x.mapv(|x| x.min(5.0));
        right(clipped.view(), k, stride, padding)
    }),
    ("an extra bias of a thousandth", |x, k, stride, padding| right(x, k, stride, padding) + 1e-3),
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
