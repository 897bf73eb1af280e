use judge::{Answer, Broken, any, close, close_entries, ensure, equal, example, for_all, rejected};
use katas::boss::pca::principal_components;
use kit::{Generator, InputError, Matrix};
use nalgebra::DMatrix;
use proptest::prelude::*;

use super::super::draw::{covariance_of, digits_covariance, eigenvalues, samples, trace};
use judge::any::sizes;

/// A covariance matrix, sometimes with eigenvalues that are equal or 0, and a number of components.
fn problem() -> impl Strategy<Value = (Matrix, usize)> + Send + Sync + Clone {
    let twins = (1..=4_usize, 0..=16_i32, 0..=4_usize).prop_map(|(d, size, other)| {
        let on = |j: usize| f64::from(size) / 8.0 + if j == other { 1.0 } else { 0.0 };
        Matrix::from_fn(d, d, |j, k| if j == k { on(j) } else { 0.0 })
    });
    let any_one = prop_oneof![4 => samples().prop_map(|x| covariance_of(&x)), 1 => twins];
    (any_one, 0..4_usize).prop_map(|(c, k)| {
        let count = 1 + k % c.cols();
        (c, count)
    })
}

fn in_units(c: &Matrix, k: i32) -> Matrix {
    Matrix::from_fn(c.rows(), c.cols(), |i, j| c[(i, j)] * 2.0_f64.powi(k))
}

fn found(c: &Matrix, count: usize) -> Result<(Vec<f64>, Matrix), Broken> {
    let call = format!("principal_components(C, {count})");
    let (variances, components) = principal_components(c, count).accepted(&call)?;
    equal("the number of variances", variances.len(), count, "`count` variances.")?;
    let look = "One component per row, one column per feature.";
    equal("the shape of the components", components.shape(), (count, c.cols()), look)?;
    Ok((variances, components))
}

#[test]
fn are_orthonormal() {
    for_all("C, count", problem()).holds(|(c, count)| {
        let (_, v) = found(c, *count)?;
        let inner = |i: usize, k: usize| v.row(i).iter().zip(v.row(k)).map(|(a, b)| a * b).sum::<f64>();
        let got = Matrix::from_fn(*count, *count, inner);
        let want = Matrix::from_fn(*count, *count, |i, k| f64::from(u8::from(i == k)));
        let look = "Each row has length 1 and is orthogonal to the others, also for equal eigenvalues.";
        close_entries("components times their transpose", &got, &want, |_, _| 1e-9, look)
    });
}

#[test]
fn are_eigenvectors() {
    for_all("C, count", problem()).holds(|(c, count)| {
        let (variances, v) = found(c, *count)?;
        let product =
            Matrix::from_fn(*count, c.cols(), |i, j| c.row(j).iter().zip(v.row(i)).map(|(c, v)| c * v).sum());
        let scaled = Matrix::from_fn(*count, c.cols(), |i, j| variances[i] * v[(i, j)]);
        let look = "C·v = λ·v for each row v: eigenvectors are the rows, not the columns.";
        // What the documentation allows, and the rounding of this sum.
        let tolerance = 1.01e-9 * trace(c);
        close_entries("C·v, one v per row", &product, &scaled, |_, _| tolerance, look)
    });
}

#[test]
fn variances_are_the_largest_eigenvalues() {
    for_all("C, count", problem()).holds(|(c, count)| {
        let (variances, _) = found(c, *count)?;
        let want = &eigenvalues(c)[..*count];
        // An eigenvalue is no further off than its residual is long: √d·10⁻⁹ of the trace.
        let look = "The largest eigenvalues, in descending order.";
        close("the variances", variances.as_slice(), want, 4e-9 * trace(c), look)
    });
}

