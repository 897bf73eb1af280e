use ndarray::{Array, ArrayBase, ArrayView, ArrayViewMut, Axis, Data, Dimension, ShapeBuilder};

use crate::value::{Decode, Encode, Malformed, Reader};

/// No learner's array is longer on one axis.
const LARGEST_SIDE: usize = 1 << 24;

/// Written with where each entry lies, so that a view of every other row, or of the rows from the last to the first, is
/// one on the other side too: a kata that takes such a view for a slice fails there as it does here.
impl<A: Encode + Clone, S: Data<Elem = A>, D: Dimension> Encode for ArrayBase<S, D> {
    fn encode(&self, out: &mut Vec<u8>) {
        self.shape().encode(out);
        self.strides().encode(out);
        self.iter().for_each(|entry| entry.encode(out));
    }
}

/// An array that arrived, to be lent as a view.
pub struct Strided<A, D: Dimension> {
    /// The entries with room between them, all strides positive.
    room: Vec<A>,
    shape: D,
    strides: D,
    /// The axes that run backwards.
    turned: Vec<usize>,
}

impl<A, D: Dimension> Strided<A, D> {
    /// The array as it was sent.
    ///
    /// # Panics
    ///
    /// Never: the strides were tried when it was read.
    #[must_use]
    pub fn view(&self) -> ArrayView<'_, A, D> {
        let shape = self.shape.clone().strides(self.strides.clone());
        let mut view = ArrayView::from_shape(shape, &self.room).expect("tried when it was read");
        self.turned.iter().for_each(|&axis| view.invert_axis(Axis(axis)));
        view
    }

    /// The array as it was sent, to be written to.
    ///
    /// # Panics
    ///
    /// Never: the strides were tried when it was read.
    #[must_use]
    pub fn view_mut(&mut self) -> ArrayViewMut<'_, A, D> {
        let shape = self.shape.clone().strides(self.strides.clone());
        let mut view = ArrayViewMut::from_shape(shape, &mut self.room).expect("tried when it was read");
        self.turned.iter().for_each(|&axis| view.invert_axis(Axis(axis)));
        view
    }
}

impl<A: Encode + Clone, D: Dimension> Encode for Strided<A, D> {
    fn encode(&self, out: &mut Vec<u8>) {
        self.view().encode(out);
    }
}

/// Shape, strides and entries in the order of the indices.
type ArrayParts<A, D> = (D, Vec<isize>, Vec<A>);

fn parts<A: Decode, D: Dimension>(from: &mut Reader<'_>) -> Result<ArrayParts<A, D>, Malformed> {
    let sides = (0..from.count()?).map(|_| from.size()).collect::<Result<Vec<usize>, _>>()?;
    let strides: Vec<isize> = from.decode()?;
    if D::NDIM.is_some_and(|ndim| ndim != sides.len()) || strides.len() != sides.len() {
        return Err(Malformed);
    }
    let mut shape = D::zeros(sides.len());
    if sides.iter().any(|&side| side > LARGEST_SIDE) {
        return Err(Malformed);
    }
    shape.slice_mut().copy_from_slice(&sides);
    let size = shape.size_checked().ok_or(Malformed)?;
    let entries = (0..size).map(|k| at(from, k, &sides)).collect::<Result<_, _>>()?;
    Ok((shape, strides, entries))
}

/// The entry at this place in the order of the indices.
fn at<A: Decode>(from: &mut Reader<'_>, k: usize, sides: &[usize]) -> Result<A, Malformed> {
    match sides {
        [] => from.decode(),
        [side, rest @ ..] => {
            let below = rest.iter().product::<usize>().max(1);
            from.at(k / below, *side, |from| at(from, k % below, rest))
        }
    }
}

