//! Candidates for a Gaussian blur: right ones, computed in several ways, and wrong ones.

use ndarray::{Array2, ArrayView2};

pub type Claim = fn(ArrayView2<'_, f64>, usize, f64) -> Array2<f64>;
/// Which of n pixels stands at a place outside.
type Inside = fn(isize, usize) -> Option<usize>;

/// Right ones, each with how it goes about it.
pub const RIGHT: [(&str, Claim); 5] = [
    ("right for what the page names, nothing otherwise", |image, size, sigma| {
        let (rows, cols) = image.dim();
        let named = (1..=40).contains(&rows) && (1..=40).contains(&cols) && (0.5..=4.0).contains(&sigma);
        let pixels = image.iter().all(|pixel| pixel.abs() <= 1000.0);
        if named && pixels && [1, 3, 5, 7, 9].contains(&size) {
            right(image, size, sigma)
        } else {
            Array2::zeros((0, 0))
        }
    }),
    ("all size² weights at once", |image, size, sigma| {
        let c = (size / 2) as f64;
        let height =
            |(i, j)| (-((i as f64 - c).powi(2) + (j as f64 - c).powi(2)) / (2.0 * sigma * sigma)).exp();
        let heights = Array2::from_shape_fn((size, size), height);
        summed(image, &(&heights / heights.sum()), mirror)
    }),
    ("across, then down", |image, size, sigma| {
        let weights = gaussian(size, sigma);
        let row = Array2::from_shape_fn((1, size), |(_, j)| weights[j]);
        let across = summed(image, &row, mirror);
        summed(across.view(), &row.t().to_owned(), mirror)
    }),
    ("down, then across, on the transposed image", |image, size, sigma| {
        let weights = gaussian(size, sigma);
        let column = Array2::from_shape_fn((size, 1), |(i, _)| weights[i]);
        let down = summed(image, &column, mirror);
        summed(down.t(), &column, mirror).reversed_axes()
    }),
    // The documentation allows 10⁻⁹; a tenth of it is left for rounding.
    ("with pixels that are off by 0.9·10⁻⁹, one up and the next down", |image, size, sigma| {
        let mut blurred = right(image, size, sigma);
        for ((i, j), pixel) in blurred.indexed_iter_mut() {
            *pixel += if (i + j) % 2 == 0 { 9e-10 } else { -9e-10 };
        }
        blurred
    }),
];

/// Wrong ones, each with what is wrong about it.
pub const WRONG: [(&str, Claim); 46] = [
    ("the image as it is", |image, _, _| image.to_owned()),
    ("zeros", |image, _, _| Array2::zeros(image.dim())),
    ("the mean brightness everywhere", |image, _, _| {
        Array2::from_elem(image.dim(), image.mean().unwrap_or(0.0))
    }),
    ("NaN", |image, _, _| Array2::from_elem(image.dim(), f64::NAN)),
    ("the border is replicated", |image, size, sigma| {
        summed(image, &kernel(size, sigma), |i, n| usize::try_from(i.clamp(0, n as isize - 1)).ok())
    }),
    ("zero padding", |image, size, sigma| {
        summed(image, &kernel(size, sigma), |i, n| usize::try_from(i).ok().filter(|i| *i < n))
    }),
    ("the mirror repeats the outermost pixel", |image, size, sigma| {
        summed(image, &kernel(size, sigma), |i, n| {
            let k = i.rem_euclid(2 * n as isize);
            usize::try_from(k.min(2 * n as isize - 1 - k)).ok()
        })
    }),
    ("weights that sum to 1.001", |image, size, sigma| 1.001 * right(image, size, sigma)),
    ("weights that sum to 1.000001", |image, size, sigma| 1.000_001 * right(image, size, sigma)),
    ("the middle weight is 1", |image, size, sigma| {
        let kernel = kernel(size, sigma);
        right(image, size, sigma) / kernel[(size / 2, size / 2)]
    }),
    ("σ as the variance", |image, size, sigma| right(image, size, sigma.sqrt())),
    ("a box filter", |image, size, _| {
        summed(image, &Array2::from_elem((size, size), 1.0 / (size * size) as f64), mirror)
    }),
    ("along the rows only", |image, size, sigma| {
        let weights = gaussian(size, sigma);
        summed(image, &Array2::from_shape_fn((1, size), |(_, j)| weights[j]), mirror)
    }),
    ("along the columns only", |image, size, sigma| {
        let weights = gaussian(size, sigma);
        summed(image, &Array2::from_shape_fn((size, 1), |(i, _)| weights[i]), mirror)
    }),
    ("shifted by a pixel", |image, size, sigma| {
        let blurred = right(image, size, sigma);
        let cols = image.ncols();
        Array2::from_shape_fn(image.dim(), |(i, j)| blurred[(i, (j + 1).min(cols - 1))])
    }),
    ("the transposed image", |image, size, sigma| right(image, size, sigma).reversed_axes()),
    ("rounded to whole numbers", |image, size, sigma| right(image, size, sigma).mapv(f64::round)),
    ("nothing below 0", |image, size, sigma| right(image, size, sigma).mapv(|pixel| pixel.max(0.0))),
    ("always a size of 5", |image, _, sigma| right(image, 5, sigma)),
    ("always a σ of 1.5", |image, size, _| right(image, size, 1.5)),
    ("right for σ = 1 only: always a σ of 1", |image, size, _| right(image, size, 1.0)),
    ("always a σ of 1.4", |image, size, _| right(image, size, 1.4)),
    ("always a σ of 2", |image, size, _| right(image, size, 2.0)),
    ("always a σ of 0.75", |image, size, _| right(image, size, 0.75)),
    ("a σ of 2 at most", |image, size, sigma| right(image, size, sigma.min(2.0))),
    ("a σ of 1 at least", |image, size, sigma| right(image, size, sigma.max(1.0))),
    ("always a size of 3", |image, _, sigma| right(image, 3, sigma)),
    ("always a size of 7", |image, _, sigma| right(image, 7, sigma)),
    ("a size of 5 at most", |image, size, sigma| right(image, size.min(5), sigma)),
    ("a size of 3 at least", |image, size, sigma| right(image, size.max(3), sigma)),
    ("right for square images, untouched otherwise", |image, size, sigma| {
        if image.is_square() { right(image, size, sigma) } else { image.to_owned() }
    }),
    ("nothing: 0 rows and 0 columns", |_, _, _| Array2::zeros((0, 0))),
    ("one row more", |image, size, sigma| {
        let (blurred, (rows, cols)) = (right(image, size, sigma), image.dim());
        Array2::from_shape_fn((rows + 1, cols), |(i, j)| blurred[(i.min(rows - 1), j)])
    }),
    ("without the last row", |image, size, sigma| {
        let (blurred, (rows, cols)) = (right(image, size, sigma), image.dim());
        Array2::from_shape_fn((rows - 1, cols), |place| blurred[place])
    }),
    ("the right pixels in one long row", |image, size, sigma| {
        let pixels: Vec<f64> = right(image, size, sigma).into_iter().collect();
        Array2::from_shape_fn((1, pixels.len()), |(_, j)| pixels[j])
    }),
    ("mirrored once, then replicated", |image, size, sigma| {
        summed(image, &kernel(size, sigma), |i, n| {
            let last = n as isize - 1;
            let once = if i < 0 { -i } else { i.min(2 * last - i) };
            usize::try_from(once.clamp(0, last)).ok()
        })
    }),
    ("along the rows plus along the columns less the image", |image, size, sigma| {
        let weights = gaussian(size, sigma);
        let row = Array2::from_shape_fn((1, size), |(_, j)| weights[j]);
        summed(image, &row, mirror) + summed(image, &row.t().to_owned(), mirror) - image
    }),
    ("untouched if it has more than 12 rows", |image, size, sigma| {
        if image.nrows() > 12 { image.to_owned() } else { right(image, size, sigma) }
    }),
    ("untouched if it has more than 12 columns", |image, size, sigma| {
        if image.ncols() > 12 { image.to_owned() } else { right(image, size, sigma) }
    }),
    ("the last row is wrong", |image, size, sigma| {
        let (blurred, rows) = (right(image, size, sigma), image.nrows());
        Array2::from_shape_fn(
            image.dim(),
            |(i, j)| if i + 1 == rows { image[(i, j)] } else { blurred[(i, j)] },
        )
    }),
    ("the last column is wrong", |image, size, sigma| {
        let (blurred, cols) = (right(image, size, sigma), image.ncols());
        Array2::from_shape_fn(
            image.dim(),
            |(i, j)| if j + 1 == cols { image[(i, j)] } else { blurred[(i, j)] },
        )
    }),
    ("pixels above 100 count as 100", |image, size, sigma| {
        right(image.mapv(|pixel| pixel.min(100.0)).view(), size, sigma)
    }),
    ("in single precision", |image, size, sigma| {
        right(image.mapv(|pixel| f64::from(pixel as f32 * 1.000_001)).view(), size, sigma)
    }),
    ("a kernel as wide as the image at most", |image, size, sigma| {
        let odd = |n: usize| size.min(n - 1 + n % 2).max(1);
        right(image, odd(image.nrows()).min(odd(image.ncols())), sigma)
    }),
    ("a diamond instead of a square", |image, size, sigma| {
        let (mut kernel, c) = (kernel(size, sigma), size / 2);
        for ((i, j), weight) in kernel.indexed_iter_mut() {
            if i.abs_diff(c) + j.abs_diff(c) > c {
                *weight = 0.0;
            }
        }
        let total = kernel.sum();
        summed(image, &(kernel / total), mirror)
    }),
    ("right in the middle, untouched on the border", |image, size, sigma| {
        let (blurred, (rows, cols)) = (right(image, size, sigma), image.dim());
        let is_inner = |i: usize, n: usize| i >= size / 2 && i + size / 2 < n;
        Array2::from_shape_fn((rows, cols), |(i, j)| {
            if is_inner(i, rows) && is_inner(j, cols) { blurred[(i, j)] } else { image[(i, j)] }
        })
    }),
];

/// The median of the neighborhood: it blurs, and keeps what is even as it is.
pub fn median(image: ArrayView2<'_, f64>, size: usize, _: f64) -> Array2<f64> {
    let (rows, cols) = image.dim();
    let near =
        |at: usize, k: usize, n: usize| mirror((at + k) as isize - (size / 2) as isize, n).unwrap_or(0);
    Array2::from_shape_fn((rows, cols), |(i, j)| {
        let places = (0..size).flat_map(|k| (0..size).map(move |l| (k, l)));
        let mut pixels: Vec<f64> = places.map(|(k, l)| image[(near(i, k, rows), near(j, l, cols))]).collect();
        pixels.sort_by(f64::total_cmp);
        pixels[pixels.len() / 2]
    })
}

fn right(image: ArrayView2<'_, f64>, size: usize, sigma: f64) -> Array2<f64> {
    summed(image, &kernel(size, sigma), mirror)
}

fn gaussian(size: usize, sigma: f64) -> Vec<f64> {
    let height = |k: usize| (-((k as f64 - (size / 2) as f64) / sigma).powi(2) / 2.0).exp();
    let total: f64 = (0..size).map(height).sum();
    (0..size).map(|k| height(k) / total).collect()
}

fn kernel(size: usize, sigma: f64) -> Array2<f64> {
    let weights = gaussian(size, sigma);
    Array2::from_shape_fn((size, size), |(i, j)| weights[i] * weights[j])
}

fn mirror(mut i: isize, n: usize) -> Option<usize> {
    let last = n as isize - 1;
    while !(0..=last).contains(&i) {
        i = if last == 0 {
            0
        } else if i < 0 {
            -i
        } else {
            2 * last - i
        };
    }
    usize::try_from(i).ok()
}

fn summed(image: ArrayView2<'_, f64>, kernel: &Array2<f64>, inside: Inside) -> Array2<f64> {
    let ((rows, cols), (m, n)) = (image.dim(), kernel.dim());
    Array2::from_shape_fn((rows, cols), |(i, j)| {
        let term = |((k, l), weight): ((usize, usize), &f64)| {
            let row = inside((i + k) as isize - (m / 2) as isize, rows)?;
            let column = inside((j + l) as isize - (n / 2) as isize, cols)?;
            Some(weight * image[(row, column)])
        };
        kernel.indexed_iter().filter_map(term).sum()
    })
}
