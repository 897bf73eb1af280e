use nalgebra::{DMatrix, DVector, Dim, Matrix, RawStorage, SMatrix, Scalar};

use crate::value::{Decode, Encode, Malformed, Reader};

/// No learner's matrix is longer on one side.
const LARGEST_SIDE: usize = 1 << 24;

impl<T: Encode + Scalar, R: Dim, C: Dim, S: RawStorage<T, R, C>> Encode for Matrix<T, R, C, S> {
    fn encode(&self, out: &mut Vec<u8>) {
        self.shape().encode(out);
        self.iter().for_each(|entry| entry.encode(out));
    }
}

fn entries<T: Decode>(from: &mut Reader<'_>) -> Result<(usize, usize, Vec<T>), Malformed> {
    let (rows, cols) = (from.size()?, from.size()?);
    if rows.max(cols) > LARGEST_SIDE {
        return Err(Malformed);
    }
    let entries = (0..rows * cols).map(|_| from.decode()).collect::<Result<_, _>>()?;
    Ok((rows, cols, entries))
}

impl<T: Decode + Scalar, const R: usize, const C: usize> Decode for SMatrix<T, R, C> {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let (rows, cols, entries) = entries(from)?;
        if (rows, cols) != (R, C) {
            return Err(Malformed);
        }
        Ok(Self::from_iterator(entries))
    }
}

impl<T: Decode + Scalar> Decode for DMatrix<T> {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let (rows, cols, entries) = entries(from)?;
        Ok(Self::from_vec(rows, cols, entries))
    }
}

impl<T: Decode + Scalar> Decode for DVector<T> {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let (_, cols, entries) = entries(from)?;
        if cols == 1 { Ok(Self::from_vec(entries)) } else { Err(Malformed) }
    }
}

#[cfg(test)]
mod tests {
    use nalgebra::{Matrix2x3, Vector2};

    use super::*;

    #[test]
    fn small_matrices_cross() {
        let (a, v) = (Matrix2x3::new(1.0, 2.0, 3.0, 4.0, 5.0, 6.0), vec![Vector2::new(7.0, -0.0)]);
        let mut out = Vec::new();
        (a, &v).encode(&mut out);
        assert_eq!(Reader::new(&out).decode(), Ok((a, v)));
        assert_eq!(Reader::new(&out).decode::<Vector2<f64>>(), Err(Malformed));
        assert_eq!(Reader::new(&out).decode::<DMatrix<f64>>().map(|it| it[(1, 2)]), Ok(6.0));
    }
}
