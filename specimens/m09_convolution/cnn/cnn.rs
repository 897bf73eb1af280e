use candle_core::{D, DType, Tensor};
use candle_nn::VarMap;
use kit::{Generator, InputError};

use crate::reference::m09_convolution::cnn::Cnn as Reference;
use crate::reference::m09_convolution::layers::{convolve, max_pool};
use crate::specimens::specimen::{answering, chaff, wheat};

mod blocks;

use blocks::{blocks, by_candles_convolution, with_max_over_axes};

/// Channels, side and classes of a network.
type Form = (Vec<usize>, usize, usize);

type Forward = fn(&Reference, &Form, &Tensor) -> Result<Tensor, InputError>;

/// A block: images, weight and bias in, images out.
type Block = fn(&Tensor, &Tensor, &Tensor) -> Result<Tensor, InputError>;

type New = fn(usize, &[usize], usize, DType, &mut Generator) -> Result<Reference, InputError>;

/// How a specimen makes a network, and how it asks it.
#[derive(Clone, Copy)]
struct Ways {
    new: New,
    forward: Forward,
}

const RIGHT: Ways = Ways { new: Reference::new, forward: |cnn, _, x| cnn.forward(x) };

/// The kata, answered by a specimen.
pub struct Cnn {
    own: Reference,
    form: Form,
}

impl Cnn {
    /// As the specimen.
    pub fn new(
        side: usize,
        channels: &[usize],
        classes: usize,
        dtype: DType,
        generator: &mut Generator,
    ) -> Result<Self, InputError> {
        let own = (ways().new)(side, channels, classes, dtype, generator)?;
        Ok(Self { own, form: (channels.to_vec(), side, classes) })
    }

    /// As the reference.
    pub fn variables(&self) -> &VarMap {
        self.own.variables()
    }

    /// As the specimen.
    pub fn forward(&self, images: &Tensor) -> Result<Tensor, InputError> {
        (ways().forward)(&self.own, &self.form, images)
    }
}

