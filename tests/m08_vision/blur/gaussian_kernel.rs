use judge::any::select;
use judge::{Answer, close, close_entries, for_all, rejected, rounding};
use katas::m08_vision::blur::gaussian_kernel;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use crate::m08_vision::images::matrix;

const CALL: &str = "gaussian_kernel(size, sigma)";

/// An odd size and a σ of some eighths; now and then a large one.
fn sizes_and_sigmas() -> impl Strategy<Value = (usize, f64)> + Send + Sync + Clone {
    let size = prop_oneof![4 => 0..=4_usize, 1 => 5..=20_usize].prop_map(|c| 2 * c + 1);
    let wide = (3..=20_i32).prop_map(|k| 2.0_f64.powi(k));
    let eighths = (2..=32_i32).prop_map(|k| f64::from(k) / 8.0);
    let sevenths = (2..=30_i32).prop_map(|k| f64::from(k) / 7.0);
    (size, prop_oneof![3 => eighths, 1 => sevenths, 1 => wide])
}

fn kernel(size: usize, sigma: f64) -> Result<Matrix, judge::Broken> {
    let got = matrix(gaussian_kernel(size, sigma).accepted(CALL)?.view());
    judge::equal("the shape of the kernel", got.shape(), (size, size), "As many rows as columns: `size`.")?;
    Ok(got)
}

/// The number of roundings in a weight: exp(−t) amplifies those of t by t, and the d²-th power of one weight those of the
/// weight by d².
fn operations(size: usize, sigma: f64, [i, j]: [usize; 2]) -> usize {
    let squared = i.abs_diff(size / 2).pow(2) + j.abs_diff(size / 2).pow(2);
    32 + 4 * size + 4 * squared + (2.0 * squared as f64 / (sigma * sigma)) as usize
}

#[test]
fn weights_sum_to_one() {
    for_all("size, sigma", sizes_and_sigmas()).holds(|&(size, sigma)| {
        let sum: f64 = kernel(size, sigma)?.as_slice().iter().sum();
        let look = "Divide by the sum of all entries, not by 2πσ², the integral over the whole plane.";
        close("the sum of all entries", sum, 1.0, rounding(4 * size * size, 1.0), look)
    });
}

#[test]
fn is_gaussian_in_the_distance() {
    for_all("size, sigma", sizes_and_sigmas()).holds(|&(size, sigma)| {
        let got = kernel(size, sigma)?;
        let c = size / 2;
        let drop = |i: usize, j: usize| {
            let squared = (i.abs_diff(c).pow(2) + j.abs_diff(c).pow(2)) as f64;
            squared / (2.0 * sigma * sigma)
        };
        let want = Matrix::from_fn(size, size, |i, j| got[(c, c)] * (-drop(i, j)).exp());
        let tolerance = |i, j| rounding(operations(size, sigma, [i, j]), want[(i, j)]);
        let look = "exp(−(squared distance from the center) / (2σ²)): is the distance squared, is σ, is the \
            factor 2 there, and is the center at (size − 1)/2?";
        close_entries(CALL, &got, &want, tolerance, look)
    });
}

