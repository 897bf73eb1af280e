use kit::{Eigen, InputError, check};
use nalgebra::Matrix2;

use crate::reference::m01_linear_algebra::eigen as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Eigenvalues = fn(Matrix2<f64>) -> Result<Eigen<f64>, InputError>;

/// The kata, answered by a specimen.
pub fn eigenvalues_2x2(matrix: Matrix2<f64>) -> Result<Eigen<f64>, InputError> {
    answering::<Eigenvalues>(
        module_path!(),
        reference::eigenvalues_2x2,
        &[
            wheat("by_schur", "uses the Schur decomposition of nalgebra", |matrix| {
                let (scale, [a, b, c, d]) = over_largest(matrix)?;
                let [one, other] = Matrix2::new(a, b, c, d).complex_eigenvalues().into();
                let (low, high) = if one.re <= other.re { (one, other) } else { (other, one) };
                Ok(if one.im == 0.0 {
                    Eigen::Real([scale * low.re, scale * high.re])
                } else {
                    Eigen::Complex { re: scale * one.re, im: scale * one.im.abs() }
                })
            }),
            wheat("difference_of_squares", "writes half² − s² as a product where bc = −s²", |matrix| {
                let (scale, [a, b, c, d]) = over_largest(matrix)?;
                let (half, s) = ((a - d) / 2.0, b.abs().sqrt() * c.abs().sqrt());
                if (b < 0.0) == (c < 0.0) {
                    return Ok(around(scale, (a + d) / 2.0, half.hypot(s)));
                }
                let product = (half.abs() - s) * (half.abs() + s);
                let (mean, radius) = ((a + d) / 2.0, product.abs().sqrt());
                if product >= 0.0 {
                    return Ok(around(scale, mean, radius));
                }
                Ok(Eigen::Complex { re: scale * mean, im: scale * radius })
            }),
            wheat(
                "counted_from_d",
                "solves μ² − (a − d)μ − bc = 0 for μ = λ − d, without cancellation",
                |matrix| {
                    let (scale, [a, b, c, d]) = over_largest(matrix)?;
                    let half = (a - d) / 2.0;
                    let square = half.mul_add(half, b * c);
                    if square < 0.0 {
                        return Ok(Eigen::Complex { re: scale * (d + half), im: scale * (-square).sqrt() });
                    }
                    let far = half + square.sqrt().copysign(half);
                    let near = if far == 0.0 { 0.0 } else { -b * c / far };
                    Ok(Eigen::Real([scale * (d + far.min(near)), scale * (d + far.max(near))]))
                },
            ),
            wheat("turned_first", "rotates the basis by 45°, which changes no eigenvalue", |matrix| {
                let (scale, [a, b, c, d]) = over_largest(matrix)?;
                let (mean, half) = ((a + d) / 2.0, (b + c) / 2.0);
                let square = half * half + ((a - d) - (b - c)) * ((a - d) + (b - c)) / 4.0;
                if square < 0.0 {
                    return Ok(Eigen::Complex { re: scale * mean, im: scale * (-square).sqrt() });
                }
                Ok(around(scale, mean, square.sqrt()))
            }),
            wheat(
                "stretch_against_turn",
                "splits A into a symmetric and a rotation part: the discriminant is r² − β²",
                |matrix| {
                    let (scale, [a, b, c, d]) = over_largest(matrix)?;
                    let (mean, r, turn) =
                        ((a + d) / 2.0, ((a - d) / 2.0).hypot((b + c) / 2.0), ((c - b) / 2.0).abs());
                    let radius = (r - turn).abs().sqrt() * (r + turn).sqrt();
                    if r < turn {
                        return Ok(Eigen::Complex { re: scale * mean, im: scale * radius });
                    }
                    Ok(around(scale, mean, radius))
                },
            ),
            chaff("minus_the_trace", "The roots of λ² − tλ + D have the sum −t.", |matrix| {
                Ok(match reference::eigenvalues_2x2(matrix)? {
                    Eigen::Real([low, high]) => Eigen::Real([-high, -low]),
                    Eigen::Complex { re, im } => Eigen::Complex { re: -re, im },
                })
            }),
            chaff("b_squared", "Every matrix is symmetric, so bc = b².", |matrix| {
                let [a, b, _, d] = finite(matrix)?;
                reference::eigenvalues_2x2(Matrix2::new(a, b, b, d))
            }),
            chaff(
                "half_missing",
                "The roots of the characteristic polynomial are t ± √(t² − 4D).",
                |matrix| reference::eigenvalues_2x2(matrix * 2.0),
            ),
            chaff(
                "root_not_halved",
                "The roots of the characteristic polynomial are t/2 ± √(t² − 4D).",
                |matrix| {
                    Ok(match reference::eigenvalues_2x2(matrix)? {
                        Eigen::Real([low, high]) => {
                            let (mean, radius) = (low / 2.0 + high / 2.0, high - low);
                            Eigen::Real([mean - radius, mean + radius])
                        }
                        Eigen::Complex { re, im } => Eigen::Complex { re, im: 2.0 * im },
                    })
                },
            ),
            chaff("only_real", "The discriminant is never negative.", |matrix| {
                Ok(match reference::eigenvalues_2x2(matrix)? {
                    Eigen::Complex { re, .. } => Eigen::Real([re, re]),
                    real => real,
                })
            }),
            chaff(
                "sign_forgotten",
                "The square root of a negative number is that of its absolute value.",
                |matrix| {
                    Ok(match reference::eigenvalues_2x2(matrix)? {
                        Eigen::Complex { re, im } => Eigen::Real([re - im, re + im]),
                        real => real,
                    })
                },
            ),
            chaff(
                "textbook_root",
                "The discriminant mean² − det is as accurate as ((a − d)/2)² + bc.",
                |matrix| {
                    let (scale, [a, b, c, d]) = over_power_of_two(matrix)?;
                    let mean = (a + d) / 2.0;
                    let square = mean * mean - (a * d - b * c);
                    if square < 0.0 {
                        return Ok(Eigen::Complex { re: scale * mean, im: scale * (-square).sqrt() });
                    }
                    Ok(around(scale, mean, square.sqrt()))
                },
            ),
            chaff("larger_first", "The larger eigenvalue comes first.", |matrix| {
                Ok(match reference::eigenvalues_2x2(matrix)? {
                    Eigen::Real([low, high]) => Eigen::Real([high, low]),
                    complex => complex,
                })
            }),
            chaff("lower_of_the_pair", "Either of the two complex conjugates may be returned.", |matrix| {
                Ok(match reference::eigenvalues_2x2(matrix)? {
                    Eigen::Complex { re, im } => Eigen::Complex { re, im: -im },
                    real => real,
                })
            }),
            chaff("double_is_complex", "A discriminant of 0 means a complex pair.", |matrix| {
                Ok(match reference::eigenvalues_2x2(matrix)? {
                    Eigen::Real([low, high]) if low == high => Eigen::Complex { re: low, im: 0.0 },
                    other => other,
                })
            }),
            chaff("plus_bc", "The determinant is ad + bc.", |matrix| {
                let [a, b, c, d] = finite(matrix)?;
                reference::eigenvalues_2x2(Matrix2::new(a, b, -c, d))
            }),
            chaff("the_diagonal", "The eigenvalues are the entries on the diagonal.", |matrix| {
                let [a, _, _, d] = finite(matrix)?;
                Ok(Eigen::Real([a.min(d), a.max(d)]))
            }),
            chaff("not_scaled", "The product bc neither overflows nor underflows.", |matrix| {
                let [a, b, c, d] = finite(matrix)?;
                let (mean, half) = ((a + d) / 2.0, (a - d) / 2.0);
                let square = half * half + b * c;
                if square < 0.0 {
                    return Ok(Eigen::Complex { re: mean, im: (-square).sqrt() });
                }
                Ok(around(1.0, mean, square.sqrt()))
            }),
            chaff("over_zero", "Every matrix has a nonzero entry to divide by.", |matrix| {
                let largest = matrix.amax();
                let [a, b, c, d] = finite(matrix)?.map(|x| x / largest);
                Ok(match reference::eigenvalues_2x2(Matrix2::new(a, b, c, d)) {
                    Ok(Eigen::Real([low, high])) => Eigen::Real([largest * low, largest * high]),
                    Ok(Eigen::Complex { re, im }) => Eigen::Complex { re: largest * re, im: largest * im },
                    Err(_) => Eigen::Real([f64::NAN; 2]),
                })
            }),
            chaff("columns_counted", "Entries are counted in column-major order.", |matrix| {
                finite(matrix.transpose())?;
                reference::eigenvalues_2x2(matrix)
            }),
            chaff(
                "nan_goes_through",
                "A NaN in the input needs no check: the result is NaN anyway.",
                |matrix| reference::eigenvalues_2x2(matrix).or(Ok(Eigen::Real([f64::NAN; 2]))),
            ),
            chaff("last_named", "The index may be that of any entry that is not finite.", |matrix| {
                let entries = [matrix.m11, matrix.m12, matrix.m21, matrix.m22];
                match entries.iter().rposition(|entry| !entry.is_finite()) {
                    Some(index) => Err(InputError::NotFinite { name: "matrix", index }),
                    None => reference::eigenvalues_2x2(matrix),
                }
            }),
            chaff("nearly_real", "An imaginary part of 0.001 is a rounding error.", |matrix| {
                Ok(match reference::eigenvalues_2x2(matrix)? {
                    Eigen::Complex { re, im } if im < 1e-3 * re.abs() => Eigen::Real([re, re]),
                    answer => answer,
                })
            }),
            chaff(
                "close_is_equal",
                "Eigenvalues that differ by less than 10⁻¹² of the largest entry are equal.",
                |matrix| {
                    reference::eigenvalues_2x2(matrix).map(|values| match values {
                        Eigen::Real([low, high]) if high - low < 1e-12 * matrix.amax() => {
                            Eigen::Real([(low + high) / 2.0; 2])
                        }
                        values => values,
                    })
                },
            ),
        ],
    )(matrix)
}

fn around(scale: f64, mean: f64, radius: f64) -> Eigen<f64> {
    Eigen::Real([scale * (mean - radius), scale * (mean + radius)])
}

fn finite(matrix: Matrix2<f64>) -> Result<[f64; 4], InputError> {
    let entries = [matrix.m11, matrix.m12, matrix.m21, matrix.m22];
    check::finite("matrix", &entries)?;
    Ok(entries)
}

fn over_largest(matrix: Matrix2<f64>) -> Result<(f64, [f64; 4]), InputError> {
    let largest = matrix.amax();
    let scale = if largest > 0.0 { largest } else { 1.0 };
    Ok((scale, finite(matrix)?.map(|x| x / scale)))
}

fn over_power_of_two(matrix: Matrix2<f64>) -> Result<(f64, [f64; 4]), InputError> {
    let (largest, entries) = (over_largest(matrix)?.0, finite(matrix)?);
    let scale = largest.log2().floor().exp2();
    Ok((scale, entries.map(|x| x / scale)))
}