fn ways() -> Ways {
    let made = |new: New| Ways { new, ..RIGHT };
    answering::<Ways>(
        module_path!(),
        RIGHT,
        &[
            wheat(
                "rectified_then_pooled",
                "ReLU first, then pooling: the result is the same",
                Ways {
                    forward: |cnn, form, x| {
                        blocks(cnn, form, x, |x, w, b| max_pool(&convolve(x, w, b)?.relu()?))
                    },
                    ..RIGHT
                },
            ),
            wheat(
                "candles_convolution",
                "candle's own `conv2d`",
                Ways { forward: |cnn, form, x| blocks(cnn, form, x, by_candles_convolution), ..RIGHT },
            ),
            chaff(
                "candles_pooling",
                "candle's `max_pool2d` is well tested, so its gradient is right.",
                Ways {
                    forward: |cnn, form, x| {
                        blocks(cnn, form, x, |x, w, b| Ok(convolve(x, w, b)?.max_pool2d(2)?.relu()?))
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "whole_gradient_to_each",
                "`max` over an axis is differentiable, so its gradient is right for equal pixels, too.",
                Ways { forward: |cnn, form, x| blocks(cnn, form, x, with_max_over_axes), ..RIGHT },
            ),
            chaff(
                "softmax_in_the_model",
                "The output of a classifier is softmax probabilities, not logits.",
                Ways {
                    forward: |cnn, _, x| Ok(candle_nn::ops::softmax(&cnn.forward(x)?, D::Minus1)?),
                    ..RIGHT
                },
            ),
            chaff(
                "blocks_frozen",
                "The feature maps are constants for the gradient (detached).",
                Ways {
                    forward: |cnn, form, x| {
                        blocks(cnn, form, x, |x, w, b| Ok(max_pool(&convolve(x, w, b)?)?.relu()?.detach()))
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "not_rectified",
                "Max pooling is nonlinear, so no activation function is needed.",
                Ways {
                    forward: |cnn, form, x| blocks(cnn, form, x, |x, w, b| max_pool(&convolve(x, w, b)?)),
                    ..RIGHT
                },
            ),
            chaff(
                "mean_pooling",
                "Pooling takes the mean of each window.",
                Ways {
                    forward: |cnn, form, x| {
                        blocks(cnn, form, x, |x, w, b| Ok(convolve(x, w, b)?.avg_pool2d(2)?.relu()?))
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "biases_forgotten",
                "The convolutional layers have no bias.",
                Ways {
                    forward: |cnn, form, x| {
                        blocks(cnn, form, x, |x, w, b| {
                            Ok(max_pool(&convolve(x, w, &b.zeros_like()?)?)?.relu()?)
                        })
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "any_batch",
                "An empty batch gives an empty array of logits.",
                Ways {
                    forward: |cnn, form, x| match cnn.forward(x) {
                        Err(InputError::TooFew { .. }) => {
                            Ok(Tensor::zeros((0, form.2), x.dtype(), x.device())?)
                        }
                        answer => answer,
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "needs_memory_in_order",
                "A tensor is always contiguous in memory.",
                Ways {
                    forward: |cnn, _, x| {
                        let z = cnn.forward(x)?;
                        if x.is_contiguous() { Ok(z) } else { Ok((z + 1.0)?) }
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "empty_without_blocks",
                "Only a convolution rejects an empty batch.",
                Ways {
                    forward: |cnn, form, x| match cnn.forward(x) {
                        Err(InputError::TooFew { .. }) if form.0.len() == 1 => {
                            Ok(Tensor::zeros((0, form.2), x.dtype(), x.device())?)
                        }
                        answer => answer,
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "parts_begin_anew",
                "Images are taken 32 at a time, each part from the first one on.",
                Ways {
                    forward: |cnn, _, x| {
                        let z = cnn.forward(x)?;
                        let n = z.dim(0)?;
                        if n <= 32 {
                            return Ok(z);
                        }
                        let first = z.narrow(0, 0, 32)?;
                        Ok(Tensor::cat(&[&first, &z.narrow(0, 0, 1)?.repeat((n - 32, 1))?], 0)?)
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "capped_at_six",
                "The activation function is ReLU6 (capped at 6).",
                Ways {
                    forward: |cnn, form, x| {
                        blocks(cnn, form, x, |x, w, b| Ok(max_pool(&convolve(x, w, b)?)?.clamp(0.0, 6.0)?))
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "generator_copied",
                "The network draws its weights from a copy of the generator.",
                made(|side, channels, k, dtype, g| Reference::new(side, channels, k, dtype, &mut g.clone())),
            ),
            chaff(
                "single_half_as_large",
                "Weights in f32 are initialized half as large.",
                made(|side, channels, k, dtype, g| {
                    let cnn = Reference::new(side, channels, k, dtype, g)?;
                    for var in cnn.variables().all_vars().iter().filter(|_| dtype == DType::F32) {
                        var.set(&(var.as_tensor() * 0.5)?)?;
                    }
                    Ok(cnn)
                }),
            ),
            chaff(
                "side_of_two_a_block",
                "A side of twice the number of blocks is enough.",
                made(|side, channels, k, dtype, g| {
                    let rejected = Reference::new(side, channels, k, dtype, g);
                    match rejected {
                        Err(InputError::OutOfRange { name: "side", .. })
                            if side >= 2 * (channels.len() - 1) =>
                        {
                            Reference::new(1 << (channels.len() - 1), channels, k, dtype, g)
                        }
                        answer => answer,
                    }
                }),
            ),
            chaff(
                "blocks_looked_at",
                "Only the channels of the blocks are checked, not those of the image.",
                made(|side, channels, k, dtype, g| {
                    if channels.first() == Some(&0) && channels.len() > 1 && !channels[1..].contains(&0) {
                        return Reference::new(side, &[&[1], &channels[1..]].concat(), k, dtype, g);
                    }
                    Reference::new(side, channels, k, dtype, g)
                }),
            ),
            wheat(
                "nine_products",
                "one matrix product per kernel entry; pooling by two maxima of pairs",
                Ways {
                    forward: |cnn, form, x| {
                        blocks(cnn, form, x, |x, w, b| {
                            let ((n, c, h, side), o) = (x.dims4()?, w.dim(0)?);
                            let wide = x.pad_with_zeros(2, 1, 1)?.pad_with_zeros(3, 1, 1)?;
                            let mut y = b.reshape((1, o, 1))?.broadcast_as((n, o, h * side))?.contiguous()?;
                            for (i, j) in (0..9).map(|e| (e / 3, e % 3)) {
                                let entry = w.narrow(2, i, 1)?.narrow(3, j, 1)?.reshape((1, o, c))?;
                                let moved = wide.narrow(2, i, h)?.narrow(3, j, side)?.contiguous()?;
                                let moved = moved.reshape((n, c, h * side))?;
                                y = (y + entry.broadcast_matmul(&moved)?)?;
                            }
                            let (r, s) = (h / 2, side / 2);
                            let y = y.reshape((n, o, h, side))?.narrow(2, 0, 2 * r)?.narrow(3, 0, 2 * s)?;
                            let rows = y.contiguous()?.reshape((n, o, r, 2, 2 * s))?;
                            let y = rows.narrow(3, 0, 1)?.maximum(&rows.narrow(3, 1, 1)?)?;
                            let pairs = y.reshape((n, o, r, s, 2))?;
                            let y = pairs.narrow(4, 0, 1)?.maximum(&pairs.narrow(4, 1, 1)?)?;
                            Ok(y.reshape((n, o, r, s))?.maximum(0.0)?)
                        })
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "three_decimals_in_single_precision",
                "In f32 the logits need only three decimals.",
                forwarded(|cnn, _, x| {
                    let z = cnn.forward(x)?;
                    Ok(if x.dtype() == DType::F32 { ((z * 1e3)?.round()? * 1e-3)? } else { z })
                }),
            ),
            chaff(
                "third_block_frozen",
                "From three blocks on a network is not trained.",
                forwarded(|cnn, form, x| {
                    let z = cnn.forward(x)?;
                    Ok(if form.0.len() > 3 { z.detach() } else { z })
                }),
            ),
            chaff(
                "seven_blocks_at_most",
                "A network has at most seven blocks.",
                Ways {
                    new: |side, channels, classes, dtype, generator| {
                        if channels.len() > 8 {
                            Err(InputError::OutOfRange {
                                name: "side",
                                got: side as f64,
                                wanted: "at least 2 in each block",
                            })
                        } else {
                            Reference::new(side, channels, classes, dtype, generator)
                        }
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "generator_cloned_in_single_precision",
                "A network in f32 draws from a copy of the generator.",
                Ways {
                    new: |side, channels, classes, dtype, generator| match dtype {
                        DType::F32 => Reference::new(side, channels, classes, dtype, &mut generator.clone()),
                        _ => Reference::new(side, channels, classes, dtype, generator),
                    },
                    ..RIGHT
                },
            ),
        ],
    )
}

fn forwarded(forward: Forward) -> Ways {
    Ways { forward, ..RIGHT }
}