impl<A: Decode + Clone + Default, D: Dimension> Decode for Strided<A, D> {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let (shape, sent, entries) = parts::<A, D>(from)?;
        let mut strides = D::zeros(shape.ndim());
        let mut length = usize::from(!entries.is_empty());
        for (axis, stride) in sent.iter().enumerate() {
            strides[axis] = stride.unsigned_abs();
            let steps = shape[axis].saturating_sub(1);
            length = length.saturating_add(steps.saturating_mul(strides[axis]));
        }
        // A view may leave out most of its array, and an empty one may have any strides.
        let wide = entries.is_empty() || length > 64 * (entries.len() + 64);
        let turned: Vec<usize> = (0..sent.len()).filter(|&axis| sent[axis] < 0 && !wide).collect();
        if wide {
            length = entries.len();
            strides = shape.default_strides();
        }
        let room = vec![A::default(); length];
        let mut array = Self { room, shape, strides, turned };
        let tried = array.shape.clone().strides(array.strides.clone());
        ArrayViewMut::from_shape(tried, &mut array.room).map_err(|_| Malformed)?;
        array.view_mut().iter_mut().zip(entries).for_each(|(place, entry)| *place = entry);
        Ok(array)
    }
}

impl<A: Decode + Clone, D: Dimension> Decode for Array<A, D> {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let (shape, sent, entries) = parts::<A, D>(from)?;
        // What a kata gives back owns its entries: row after row, or column after column.
        let column_major = sent.first().is_some_and(|first| sent.last().is_some_and(|last| first < last));
        let array = Self::from_shape_vec(shape, entries).map_err(|_| Malformed)?;
        if !column_major {
            return Ok(array);
        }
        let mut turned = array.reversed_axes();
        turned = turned.as_standard_layout().into_owned();
        Ok(turned.reversed_axes())
    }
}

/// Reads what became of a view that was lent to be changed.
///
/// # Errors
///
/// [`Malformed`] if it has another shape.
pub fn write_back_into_view<A: Decode, D: Dimension>(
    mut view: ArrayViewMut<'_, A, D>,
    from: &mut Reader<'_>,
) -> Result<(), Malformed> {
    let (shape, _, entries) = parts::<A, D>(from)?;
    if shape != view.raw_dim() {
        return Err(Malformed);
    }
    view.iter_mut().zip(entries).for_each(|(place, entry)| *place = entry);
    Ok(())
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, Ix1, Ix2, arr2, s};

    use super::*;

    #[test]
    fn a_view_keeps_its_strides() {
        let a = Array2::from_shape_fn((4, 3), |(i, j)| (3 * i + j) as f64);
        let views = [a.view(), a.t(), a.slice(s![..;-1, ..]), a.slice(s![..;2, 1..]), a.slice(s![1..1, ..])];
        for view in views {
            let mut out = Vec::new();
            view.encode(&mut out);
            let there: Strided<f64, Ix2> = Reader::new(&out).decode().unwrap();
            assert_eq!(there.view(), view);
            assert_eq!(there.view().as_slice().is_some(), view.as_slice().is_some());
            assert!(view.is_empty() || there.view().strides() == view.strides());
        }
    }

    #[test]
    fn an_array_keeps_its_order() {
        let a = arr2(&[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
        for array in [a.clone(), a.reversed_axes()] {
            let mut out = Vec::new();
            array.encode(&mut out);
            let there: Array2<f64> = Reader::new(&out).decode().unwrap();
            assert_eq!(there, array);
            assert_eq!(there.strides(), array.strides());
        }
    }

    #[test]
    fn strides_that_overlap_or_lead_outside_are_rejected() {
        let sent = |sides: Vec<usize>, strides: Vec<isize>, entries: usize| {
            let mut out = Vec::new();
            (sides, strides).encode(&mut out);
            vec![1.0_f64; entries].iter().for_each(|it| it.encode(&mut out));
            Reader::new(&out).decode::<Strided<f64, Ix1>>().map(|it| it.view().len())
        };
        assert_eq!(sent(vec![3], vec![1], 3), Ok(3));
        assert_eq!(sent(vec![3], vec![0], 3), Err(Malformed));
        assert_eq!(sent(vec![3], vec![isize::MIN], 3), Ok(3));
        assert_eq!(sent(vec![usize::MAX], vec![1], 3), Err(Malformed));
        assert_eq!(sent(vec![1, 3], vec![1, 1], 3), Err(Malformed));
    }
}
