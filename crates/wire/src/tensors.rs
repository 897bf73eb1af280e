//! Tensors of candle, with what backpropagation needs of the other end.
//!
//! A tensor is sent as its numbers. If it has a computation graph, the graph stays where it was made: the other end gets
//! the numbers, and asks for the gradients when its own backward pass comes there ([`anchor`]). Variables are sent as
//! their numbers too, and what a learner's optimizer makes of them comes back with the next message ([`context`]).

mod anchor;
mod context;
mod numbers;
mod optimizer;
mod sent;
mod variables;

pub(crate) use anchor::gradients;
#[cfg(feature = "proxy")]
pub(crate) use context::take_changes;
pub(crate) use context::{ASK, enter, leave, put_changes};
#[cfg(not(feature = "proxy"))]
pub use optimizer::GivenOptimizer;
#[cfg(feature = "proxy")]
pub use optimizer::optimize;
#[cfg(feature = "proxy")]
pub use variables::own_variables;
#[cfg(not(feature = "proxy"))]
pub use variables::put_own_variables;

use candle_core::{DType, Tensor};

use crate::value::{Decode, Encode, Malformed, Reader};

/// A tensor without a graph.
const PLAIN: u8 = 0;
/// A tensor whose graph stays behind; its number follows.
const TRACKED: u8 = 1;

impl Encode for Tensor {
    fn encode(&self, out: &mut Vec<u8>) {
        numbers::put(self, out);
        match self.track_op().then(|| sent::send(self)).flatten() {
            Some(number) => {
                out.push(TRACKED);
                number.encode(out);
            }
            None => out.push(PLAIN),
        }
    }
}

impl Decode for Tensor {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let value = numbers::take(from)?;
        match from.byte()? {
            PLAIN => Ok(value),
            TRACKED => {
                let number = from.decode()?;
                sent::receive(&value, number).map_err(|_| Malformed)
            }
            _ => Err(Malformed),
        }
    }
}

impl Encode for DType {
    fn encode(&self, out: &mut Vec<u8>) {
        self.as_str().encode(out);
    }
}

impl Decode for DType {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        from.decode::<String>()?.parse().map_err(|_| Malformed)
    }
}

#[cfg(test)]
mod tests {
    use candle_core::{Device, Var};

    use super::*;

    #[test]
    fn numbers_types_shapes_and_the_order_in_memory_cross() {
        let a = Tensor::new(&[[1.0_f64, -0.0, f64::NAN], [4.0, 5.0, 1.0 / 3.0]], &Device::Cpu).unwrap();
        let all = [
            a.clone(),
            a.t().unwrap(),
            a.to_dtype(DType::F32).unwrap().unsqueeze(0).unwrap().permute((2, 0, 1)).unwrap(),
            Tensor::new(7_u32, &Device::Cpu).unwrap(),
            Tensor::zeros((0, 3), DType::U8, &Device::Cpu).unwrap(),
            a.narrow(1, 1, 2).unwrap(),
        ];
        for tensor in all {
            let mut out = Vec::new();
            tensor.encode(&mut out);
            let mut from = Reader::new(&out);
            let there: Tensor = from.decode().unwrap();
            assert_eq!(from.end(), Ok(()));
            assert_eq!((there.dtype(), there.dims()), (tensor.dtype(), tensor.dims()));
            assert_eq!(there.is_contiguous(), tensor.is_contiguous() || tensor.dims() == [2, 2]);
            let bits = |t: &Tensor| -> Vec<u64> {
                let flat = t.flatten_all().unwrap().to_dtype(DType::F64).unwrap().to_vec1::<f64>().unwrap();
                flat.into_iter().map(f64::to_bits).collect()
            };
            assert_eq!(bits(&there), bits(&tensor));
        }
    }

    #[test]
    fn what_is_no_tensor_is_rejected() {
        let mut out = Vec::new();
        ("f64", vec![2_usize, 2], vec![0_u8, 1], vec![0_u8; 24]).encode(&mut out);
        out.push(PLAIN);
        assert!(Reader::new(&out).decode::<Tensor>().is_err());
        let mut out = Vec::new();
        ("f64", vec![usize::MAX, 0], vec![0_u8, 1], Vec::<u8>::new()).encode(&mut out);
        out.push(PLAIN);
        assert!(Reader::new(&out).decode::<Tensor>().is_err());
        // Outside of a call no other end can be asked for gradients.
        let mut out = Vec::new();
        Var::new(1.0, &Device::Cpu).unwrap().as_tensor().encode(&mut out);
        assert_eq!(out.last(), Some(&PLAIN));
    }
}
