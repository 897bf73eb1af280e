//! An optimizer that the laws give to a kata: it stays with them, and steps by the gradients of what they sent.

#[cfg(not(feature = "proxy"))]
pub use given::GivenOptimizer;
#[cfg(feature = "proxy")]
pub use laws::optimize;

/// A step; the gradients follow.
const STEP: u8 = 0;
const LEARNING_RATE: u8 = 1;
const SET_LEARNING_RATE: u8 = 2;

#[cfg(not(feature = "proxy"))]
mod given {
    use candle_core::backprop::GradStore;
    use candle_core::{Error, Result, Var};
    use candle_nn::Optimizer;

    use super::{LEARNING_RATE, SET_LEARNING_RATE, STEP};
    use crate::tensors::{context, numbers};
    use crate::value::Encode;
    use crate::worker::{ask, question};

    /// The kata's end of it.
    #[derive(Debug)]
    pub struct GivenOptimizer {
        function: usize,
    }

    impl GivenOptimizer {
        /// The one that the laws gave as this argument.
        #[must_use]
        pub fn new(function: usize) -> Self {
            Self { function }
        }

        fn asks(&self, what: u8) -> Vec<u8> {
            let mut asked = question(self.function);
            asked.push(what);
            asked
        }
    }

    impl Optimizer for GivenOptimizer {
        type Config = ();

        fn new(_: Vec<Var>, (): ()) -> Result<Self> {
            Err(Error::Msg("this optimizer is given, not made".to_owned()))
        }

        fn step(&mut self, gradients: &GradStore) -> Result<()> {
            let known = context::known();
            let found: Vec<_> =
                known.iter().filter_map(|(number, it)| Some((number, gradients.get(it)?))).collect();
            let mut asked = self.asks(STEP);
            found.len().encode(&mut asked);
            for (number, gradient) in found {
                number.encode(&mut asked);
                numbers::put(gradient, &mut asked);
            }
            ask(asked, |from| from.decode::<std::result::Result<(), String>>()).map_err(Error::Msg)
        }

        fn learning_rate(&self) -> f64 {
            ask(self.asks(LEARNING_RATE), |from| from.decode())
        }

        fn set_learning_rate(&mut self, learning_rate: f64) {
            let mut asked = self.asks(SET_LEARNING_RATE);
            learning_rate.encode(&mut asked);
            ask(asked, |from| from.decode())
        }
    }
}

#[cfg(feature = "proxy")]
mod laws {
    use candle_core::backprop::GradStore;
    use candle_core::{DType, Result, Tensor};
    use candle_nn::Optimizer;

    use super::{LEARNING_RATE, SET_LEARNING_RATE, STEP};
    use crate::tensors::{context, numbers};
    use crate::value::{Decode, Encode, Malformed, Reader};

    /// The laws' end: does what the kata asks of it.
    ///
    /// # Errors
    ///
    /// [`Malformed`] if that cannot be asked.
    pub fn optimize<O: Optimizer>(
        optimizer: &mut O,
        from: &mut Reader<'_>,
        out: &mut Vec<u8>,
    ) -> std::result::Result<(), Malformed> {
        match from.byte()? {
            STEP => {
                let mut pulled = Vec::new();
                for _ in 0..from.count()? {
                    let number = u64::decode(from)?;
                    pulled.push((context::find(number).ok_or(Malformed)?, numbers::take(from)?));
                }
                step(optimizer, &pulled).map_err(|error| error.to_string()).encode(out);
            }
            LEARNING_RATE => optimizer.learning_rate().encode(out),
            SET_LEARNING_RATE => optimizer.set_learning_rate(from.decode()?),
            _ => return Err(Malformed),
        }
        Ok(())
    }

    /// Steps by the gradients of these tensors: those of their graphs follow by the chain rule.
    fn step<O: Optimizer>(optimizer: &mut O, pulled: &[(Tensor, Tensor)]) -> Result<()> {
        let product =
            |(tensor, gradient): &(Tensor, Tensor)| tensor.mul(gradient)?.sum_all()?.to_dtype(DType::F64);
        let products = pulled.iter().map(product).collect::<Result<Vec<_>>>()?;
        if products.is_empty() {
            return optimizer.step(&GradStore::default());
        }
        optimizer.step(&Tensor::stack(&products, 0)?.sum_all()?.backward()?)
    }
}