#[test]
fn rotate_with_the_data() {
    for_all("C, angle", (problem(), any::angle())).holds(|((c, _), angle)| {
        let d = c.cols();
        if d < 2 {
            return Ok(());
        }
        let (sine, cosine) = angle.sin_cos();
        // A rotation in the plane of the first and the last axis.
        let rotation = |j: usize, k: usize| match (j, k) {
            (0, 0) => cosine,
            (0, k) if k == d - 1 => -sine,
            (j, 0) if j == d - 1 => sine,
            (j, k) if j == k => {
                if j == d - 1 {
                    cosine
                } else {
                    1.0
                }
            }
            _ => 0.0,
        };
        let r = DMatrix::from_fn(d, d, rotation);
        let rotated = &r * DMatrix::from_row_slice(d, d, c.as_slice()) * r.transpose();
        let rotated = Matrix::from_fn(d, d, |j, k| rotated[(j.min(k), j.max(k))]);
        let (variances, v) = found(c, d)?;
        let (again, _) = found(&rotated, d)?;
        close(
            "the variances of R·C·Rᵀ",
            again.as_slice(),
            variances.as_slice(),
            1e-8 * trace(c),
            "A rotation does not change eigenvalues.",
        )?;
        for i in 0..d {
            let image: Vec<f64> = (0..d).map(|j| (0..d).map(|k| r[(j, k)] * v[(i, k)]).sum()).collect();
            let product: Vec<f64> =
                (0..d).map(|j| rotated.row(j).iter().zip(&image).map(|(c, v)| c * v).sum()).collect();
            let scaled: Vec<f64> = image.iter().map(|v| variances[i] * v).collect();
            let look = "R·v is a component of the rotated data.";
            close(
                &format!("R·C·Rᵀ·(R·v) for row {i}"),
                product.as_slice(),
                scaled.as_slice(),
                1e-8 * trace(c),
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn match_the_singular_vectors() {
    for_all("x", samples()).holds(|x| {
        let (c, (n, d)) = (covariance_of(x), x.shape());
        let mean = |j: usize| (0..n).map(|i| x[(i, j)]).sum::<f64>() / n as f64;
        let centered = DMatrix::from_fn(n, d, |i, j| x[(i, j)] - mean(j));
        let svd = centered.clone().svd(true, true);
        // Only where nalgebra's decomposition can be verified.
        let checked = svd.clone().recompose().is_ok_and(|back| (back - &centered).amax() < 1e-9);
        let (Some(singular), true) = (svd.v_t, checked) else { return Ok(()) };
        let (_, v) = found(&c, d)?;
        let variance = |i: usize| svd.singular_values.get(i).map_or(0.0, |s| s * s / (n - 1) as f64);
        for i in 0..singular.nrows() {
            let above = if i == 0 { f64::INFINITY } else { variance(i - 1) };
            let gap = (above - variance(i)).min(if i + 1 < d {
                variance(i) - variance(i + 1)
            } else {
                f64::INFINITY
            });
            // Residuals of √d·10⁻⁹ rotate a component by that over the gap: where variances are equal, by any angle.
            if trace(&c) > 0.0 && gap > 0.01 * trace(&c) {
                let inner: f64 = (0..d).map(|j| singular[(i, j)] * v[(i, j)]).sum();
                let look = "nalgebra's SVD of the centered data finds this direction, or the opposite one.";
                close(&format!("|⟨row {i}, singular vector {i}⟩|"), inner.abs(), 1.0, 1e-8, look)?;
            }
        }
        Ok(())
    });
}

#[test]
fn match_scikit_learn_on_the_digits() {
    example(|| {
        let (variances, _) = found(&digits_covariance(), 2)?;
        let look = "scikit-learn's values for the 1,797 digits, to six decimals.";
        close(
            "the first two variances",
            variances.as_slice(),
            [179.006_930, 163.717_747].as_slice(),
            // As above: √64·10⁻⁹ of a trace of 1202.
            1e-5,
            look,
        )
    });
}

/// The components are orthonormal eigenvectors.
fn is_solved(c: &Matrix, count: usize, look: &str) -> Result<(), Broken> {
    let (variances, v) = found(c, count)?;
    let product =
        Matrix::from_fn(count, c.cols(), |i, j| c.row(j).iter().zip(v.row(i)).map(|(c, v)| c * v).sum());
    let scaled = Matrix::from_fn(count, c.cols(), |i, j| variances[i] * v[(i, j)]);
    close_entries("C·v, one v per row", &product, &scaled, |_, _| 1.01e-9 * trace(c), look)?;
    let inner = |i: usize, k: usize| v.row(i).iter().zip(v.row(k)).map(|(a, b)| a * b).sum::<f64>();
    let got = Matrix::from_fn(count, count, inner);
    let want = Matrix::from_fn(count, count, |i, k| f64::from(u8::from(i == k)));
    close_entries("components times their transpose", &got, &want, |_, _| 1e-9, look)
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::boss::pca::principal_components;
        use kit::Matrix;
        let (variances, components) = principal_components(&Matrix::from_rows([[2.0, 1.0], [1.0, 2.0]]), 1)?;
        assert!((variances[0] - 3.0).abs() < 1e-9);
        assert!((components[(0, 0)] - components[(0, 1)]).abs() < 1e-9);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn are_scale_invariant() {
        let powers = prop_oneof![3 => -60..=60_i32, 1 => any::select(vec![-400, 400])];
        for_all("C, count, k", (problem(), powers)).holds(|((c, count), k)| {
            let want: Vec<f64> =
                eigenvalues(c)[..*count].iter().map(|value| value * 2.0_f64.powi(*k)).collect();
            let c = in_units(c, *k);
            let (variances, v) = found(&c, *count)?;
            let look = "C is multiplied by 2ᵏ. Do you compare anything with a fixed threshold, such as \
                10⁻¹²? In kilometers variances are a million times as small as in meters.";
            close("the variances", variances.as_slice(), want.as_slice(), 4e-9 * trace(&c), look)?;
            let product = Matrix::from_fn(*count, c.cols(), |i, j| {
                c.row(j).iter().zip(v.row(i)).map(|(c, v)| c * v).sum()
            });
            let scaled = Matrix::from_fn(*count, c.cols(), |i, j| variances[i] * v[(i, j)]);
            let tolerance = 1.01e-9 * trace(&c);
            close_entries("C·v, one v per row", &product, &scaled, |_, _| tolerance, look)
        });
    }

    #[test]
    fn rejects_invalid_counts() {
        for_all("d, more", sizes([1..=4, 1..=3], [41, 1025])).cases(32).holds(|&[d, more]| {
            let c = Matrix::from_fn(d, d, |i, j| if i == j { 1.0 } else { 0.0 });
            for count in [0, d + more] {
                let (got, wanted) = (count as f64, "1 to the number of columns");
                let want = InputError::OutOfRange { name: "count", got, wanted };
                let call = format!("principal_components({d}×{d}, {count})");
                let look = "A matrix with d columns has d components.";
                rejected(&call, principal_components(&c, count), want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_one_bad_entry_wherever_it_is() {
        let inputs = (sizes([2..=4], [41]), any::seed(), any::not_finite(), 1..=3_usize);
        for_all("d, i, bad, more", inputs).cases(48).holds(|&([d], i, bad, more)| {
            let c = Matrix::from_fn(d, d, |i, j| if i == j { 4.0 } else { 1.0 });
            let (j, k) = (i as usize % d, (i >> 32) as usize % d);
            let mut odd = c.clone();
            odd[(j, k)] = bad;
            let want = InputError::NotFinite { name: "covariance", index: j * d + k };
            let look = "Every entry is checked; the index counts row by row.";
            rejected("principal_components(C, 1)", principal_components(&odd, 1), want, look)?;
            if j != k {
                let mut odd = c;
                odd[(j, k)] += 0.5;
                let want = InputError::NotSymmetric { row: j.min(k), col: j.max(k) };
                let look = "Report the entry above the diagonal that differs from its mirror image.";
                rejected("principal_components(C, 1)", principal_components(&odd, 1), want, look)?;
            }
            for (rows, cols) in [(d, d + more), (d + more, d)] {
                let want = InputError::NotSquare { rows, cols };
                let call = format!("principal_components({rows}×{cols}, 1)");
                rejected(&call, principal_components(&Matrix::zeros(rows, cols), 1), want, "C is square.")?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_asymmetric_matrices() {
        let inputs = (any::nonzero(), 0..3_usize, 0..3_usize, prop_oneof![Just(0), -60..=60_i32]);
        for_all("off, j, k, unit", inputs).cases(64).holds(|(off, j, k, unit)| {
            if j == k {
                return Ok(());
            }
            let c = Matrix::from_fn(3, 3, |a, b| {
                let is_off = (a, b) == (*j, *k);
                let entry = if a == b { 4.0 } else { 1.0 };
                if is_off { entry + *off } else { entry }
            });
            let want = InputError::NotSymmetric { row: *j.min(k), col: *j.max(k) };
            rejected(
                "principal_components(C·2^unit, 1)",
                principal_components(&in_units(&c, *unit), 1),
                want,
                "Report the entry above the diagonal that differs from its mirror image.",
            )
        });
    }

    #[test]
    fn tolerates_rounding_of_symmetry() {
        for_all("unit", -60..=60_i32).cases(64).holds(|unit| {
            let c = in_units(&Matrix::from_rows([[2.0, 1.0 + 1e-12], [1.0, 2.0]]), *unit);
            let (variances, _) = found(&c, 2)?;
            let size = 2.0_f64.powi(*unit);
            ensure((variances[0] / size - 3.0).abs() < 1e-8, || {
                let look = "A difference of 10⁻¹² of the largest entry is rounding, whatever the scale.";
                Broken::answer(
                    format!("variances {variances:?}"),
                    format!("{:?} and {size:?}, within 10⁻⁸", 3.0 * size),
                    look,
                )
            })
        });
    }

    #[test]
    fn symmetry_tolerance_is_relative() {
        for_all("unit", -60..=60_i32).cases(32).holds(|unit| {
            // 10⁻¹⁰ of the largest entry is valid, though it is 10⁻⁷ of the pair; 10⁻⁸ is not.
            let off = |off: f64| {
                in_units(
                    &Matrix::from_rows([[1000.0, 1.0 + off, 0.0], [1.0, 2.0, 0.0], [0.0, 0.0, 1.0]]),
                    *unit,
                )
            };
            found(&off(1e-7), 3)?;
            let look = "The tolerance of symmetry is 10⁻⁹ times the largest absolute entry.";
            let want = InputError::NotSymmetric { row: 0, col: 1 };
            rejected(
                "principal_components(C, 1) with a pair apart by 10⁻⁸",
                principal_components(&off(1e-5), 1),
                want,
                look,
            )
        });
    }

    #[test]
    fn separates_close_eigenvalues() {
        for_all("a, b, k", ([any::angle(), any::angle()], 1..=16_u32)).cases(32).holds(|([a, b], k)| {
            // The second variance is a thousandth less than the first.
            let ((sa, ca), (sb, cb)) = (a.sin_cos(), b.sin_cos());
            let v = [[ca, -sa, 0.0], [sa * cb, ca * cb, -sb], [sa * sb, ca * sb, cb]];
            let size = [1.0, 0.999, 0.25].map(|size| size * f64::from(*k));
            let entry = |i: usize, j: usize| (0..3).map(|l| size[l] * v[l][i.min(j)] * v[l][i.max(j)]).sum();
            is_solved(
                &Matrix::from_fn(3, 3, entry),
                3,
                "A power iteration gains a factor of 1.001 per step here: stop when the residual is small, \
                 not after a fixed number of steps.",
            )
        });
    }

    #[test]
    fn handles_24_features() {
        for_all("seed", any::seed()).cases(2).holds(|seed| {
            let mut generator = Generator::from_seed(*seed);
            let numbers: Vec<f64> = (0..40 * 24).map(|_| generator.uniform_in(-1.0, 1.0)).collect();
            let c = covariance_of(&Matrix::from_fn(40, 24, |i, j| numbers[24 * i + j]));
            is_solved(
                &c,
                24,
                "Larger matrices need more sweeps or steps: test for convergence instead of counting.",
            )
        });
    }

    #[test]
    fn rejects_nonsquare_and_nonfinite_matrices() {
        for_all("bad, k", (any::not_finite(), 0..4_usize)).cases(64).holds(|(bad, k)| {
            let c = Matrix::from_fn(2, 2, |i, j| if 2 * i + j == *k { *bad } else { 1.0 });
            let want = InputError::NotFinite { name: "covariance", index: *k };
            rejected(
                "principal_components(C, 1)",
                principal_components(&c, 1),
                want,
                "The index counts row by row; NaN is not a question of symmetry.",
            )?;
            let want = InputError::NotSquare { rows: 2, cols: 3 };
            rejected(
                "principal_components(2×3, 1)",
                principal_components(&Matrix::zeros(2, 3), 1),
                want,
                "A covariance matrix has one row and one column per feature.",
            )
        });
    }

    #[test]
    fn handles_101_features() {
        for_all("a, b, place", ([any::nonzero(), any::nonzero()], 0..=99_usize)).cases(4).holds(
            |([a, b], place)| {
                // All but three features are constant; the last one belongs to the components.
                let u: Vec<f64> = (0..101).map(|j| if j == *place || j == 100 { *a } else { 0.0 }).collect();
                let other = (place + 1) % 100;
                let entry =
                    |j: usize, k: usize| u[j] * u[k] + if (j, k) == (other, other) { b * b } else { 0.0 };
                let c = Matrix::from_fn(101, 101, entry);
                let look =
                    "Every row and column of C counts, and every one of the components that are asked for.";
                is_solved(&c, 57, look)?;
                let (variances, _) = found(&c, 2)?;
                let mut want = [2.0 * a * a, b * b];
                want.sort_by(|a, b| b.total_cmp(a));
                close("the variances", variances.as_slice(), want.as_slice(), 4e-9 * trace(&c), look)
            },
        );
    }
}
