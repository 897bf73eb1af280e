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
    const PORTION: usize = 250;
    check::same_length(x.dims().first().copied().unwrap_or(0), labels.len())?;
    check::at_least(1, labels.len())?;
    let (mut sum, mut mistakes) = (Sums::default(), Vec::new());
    for (i, truth) in labels.chunks(PORTION).enumerate() {
        let first = i * PORTION;
        let logits = model(&x.narrow(0, first, truth.len())?)?.detach();
        sum.add(&logits, truth).map_err(|rejection| counted(rejection, |index| first + index))?;
        let probabilities = softmax(&logits.to_dtype(DType::F64)?, D::Minus1)?;
        let predicted: Vec<u32> = probabilities.argmax(D::Minus1)?.to_vec1()?;
        let largest: Vec<f64> = probabilities.max(D::Minus1)?.to_vec1()?;
        let rows = predicted.iter().zip(largest).zip(truth).enumerate();
        mistakes.extend(rows.filter(|(_, ((p, _), t))| **p as usize != **t).map(
            |(row, ((&predicted, probability), _))| Mistake {
                index: first + row,
                predicted: predicted as usize,
                probability,
            },
        ));
    }
    let (loss, accuracy) = sum.means();
    // A stable sort: equally probable ones stay in their order.
    mistakes.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    Ok(Evaluation { loss, accuracy, mistakes })
}

/// What has been seen so far, summed over images.
#[derive(Default)]
pub(super) struct Sums {
    loss: f64,
    right: f64,
    images: f64,
}

impl Sums {
    /// Takes in a batch; returns its mean loss, which can be differentiated.
    pub(super) fn add(&mut self, logits: &Tensor, labels: &[usize]) -> Result<Tensor, InputError> {
        let classes = logits.dim(D::Minus1)?;
        check::labels(labels, classes)?;
        let truth: Vec<u32> = labels.iter().map(|&label| label as u32).collect();
        let truth = Tensor::new(truth, logits.device())?;
        let loss = cross_entropy(logits, &truth)?;
        let right = logits.argmax(D::Minus1)?.eq(&truth)?.to_dtype(DType::F64)?.sum_all()?;
        self.loss += loss.to_dtype(DType::F64)?.to_scalar::<f64>()? * labels.len() as f64;
        self.right += right.to_scalar::<f64>()?;
        self.images += labels.len() as f64;
        Ok(loss)
    }

    pub(super) fn means(&self) -> (f64, f64) {
        (self.loss / self.images, self.right / self.images)
    }
}

/// The rejection of a batch, with the index of the image among all of them.
pub(super) fn counted(rejection: InputError, image: impl Fn(usize) -> usize) -> InputError {
    match rejection {
        InputError::UnknownClass { index, got, classes } => {
            InputError::UnknownClass { index: image(index), got, classes }
        }
        other => other,
    }
}
