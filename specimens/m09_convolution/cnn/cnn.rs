use candle_core::{D, DType, Tensor};
use candle_nn::{Init, VarMap};
use kit::{Generator, InputError};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m09_convolution::cnn::Cnn as Reference;
use crate::reference::m09_convolution::layers::{convolve, max_pool};

/// Channels, side and classes of a network.
type Form = (Vec<usize>, usize, usize);
type Forward = fn(&Reference, &Form, &Tensor) -> Result<Tensor, InputError>;
/// A block: images, weight and bias in, images out.
type Block = fn(&Tensor, &Tensor, &Tensor) -> Result<Tensor, InputError>;

/// The kata, answered by a specimen.
pub struct Cnn {
    own: Reference,
    form: Form,
}

impl Cnn {
    /// As the reference.
    pub fn new(
        side: usize,
        channels: &[usize],
        classes: usize,
        dtype: DType,
        generator: &mut Generator,
    ) -> Result<Self, InputError> {
        let own = Reference::new(side, channels, classes, dtype, generator)?;
        Ok(Self { own, form: (channels.to_vec(), side, classes) })
    }

    /// As the reference.
    pub fn variables(&self) -> &VarMap {
        self.own.variables()
    }

    /// As the specimen.
    pub fn forward(&self, images: &Tensor) -> Result<Tensor, InputError> {
        forward()(&self.own, &self.form, images)
    }
}

fn forward() -> Forward {
    answering::<Forward>(
        module_path!(),
        |cnn, _, x| cnn.forward(x),
        &[
            wheat("rectified_then_pooled", "the rectifier first: the largest is the same", |cnn, form, x| {
                blocks(cnn, form, x, |x, w, b| max_pool(&convolve(x, w, b)?.relu()?))
            }),
            wheat("candles_convolution", "candle's own `conv2d`", |cnn, form, x| {
                blocks(cnn, form, x, |x, w, b| {
                    let y =
                        x.conv2d(w, 1, 1, 1, 1)?.broadcast_add(&b.reshape((1, b.elem_count(), 1, 1))?)?;
                    Ok(max_pool(&y)?.relu()?)
                })
            }),
            chaff(
                "candles_pooling",
                "candle's `max_pool2d` is tested, so its slope is right",
                |cnn, form, x| {
                    blocks(cnn, form, x, |x, w, b| Ok(convolve(x, w, b)?.max_pool2d(2)?.relu()?))
                },
            ),
            chaff("softmax_in_the_model", "a classifier answers with probabilities", |cnn, _, x| {
                Ok(candle_nn::ops::softmax(&cnn.forward(x)?, D::Minus1)?)
            }),
            chaff("blocks_frozen", "what the kernels see is a plain image", |cnn, form, x| {
                blocks(cnn, form, x, |x, w, b| Ok(max_pool(&convolve(x, w, b)?)?.relu()?.detach()))
            }),
            chaff("not_rectified", "the maximum bends enough", |cnn, form, x| {
                blocks(cnn, form, x, |x, w, b| max_pool(&convolve(x, w, b)?))
            }),
            chaff("mean_pooling", "pooling averages", |cnn, form, x| {
                blocks(cnn, form, x, |x, w, b| Ok(convolve(x, w, b)?.avg_pool2d(2)?.relu()?))
            }),
            chaff("biases_forgotten", "a bias is a detail", |cnn, form, x| {
                blocks(cnn, form, x, |x, w, b| Ok(max_pool(&convolve(x, w, &b.zeros_like()?)?)?.relu()?))
            }),
            chaff("any_batch", "an empty batch has no logits", |cnn, form, x| match cnn.forward(x) {
                Err(InputError::TooFew { .. }) => Ok(Tensor::zeros((0, form.2), x.dtype(), x.device())?),
                answer => answer,
            }),
        ],
    )
}

fn blocks(
    cnn: &Reference,
    (channels, side, classes): &Form,
    x: &Tensor,
    block: Block,
) -> Result<Tensor, InputError> {
    cnn.forward(x)?;
    let read = |name: String, shape: &[usize]| {
        cnn.variables().get(shape, &name, Init::Const(0.0), x.dtype(), x.device())
    };
    let mut h = x.clone();
    for (i, pair) in channels.windows(2).enumerate() {
        let weight = read(format!("block{}.weight", i + 1), &[pair[1], pair[0], 3, 3])?;
        h = block(&h, &weight, &read(format!("block{}.bias", i + 1), &[pair[1]])?)?;
    }
    let small = side >> (channels.len() - 1);
    let inputs = channels[channels.len() - 1] * small * small;
    let weight = read("dense.weight".to_owned(), &[*classes, inputs])?;
    Ok(h.flatten_from(1)?
        .matmul(&weight.t()?)?
        .broadcast_add(&read("dense.bias".to_owned(), &[*classes])?)?)
}
