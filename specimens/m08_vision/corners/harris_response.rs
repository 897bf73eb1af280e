use kit::{InputError, check};
use ndarray::{Array2, ArrayView2};

use crate::reference::m08_vision::blur::{Border, convolve, gaussian_blur};
use crate::reference::m08_vision::corners as reference;
use crate::reference::m08_vision::edges::sobel;
use crate::specimens::specimen::{answering, chaff, wheat};

type Response = Result<Array2<f64>, InputError>;
type HarrisResponse = fn(ArrayView2<'_, u8>, usize, f64) -> Response;

/// The kata, answered by a specimen.
pub fn harris_response(image: ArrayView2<'_, u8>, window: usize, k: f64) -> Response {
    answering::<HarrisResponse>(
        module_path!(),
        reference::harris_response,
        &[
            wheat("by_eigenvalues", "computes λ₁ and λ₂ of each M", |image, window, k| {
                by(image, window, k, &Rules { response: by_eigenvalues, ..Rules::HARRIS })
            }),
            wheat("running_sums", "sums over squares by a summed-area table", |image, window, k| {
                by(image, window, k, &Rules { summed: by_table, ..Rules::HARRIS })
            }),
            chaff(
                "product_of_sums",
                "The gradients are summed over the window before they are multiplied.",
                |image, window, k| {
                    reference::harris_response(image, window, k)?;
                    let (gx, gy) = sobel(image.mapv(f64::from).view())?;
                    let (gx, gy) = (boxed(&gx, window)?, boxed(&gy, window)?);
                    let m = [&gx * &gx, &gx * &gy, &gy * &gy];
                    Ok(each(&m, k, usual))
                },
            ),
            chaff(
                "no_mixed_product",
                "The product gx·gy does not matter (det M = Σgx²·Σgy²).",
                |image, window, k| {
                    let response = |[a, _, c]: [f64; 3], k: f64| a * c - k * (a + c).powi(2);
                    by(image, window, k, &Rules { response, ..Rules::HARRIS })
                },
            ),
            chaff("trace_once", "The trace is not squared.", |image, window, k| {
                let response = |[a, b, c]: [f64; 3], k: f64| a * c - b * b - k * (a + c);
                by(image, window, k, &Rules { response, ..Rules::HARRIS })
            }),
            chaff("plus_k", "The term with k is added instead of subtracted.", |image, window, k| {
                let response = |[a, b, c]: [f64; 3], k: f64| a * c - b * b + k * (a + c).powi(2);
                by(image, window, k, &Rules { response, ..Rules::HARRIS })
            }),
            chaff(
                "smaller_eigenvalue",
                "R is the smaller eigenvalue of M (Shi–Tomasi).",
                |image, window, k| {
                    let response = |[a, b, c]: [f64; 3], _: f64| ((a + c) - (a - c).hypot(2.0 * b)) / 2.0;
                    by(image, window, k, &Rules { response, ..Rules::HARRIS })
                },
            ),
            chaff("mean", "The window takes the mean of the products, not their sum.", |image, window, k| {
                let summed = |of: &Array2<f64>, n: usize| Ok(boxed(of, n)? / (n * n) as f64);
                by(image, window, k, &Rules { summed, ..Rules::HARRIS })
            }),
            chaff("bell", "The window is weighted by a Gaussian.", |image, window, k| {
                let summed = |of: &Array2<f64>, n: usize| gaussian_blur(of.view(), n, n as f64 / 4.0);
                by(image, window, k, &Rules { summed, ..Rules::HARRIS })
            }),
            chaff(
                "mirrored",
                "The border of the products is mirrored, not replicated.",
                |image, window, k| {
                    let summed = |of: &Array2<f64>, n: usize| {
                        convolve(of.view(), Array2::ones((n, n)).view(), Border::Mirror)
                    };
                    by(image, window, k, &Rules { summed, ..Rules::HARRIS })
                },
            ),
            chaff(
                "no_window",
                "The products of one pixel are enough, without a window.",
                |image, window, k| {
                    by(image, window, k, &Rules { summed: |of, _| Ok(of.clone()), ..Rules::HARRIS })
                },
            ),
            chaff("in_bytes", "A gradient of bytes fits into a byte.", |image, window, k| {
                reference::harris_response(image, window, k)?;
                let halved = image.mapv(|pixel| pixel / 8 * 8);
                reference::harris_response(halved.view(), window, k)
            }),
            chaff("any_k", "k needs no check.", |image, window, k| {
                match reference::harris_response(image, window, k) {
                    Err(InputError::OutOfRange { name: "k", .. }) => {
                        reference::harris_response(image, window, k.clamp(0.0, 0.25))
                    }
                    other => other,
                }
            }),
            chaff("window_31", "A window has at most 31 rows and columns.", |image, window, k| {
                reference::harris_response(image, window, k)?;
                reference::harris_response(image, window.min(31), k)
            }),
            wheat(
                "white_is_1",
                "brightness from 0 to 1, a summed-area table, and 255⁴ at the end",
                white_is_1,
            ),
            chaff("tiny_k_dropped", "A k below 10⁻⁴ is as good as 0.", |image, window, k| {
                reference::harris_response(image, window, if k > 0.0 && k < 1e-4 { 0.0 } else { k })
            }),
            chaff(
                "one_pixel_unchecked",
                "For a window of one pixel k does not matter.",
                |image, window, k| {
                    let is_valid = (0.0..=0.25).contains(&k);
                    reference::harris_response(image, window, if window == 1 && !is_valid { 0.1 } else { k })
                },
            ),
            chaff(
                "large_images_flat",
                "Of an image of more than 200 rows or columns the upper left part is enough.",
                |image, window, k| {
                    let mut response = reference::harris_response(image, window, k)?;
                    response
                        .indexed_iter_mut()
                        .filter(|((i, j), _)| i.max(j) > &200)
                        .for_each(|(_, r)| *r = 0.0);
                    Ok(response)
                },
            ),
        ],
    )(image, window, k)
}

type Sums = [f64; 3];

struct Rules {
    summed: fn(&Array2<f64>, usize) -> Response,
    response: fn(Sums, f64) -> f64,
}

impl Rules {
    const HARRIS: Self = Self { summed: boxed, response: usual };
}

fn by(image: ArrayView2<'_, u8>, window: usize, k: f64, rules: &Rules) -> Response {
    reference::harris_response(image, window, k)?;
    let (gx, gy) = sobel(image.mapv(f64::from).view())?;
    let m = [
        (rules.summed)(&(&gx * &gx), window)?,
        (rules.summed)(&(&gx * &gy), window)?,
        (rules.summed)(&(&gy * &gy), window)?,
    ];
    Ok(each(&m, k, rules.response))
}

fn each([a, b, c]: &[Array2<f64>; 3], k: f64, response: fn(Sums, f64) -> f64) -> Array2<f64> {
    Array2::from_shape_fn(a.dim(), |place| response([a[place], b[place], c[place]], k))
}

fn usual([a, b, c]: Sums, k: f64) -> f64 {
    a * c - b * b - k * (a + c).powi(2)
}

fn by_eigenvalues([a, b, c]: Sums, k: f64) -> f64 {
    let (middle, spread) = ((a + c) / 2.0, ((a - c) / 2.0).hypot(b));
    let (first, second) = (middle + spread, middle - spread);
    first * second - k * (first + second).powi(2)
}

fn boxed(of: &Array2<f64>, window: usize) -> Response {
    convolve(of.view(), Array2::ones((window, window)).view(), Border::Repeat)
}

/// Each square is four numbers of a table whose entries are the sums of all above and on the left.
fn by_table(of: &Array2<f64>, window: usize) -> Response {
    let ((rows, cols), half) = (of.dim(), window / 2);
    let inside = |i: usize, n: usize| i.saturating_sub(half).min(n - 1);
    let mut sums = Array2::<f64>::zeros((rows + window, cols + window));
    for i in 0..rows + window - 1 {
        for j in 0..cols + window - 1 {
            sums[(i + 1, j + 1)] =
                of[(inside(i, rows), inside(j, cols))] + sums[(i, j + 1)] + sums[(i + 1, j)] - sums[(i, j)];
        }
    }
    let square = |(i, j)| {
        let (below, right): (usize, usize) = (i + window, j + window);
        sums[(below, right)] - sums[(i, right)] - sums[(below, j)] + sums[(i, j)]
    };
    Ok(Array2::from_shape_fn((rows, cols), square))
}

fn white_is_1(image: ArrayView2<'_, u8>, window: usize, k: f64) -> Response {
    let (rows, cols) = image.dim();
    check::at_least(1, rows.min(cols))?;
    check::finite_number("k", k)?;
    check::in_range("k", k, (0.0..=0.25).contains(&k), "0 to 0.25")?;
    check::in_range("window", window as f64, (1..=255).contains(&window), "1 to 255")?;
    check::odd("window", window)?;
    let (gx, gy) = sobel(image.mapv(|pixel| f64::from(pixel) / 255.0).view())?;
    let m =
        [by_table(&(&gx * &gx), window)?, by_table(&(&gx * &gy), window)?, by_table(&(&gy * &gy), window)?];
    Ok(each(&m, k, usual) * 255.0_f64.powi(4))
}
