use kit::{Eigen, InputError};
use nalgebra::{Matrix2, Vector2};

use crate::reference::m01_linear_algebra::eigen as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Eigenvectors = fn(Matrix2<f64>) -> Result<Eigen<Vector2<f64>>, InputError>;

/// The kata, answered by a specimen.
pub fn eigenvectors_2x2(matrix: Matrix2<f64>) -> Result<Eigen<Vector2<f64>>, InputError> {
    answering::<Eigenvectors>(
        module_path!(),
        reference::eigenvectors_2x2,
        &[
            wheat("other_signs", "negates every vector, and multiplies a complex one by i", |matrix| {
                Ok(match reference::eigenvectors_2x2(matrix)? {
                    Eigen::Real([v, w]) => Eigen::Real([-v, -w]),
                    Eigen::Complex { re, im } => Eigen::Complex { re: -im, im: re },
                })
            }),
            wheat("across_the_longer_row", "rotates the longer row of A − λI by 90°", |matrix| {
                let Eigen::Real(values) = reference::eigenvalues_2x2(matrix)? else {
                    return reference::eigenvectors_2x2(matrix);
                };
                Ok(Eigen::Real(across_the_longer_row(matrix, values)))
            }),
            wheat(
                "columns_of_the_other",
                "takes a column of A − λ₂I for λ₁ (Cayley and Hamilton)",
                |matrix| {
                    let Eigen::Real([low, high]) = reference::eigenvalues_2x2(matrix)? else {
                        return reference::eigenvectors_2x2(matrix);
                    };
                    let column = |value: f64, otherwise| {
                        let rest = matrix - Matrix2::identity() * value;
                        let (first, second) = (rest.column(0).into_owned(), rest.column(1).into_owned());
                        unit(if length(first) >= length(second) { first } else { second })
                            .unwrap_or(otherwise)
                    };
                    Ok(Eigen::Real([column(high, Vector2::x()), column(low, Vector2::y())]))
                },
            ),
            wheat(
                "along_the_axes_of_the_stretch",
                "rotates the basis to that of the symmetric part, where no sum cancels",
                |matrix| {
                    let (r, turn, axes) = stretch_and_turn(matrix)?;
                    let rest = (r - turn.abs()).abs().sqrt() * (r + turn.abs()).sqrt();
                    if r < turn.abs() {
                        let (re, im) = (axes * Vector2::new(r, turn), axes * Vector2::new(rest, 0.0));
                        let length = length(re).hypot(length(im));
                        return Ok(Eigen::Complex { re: re / length, im: im / length });
                    }
                    let [low, high] = match unit(Vector2::new(r + rest, turn)) {
                        Some(v) => [Vector2::new(v.y, v.x), v],
                        None => [Vector2::y(), Vector2::x()],
                    };
                    Ok(Eigen::Real([axes * low, axes * high]))
                },
            ),
            chaff("not_normalized", "An eigenvector may have any norm.", |matrix| {
                Ok(match reference::eigenvectors_2x2(matrix)? {
                    Eigen::Real(vectors) => Eigen::Real(vectors.map(|v| v / v.amax())),
                    Eigen::Complex { re, im } => Eigen::Complex { re: re * 2.0, im: im * 2.0 },
                })
            }),
            chaff(
                "parts_normalized",
                "The real and the imaginary part of a complex eigenvector have norm 1 each.",
                |matrix| {
                    Ok(match reference::eigenvectors_2x2(matrix)? {
                        Eigen::Complex { re, im } => {
                            Eigen::Complex { re: re.normalize(), im: im.normalize() }
                        }
                        real => real,
                    })
                },
            ),
            chaff("larger_first", "The eigenvector of the larger eigenvalue comes first.", |matrix| {
                Ok(match reference::eigenvectors_2x2(matrix)? {
                    Eigen::Real([v, w]) => Eigen::Real([w, v]),
                    complex => complex,
                })
            }),
            chaff("first_row_only", "The vector (b, λ − a) is an eigenvector, also if b is 0.", |matrix| {
                along(matrix, |[a, b, _, _], value| Vector2::new(b, value - a))
            }),
            chaff(
                "entries_swapped",
                "The equation (a − λ)x + by = 0 is solved by (λ − a, b).",
                |matrix| along(matrix, |[a, b, _, _], value| Vector2::new(value - a, b)),
            ),
            chaff("sign_lost", "The equation (a − λ)x + by = 0 is solved by (b, a − λ).", |matrix| {
                along(matrix, |[a, b, _, _], value| Vector2::new(b, a - value))
            }),
            chaff("of_the_transpose", "The eigenvectors of A are those of Aᵀ.", |matrix| {
                reference::eigenvectors_2x2(matrix.transpose()).map_err(|_| not_finite(matrix))
            }),
            chaff(
                "always_at_a_right_angle",
                "Eigenvectors are orthogonal for every matrix, not only for symmetric ones.",
                |matrix| {
                    Ok(match reference::eigenvectors_2x2(matrix)? {
                        Eigen::Real([v, _]) => Eigen::Real([v, Vector2::new(-v.y, v.x)]),
                        complex => complex,
                    })
                },
            ),
            chaff("one_for_both", "For a repeated eigenvalue one eigenvector is enough.", |matrix| {
                Ok(match reference::eigenvectors_2x2(matrix)? {
                    Eigen::Real([v, w])
                        if v.dot(&w) == 0.0 && matrix.m12 == 0.0 && matrix.m11 == matrix.m22 =>
                    {
                        Eigen::Real([v, v])
                    }
                    other => other,
                })
            }),
            chaff(
                "nearly_a_multiple_of_i",
                "Eigenvalues within 10⁻⁶ of each other are equal.",
                |matrix| match reference::eigenvalues_2x2(matrix)? {
                    Eigen::Real([low, high]) if high - low < 1e-6 * matrix.amax() => {
                        Ok(Eigen::Real([Vector2::x(), Vector2::y()]))
                    }
                    _ => reference::eigenvectors_2x2(matrix),
                },
            ),
            chaff("only_real", "The real part of a complex eigenvector is an eigenvector.", |matrix| {
                Ok(match reference::eigenvectors_2x2(matrix)? {
                    Eigen::Complex { re, im } => {
                        Eigen::Real([re, im].map(|v| unit(v).unwrap_or(Vector2::x())))
                    }
                    real => real,
                })
            }),
            chaff(
                "the_conjugate",
                "The complex conjugate of an eigenvector belongs to the same eigenvalue.",
                |matrix| {
                    Ok(match reference::eigenvectors_2x2(matrix)? {
                        Eigen::Complex { re, im } => Eigen::Complex { re, im: -im },
                        real => real,
                    })
                },
            ),
            chaff("lengths_overflow", "√(x² + y²) neither overflows nor underflows.", |matrix| {
                let [a, b, c, d] = [matrix.m11, matrix.m12, matrix.m21, matrix.m22];
                let half = (a - d) / 2.0;
                let square = half * half + b * c;
                if square.is_finite() && square != 0.0 {
                    return reference::eigenvectors_2x2(matrix);
                }
                along(matrix, |[a, b, _, _], value| Vector2::new(b, value - a))
            }),
            chaff("the_axes", "The eigenvectors of every matrix are e₁ and e₂.", |matrix| {
                reference::eigenvectors_2x2(matrix)?;
                Ok(Eigen::Real([Vector2::x(), Vector2::y()]))
            }),
            chaff(
                "nan_goes_through",
                "A NaN in the input needs no check: the result is NaN anyway.",
                |matrix| {
                    reference::eigenvectors_2x2(matrix).or(Ok(Eigen::Real([Vector2::x(), Vector2::y()])))
                },
            ),
            chaff("last_named", "The index may be that of any entry that is not finite.", |matrix| {
                let entries = [matrix.m11, matrix.m12, matrix.m21, matrix.m22];
                match entries.iter().rposition(|entry| !entry.is_finite()) {
                    Some(index) => Err(InputError::NotFinite { name: "matrix", index }),
                    None => reference::eigenvectors_2x2(matrix),
                }
            }),
            chaff("nearly_real", "An imaginary part of 0.01 is a rounding error.", |matrix| {
                Ok(match reference::eigenvectors_2x2(matrix)? {
                    Eigen::Complex { re, im } if im.norm().min(re.norm()) < 1e-2 => {
                        let longer = if im.norm() < re.norm() { re } else { im };
                        Eigen::Real([longer / longer.norm(); 2])
                    }
                    answer => answer,
                })
            }),
        ],
    )(matrix)
}

