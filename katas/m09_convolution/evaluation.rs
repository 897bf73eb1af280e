//! Evaluation of a classifier: loss, accuracy, and the images it gets wrong.

use candle_core::{D, DType, Tensor};
use candle_nn::loss::cross_entropy;
use candle_nn::ops::softmax;
use kit::{InputError, check};

/// A network as a function: n images in (n × channels × rows × columns), n×k logits out.
pub type Model<'a> = dyn Fn(&Tensor) -> Result<Tensor, InputError> + 'a;

/// Loss, accuracy and misclassified images of a classifier.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The mean cross-entropy.
    pub loss: f64,
    /// The fraction of images whose largest logit is that of the label.
    pub accuracy: f64,
    /// The misclassified images, in descending order of predicted probability.
    pub mistakes: Vec<Mistake>,
}

/// A misclassified image.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// The index of the image, from 0.
    pub index: usize,
    /// The predicted class: that of the largest logit.
    pub predicted: usize,
    /// The predicted probability of that class (softmax).
    pub probability: f64,
}

/// Evaluates a classifier on images that it does not learn from: loss, accuracy, and the misclassified images.
///
/// * `model`: the network. `x`, `labels`: N images and their N labels. The images are passed to the model in their
///   order, in batches of at most 250.
/// * Returns mean cross-entropy and accuracy over all images, each with the same weight, and the misclassified
///   images in descending order of the predicted probability (the most overconfident first), equally probable ones
///   by index.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if there is not one label per image; `left` is the number of images;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no image;
/// * [`InputError::UnknownClass`] with the index of an image whose label is not below the number of logits;
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
/// In Python: `torch.nn.functional.cross_entropy(logits, labels)` and `sklearn.metrics.accuracy_score(labels,
/// logits.argmax(1))`.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §11.5 ("visualize the worst mistakes").
pub fn evaluate(model: &Model, x: &Tensor, labels: &[usize]) -> Result<Evaluation, InputError> {
    todo!()
}
