//! How well a network does, and what it gets wrong.

use candle_core::{D, DType, Tensor};
use candle_nn::loss::cross_entropy;
use candle_nn::ops::softmax;
use kit::{InputError, check};

/// A network by what it does: n images in (n × channels × rows × columns), n×k logits out.
pub type Model<'a> = dyn Fn(&Tensor) -> Result<Tensor, InputError> + 'a;

/// How well a network does, and where it errs.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The mean cross-entropy.
    pub loss: f64,
    /// The share of images whose largest logit is that of the label.
    pub accuracy: f64,
    /// The other images; the one about which the network is surest comes first.
    pub mistakes: Vec<Mistake>,
}

/// An image that a network classifies wrongly.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// Which image, from 0.
    pub index: usize,
    /// The class with the largest logit.
    pub predicted: usize,
    /// The probability that the network gives to that class.
    pub probability: f64,
}

/// How well a network does on images from which it does not learn, and which of them it gets wrong.
///
/// * `model`: the network. `x`, `labels`: N images and their N labels. The images are handed to the model in their order,
///   in portions of at most 250.
/// * Returns loss and accuracy over all of them, each counting the same, and the mistakes by falling probability, equally
///   probable ones by index.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if there is not one image a label; `left` is the number of images;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no image;
/// * [`InputError::UnknownClass`] with the index of the first image whose label is not below the number of logits;
/// * whatever the model rejects.
///
/// ```
/// # use candle_core::{Device, Tensor};
/// # use katas::m09_convolution::evaluation::evaluate;
/// let logits = Tensor::new(&[[2.0_f64, 0.0], [0.0, 3.0]], &Device::Cpu)?;
/// let found = evaluate(&|x| Ok(x.clone()), &logits, &[0, 0])?;
/// assert_eq!((found.accuracy, found.mistakes[0].index, found.mistakes[0].predicted), (0.5, 1, 1));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §11.5 ("visualize the worst mistakes").
pub fn evaluate(model: &Model, x: &Tensor, labels: &[usize]) -> Result<Evaluation, InputError> {
    todo!()
}