fn length(v: Vector2<f64>) -> f64 {
    v.x.hypot(v.y)
}

fn unit(v: Vector2<f64>) -> Option<Vector2<f64>> {
    (length(v) > 0.0).then(|| v / length(v))
}

fn across_the_longer_row(matrix: Matrix2<f64>, values: [f64; 2]) -> [Vector2<f64>; 2] {
    let across = |value: f64| {
        let (first, second) =
            (Vector2::new(matrix.m12, value - matrix.m11), Vector2::new(value - matrix.m22, matrix.m21));
        unit(if length(first) > length(second) { first } else { second })
    };
    [across(values[0]).unwrap_or(Vector2::x()), across(values[1]).unwrap_or(Vector2::y())]
}

/// A formula for the real case, brought to length 1 where it gives anything.
fn along(
    matrix: Matrix2<f64>,
    formula: fn([f64; 4], f64) -> Vector2<f64>,
) -> Result<Eigen<Vector2<f64>>, InputError> {
    let entries = [matrix.m11, matrix.m12, matrix.m21, matrix.m22];
    Ok(match reference::eigenvalues_2x2(matrix)? {
        Eigen::Real(values) => Eigen::Real(values.map(|value| {
            let v = formula(entries, value);
            unit(v).unwrap_or(v)
        })),
        Eigen::Complex { .. } => return reference::eigenvectors_2x2(matrix),
    })
}

fn not_finite(matrix: Matrix2<f64>) -> InputError {
    let entries = [matrix.m11, matrix.m12, matrix.m21, matrix.m22];
    InputError::NotFinite { name: "matrix", index: entries.iter().position(|x| !x.is_finite()).unwrap_or(0) }
}

/// A − mean·I as a stretch by ±r along two axes and β times a quarter turn: r, β and the axes.
fn stretch_and_turn(matrix: Matrix2<f64>) -> Result<(f64, f64, Matrix2<f64>), InputError> {
    if !matrix.iter().all(|x| x.is_finite()) {
        return Err(not_finite(matrix));
    }
    let scale = if matrix.amax() > 0.0 { matrix.amax() } else { 1.0 };
    let m = matrix / scale;
    let (p, q) = ((m.m11 - m.m22) / 2.0, (m.m12 + m.m21) / 2.0);
    let (sin, cos) = (q.atan2(p) / 2.0).sin_cos();
    Ok((p.hypot(q), (m.m21 - m.m12) / 2.0, Matrix2::new(cos, -sin, sin, cos)))
}
