use kit::{Eigen, InputError, check};
use nalgebra::{Matrix2, Vector2};

use crate::reference::m01_linear_algebra::eigen as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Diagonalize = fn(Matrix2<f64>) -> Result<(Matrix2<f64>, Matrix2<f64>), InputError>;

/// The kata, answered by a specimen.
pub fn diagonalize(matrix: Matrix2<f64>) -> Result<(Matrix2<f64>, Matrix2<f64>), InputError> {
    answering::<Diagonalize>(
        module_path!(),
        reference::diagonalize,
        &[
            wheat("other_signs", "negates the first column of P", |matrix| {
                let (p, d) = reference::diagonalize(matrix)?;
                Ok((p * Matrix2::new(-1.0, 0.0, 0.0, 1.0), d))
            }),
            wheat(
                "by_the_angle",
                "measures the angle between the eigenvectors, with another threshold",
                |matrix| {
                    let (Eigen::Real(values), Eigen::Real([v, w])) =
                        (reference::eigenvalues_2x2(matrix)?, reference::eigenvectors_2x2(matrix)?)
                    else {
                        return Err(InputError::ComplexEigenvalues);
                    };
                    let angle = (v.x * w.y - v.y * w.x).atan2(v.dot(&w)).sin().abs();
                    if angle < 5e-5 {
                        return Err(InputError::Defective);
                    }
                    Ok((Matrix2::new(v.x, w.x, v.y, w.y), Matrix2::new(values[0], 0.0, 0.0, values[1])))
                },
            ),
            wheat("stretches_read_off", "computes each λ as the Rayleigh quotient v·Av", |matrix| {
                let (p, _) = reference::diagonalize(matrix)?;
                let scale = matrix.amax().max(f64::MIN_POSITIVE);
                let stretch = |v: Vector2<f64>| scale * v.dot(&(matrix / scale * v));
                let values = [p.column(0), p.column(1)].map(|v| stretch(v.into_owned()));
                Ok((p, Matrix2::new(values[0], 0.0, 0.0, values[1])))
            }),
            wheat("turned_by_45_degrees", "diagonalizes the matrix in a basis rotated by 45°", |matrix| {
                let entries = [matrix.m11, matrix.m12, matrix.m21, matrix.m22];
                check::finite("matrix", &entries)?;
                let scale = if matrix.amax() > 0.0 { matrix.amax() } else { 1.0 };
                let [a, b, c, d] = entries.map(|x| x / scale);
                let (h, half) =
                    (0.5_f64.sqrt(), [a + b + c + d, a - b + c - d, a + b - c - d, a - b - c + d]);
                let [a, b, c, d] = half.map(|x| x / 2.0);
                let (mean, gap) = ((a + d) / 2.0, (a - d) / 2.0);
                let square = gap * gap + b * c;
                if square < 0.0 {
                    return Err(InputError::ComplexEigenvalues);
                }
                let radius = square.sqrt();
                let along = |offset: f64, otherwise: Vector2<f64>| {
                    let (v, w) = (Vector2::new(b, offset - gap), Vector2::new(offset + gap, c));
                    let v = if v.norm() > w.norm() { v } else { w };
                    if v.norm() > 0.0 { v / v.norm() } else { otherwise }
                };
                let columns = [along(-radius, Vector2::x()), along(radius, Vector2::y())];
                let p = Matrix2::new(h, h, h, -h) * Matrix2::from_columns(&columns);
                if p.determinant().abs() < 1e-5 {
                    return Err(InputError::Defective);
                }
                Ok((p, Matrix2::new(scale * (mean - radius), 0.0, 0.0, scale * (mean + radius))))
            }),
            chaff("rows_for_columns", "The eigenvectors are the rows of P.", |matrix| {
                let (p, d) = reference::diagonalize(matrix)?;
                Ok((p.transpose(), d))
            }),
            chaff("p_inverted", "The factorization is A = P⁻¹ D P.", |matrix| {
                let (p, d) = reference::diagonalize(matrix)?;
                Ok((p.try_inverse().unwrap_or(p), d))
            }),
            chaff(
                "orders_differ",
                "The eigenvalues in D need not be in the same order as the eigenvectors in P.",
                |matrix| {
                    let (p, d) = reference::diagonalize(matrix)?;
                    Ok((Matrix2::new(p.m12, p.m11, p.m22, p.m21), d))
                },
            ),
            chaff("larger_first", "The larger eigenvalue comes first.", |matrix| {
                let (p, d) = reference::diagonalize(matrix)?;
                Ok((Matrix2::new(p.m12, p.m11, p.m22, p.m21), Matrix2::new(d.m22, 0.0, 0.0, d.m11)))
            }),
            chaff(
                "same_column_twice",
                "Any eigenvector of A may be used for either column of P.",
                |matrix| {
                    let (p, d) = reference::diagonalize(matrix)?;
                    Ok((Matrix2::new(p.m11, p.m11, p.m21, p.m21), Matrix2::identity() * d.m11))
                },
            ),
            chaff("not_normalized", "The columns of P may have any norm.", |matrix| {
                let (p, d) = reference::diagonalize(matrix)?;
                Ok((p * 2.0, d))
            }),
            chaff("symmetric_only", "The eigenvectors are always orthogonal, so P⁻¹ is Pᵀ.", |matrix| {
                let (p, d) = reference::diagonalize(matrix)?;
                Ok((Matrix2::new(p.m11, -p.m21, p.m21, p.m11), d))
            }),
            chaff("judged_by_the_gap", "Nearly equal eigenvalues make a matrix defective.", |matrix| {
                let (p, d) = reference::diagonalize(matrix)?;
                let near = d.m22 - d.m11 < 1e-6 * matrix.amax() && matrix.m12 != 0.0;
                if near { Err(InputError::Defective) } else { Ok((p, d)) }
            }),
            chaff("double_is_defective", "A repeated eigenvalue makes a matrix defective.", |matrix| {
                let (p, d) = reference::diagonalize(matrix)?;
                if d.m11 == d.m22 { Err(InputError::Defective) } else { Ok((p, d)) }
            }),
            chaff(
                "det_exactly_zero",
                "The computed determinant of a singular matrix is exactly 0.",
                |matrix| defective_below(matrix, f64::MIN_POSITIVE),
            ),
            chaff("anything_goes", "Every matrix with real eigenvalues is diagonalizable.", |matrix| {
                defective_below(matrix, -1.0)
            }),
            chaff("limit_too_wide", "A determinant below 0.01 counts as 0.", |matrix| {
                defective_below(matrix, 0.01)
            }),
            chaff("complex_is_defective", "A matrix with complex eigenvalues is defective.", |matrix| {
                reference::diagonalize(matrix).map_err(|error| match error {
                    InputError::ComplexEigenvalues => InputError::Defective,
                    other => other,
                })
            }),
            chaff(
                "defective_is_complex",
                "A matrix that is not diagonalizable has complex eigenvalues.",
                |matrix| {
                    reference::diagonalize(matrix).map_err(|error| match error {
                        InputError::Defective => InputError::ComplexEigenvalues,
                        other => other,
                    })
                },
            ),
            chaff("everything_rejected", "Only diagonal matrices are diagonalizable.", |matrix| {
                let (p, d) = reference::diagonalize(matrix)?;
                if matrix.m12 == 0.0 && matrix.m21 == 0.0 { Ok((p, d)) } else { Err(InputError::Defective) }
            }),
            chaff(
                "nan_goes_through",
                "A NaN in the input needs no check: the result is NaN anyway.",
                |matrix| match reference::diagonalize(matrix) {
                    Err(InputError::NotFinite { .. }) => Ok((matrix, matrix)),
                    answer => answer,
                },
            ),
            chaff("last_named", "The index may be that of any entry that is not finite.", |matrix| {
                let entries = [matrix.m11, matrix.m12, matrix.m21, matrix.m22];
                match entries.iter().rposition(|entry| !entry.is_finite()) {
                    Some(index) => Err(InputError::NotFinite { name: "matrix", index }),
                    None => reference::diagonalize(matrix),
                }
            }),
            chaff(
                "steep_is_defective",
                "Eigenvectors whose determinant is below 3·10⁻⁴ lie on one line.",
                |matrix| match reference::diagonalize(matrix) {
                    Ok((p, _)) if p.determinant().abs() < 3e-4 => Err(InputError::Defective),
                    answer => answer,
                },
            ),
        ],
    )(matrix)
}

fn defective_below(matrix: Matrix2<f64>, limit: f64) -> Result<(Matrix2<f64>, Matrix2<f64>), InputError> {
    let (Eigen::Real(values), Eigen::Real([v, w])) =
        (reference::eigenvalues_2x2(matrix)?, reference::eigenvectors_2x2(matrix)?)
    else {
        return Err(InputError::ComplexEigenvalues);
    };
    let p = Matrix2::from_columns(&[v, w]);
    if p.determinant().abs() < limit {
        return Err(InputError::Defective);
    }
    Ok((p, Matrix2::from_diagonal(&Vector2::from(values))))
}
