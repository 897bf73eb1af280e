//! The numbers of a tensor, in the order in which they lie in memory: a kata that forgets about transposed tensors shall
//! fail here as it does at home.

use candle_core::{DType, Device, Tensor};

use crate::value::{Decode, Encode, Malformed, Reader};

/// No learner's tensor is longer on one axis.
const LARGEST_SIDE: usize = 1 << 24;

/// Appends type, shape, order of the axes and numbers.
pub(super) fn put(tensor: &Tensor, out: &mut Vec<u8>) {
    let mut order: Vec<usize> = (0..tensor.rank()).collect();
    if !tensor.is_contiguous() {
        order.sort_by_key(|&axis| std::cmp::Reverse(tensor.stride()[axis]));
    }
    // What is neither contiguous nor a permutation of that is sent row after row.
    let lies = tensor.permute(order.clone()).ok().filter(Tensor::is_contiguous);
    let lies = lies.unwrap_or_else(|| {
        order.sort_unstable();
        tensor.clone()
    });
    let mut numbers = Vec::with_capacity(lies.elem_count() * lies.dtype().size_in_bytes());
    // A type without numbers arrives as one that has too few.
    let _ = lies.write_bytes(&mut numbers);
    lies.dtype().encode(out);
    lies.dims().encode(out);
    order.into_iter().map(|axis| axis as u8).collect::<Vec<u8>>().encode(out);
    numbers.len().encode(out);
    out.extend_from_slice(&numbers);
}

/// Reads it.
pub(super) fn take(from: &mut Reader<'_>) -> Result<Tensor, Malformed> {
    let (dtype, sides) = (DType::decode(from)?, Vec::<usize>::decode(from)?);
    let order: Vec<u8> = from.decode()?;
    let bytes = from.count()?;
    let bytes = from.bytes(bytes)?;
    let length = sides.iter().try_fold(dtype.size_in_bytes(), |product, &side| product.checked_mul(side));
    if length != Some(bytes.len()) || sides.iter().any(|&side| side > LARGEST_SIDE) {
        return Err(Malformed);
    }
    let lies = Tensor::from_raw_buffer(bytes, dtype, &sides, &Device::Cpu).map_err(|_| Malformed)?;
    if order.iter().enumerate().all(|(place, &axis)| place == usize::from(axis)) {
        return if order.len() == sides.len() { Ok(lies) } else { Err(Malformed) };
    }
    let place = |axis: usize| order.iter().position(|&it| usize::from(it) == axis).ok_or(Malformed);
    let back = (0..sides.len()).map(place).collect::<Result<Vec<_>, _>>()?;
    lies.permute(back).map_err(|_| Malformed)
}