#[test]
fn is_the_normalized_gaussian_for_any_size() {
    let sizes = select(vec![0_usize, 1, 2, 6, 8, 20, 32, 75, 76, 128]).prop_map(|c| 2 * c + 1);
    // Between 0.1 and 0.3 the weights next to the center are tiny, and not 0.
    let sigma = prop_oneof![3 => judge::any::magnitude(-2, 8), 1 => 0.1..0.3_f64];
    for_all("size, sigma", (sizes, sigma)).cases(48).holds(|&(size, sigma)| {
        let c = (size / 2) as f64;
        // A little more, too: a kernel belongs to one σ.
        for sigma in [0.0, 0.5_f64.powi(12), 0.5_f64.powi(22)].map(|more| sigma.abs() * (1.0 + more)) {
            let weight = |k: usize| (-((k as f64 - c) / sigma).powi(2) / 2.0).exp();
            let weights: Vec<f64> = (0..size).map(weight).collect();
            let total: f64 = weights.iter().sum();
            let want = Matrix::from_fn(size, size, |i, j| weights[i] / total * (weights[j] / total));
            let tolerance = |i, j| rounding(4 * size * size + operations(size, sigma, [i, j]), want[(i, j)]);
            let look =
                "Every weight of the square, however large: none is cut off, and all are divided by one sum.";
            close_entries(
                &format!("gaussian_kernel({size}, {sigma})"),
                &kernel(size, sigma)?,
                &want,
                tolerance,
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn is_symmetric_under_rotation_and_reflection() {
    for_all("size, sigma", sizes_and_sigmas()).cases(64).holds(|&(size, sigma)| {
        let got = kernel(size, sigma)?;
        let last = size - 1;
        let tolerance = |i, j| 2.0 * rounding(operations(size, sigma, [i, j]), got[(i, j)]);
        for (name, other) in [
            ("rotated by 90°", Matrix::from_fn(size, size, |i, j| got[(j, last - i)])),
            ("mirrored", Matrix::from_fn(size, size, |i, j| got[(i, last - j)])),
        ] {
            close_entries(
                &format!("the kernel {name}"),
                &other,
                &got,
                tolerance,
                "An entry depends on its distance from the center only.",
            )?;
        }
        Ok(())
    });
}

#[test]
fn is_separable() {
    for_all("size, sigma", sizes_and_sigmas()).cases(64).holds(|&(size, sigma)| {
        let got = kernel(size, sigma)?;
        let across: Vec<f64> = (0..size).map(|j| (0..size).map(|i| got[(i, j)]).sum()).collect();
        let want = Matrix::from_fn(size, size, |i, j| across[i] * across[j]);
        let tolerance = |i, j| rounding(4 * operations(size, sigma, [i, j]), want[(i, j)]);
        let look = "exp(a + b) = exp(a)·exp(b): the kernel is a 1-D Gaussian along the rows times one along \
            the columns.";
        close_entries(CALL, &got, &want, tolerance, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::blur::gaussian_kernel;
        let kernel = gaussian_kernel(3, 0.5).unwrap();
        let next_to_center = kernel[(1, 1)] * (-2.0_f64).exp();
        assert!((kernel[(1, 0)] - next_to_center).abs() < 1e-15);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_an_impulse_for_tiny_sigma_and_flat_for_huge_sigma() {
        let narrow = select(vec![1e-3, 1e-100, 1e-200, 1e-308, f64::from_bits(1)]);
        for_all("c, sigma", (0..=4_usize, narrow)).cases(32).holds(|&(c, sigma)| {
            let size = 2 * c + 1;
            let want = Matrix::from_fn(size, size, |i, j| if (i, j) == (c, c) { 1.0 } else { 0.0 });
            let look = "If σ² underflows to 0, 0/0 is NaN: divide the distance by σ before you square it.";
            close_entries(CALL, &kernel(size, sigma)?, &want, |_, _| rounding(4, 1.0), look)?;
            let share = 1.0 / (size * size) as f64;
            let want = Matrix::from_fn(size, size, |_, _| share);
            let look = "For a huge σ all weights are equal.";
            let call = format!("gaussian_kernel({size}, 1e200)");
            let got = matrix(gaussian_kernel(size, 1e200).accepted(&call)?.view());
            close_entries(&call, &got, &want, |_, _| rounding(4 * size * size, share), look)
        });
    }

    #[test]
    fn rejects_even_sizes_and_invalid_sigma() {
        let even = prop_oneof![0..=4_usize, 0..=200_usize].prop_map(|half| 2 * half);
        for_all("even, sigma, c", (even, judge::any::magnitude(-300, 300), 0..=40_usize)).cases(64).holds(
            |&(even, sigma, c)| {
                let look = "An even size has no center, and 0 is even.";
                let want = InputError::NotOdd { name: "size", got: even };
                rejected(&format!("gaussian_kernel({even}, 1.0)"), gaussian_kernel(even, 1.0), want, look)?;
                let size = 2 * c + 1;
                for got in [0.0, -1.0, -sigma.abs()] {
                    let want = InputError::OutOfRange { name: "sigma", got, wanted: "above 0" };
                    let call = format!("gaussian_kernel({size}, {got:?})");
                    rejected(&call, gaussian_kernel(size, got), want, "σ must be above 0.")?;
                }
                for sigma in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                    let want = InputError::NotFinite { name: "sigma", index: 0 };
                    let look = "`sigma <= 0.0` is false for NaN: check that σ is finite as well.";
                    let call = format!("gaussian_kernel({size}, {sigma:?})");
                    rejected(&call, gaussian_kernel(size, sigma), want, look)?;
                }
                Ok(())
            },
        );
    }
}
