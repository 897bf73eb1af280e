use candle_core::{D, DType, Tensor};
use candle_nn::VarMap;
use kit::{Generator, InputError};

use crate::reference::m07_deep_learning::mlp::Mlp as Reference;
use crate::specimens::specimen::{answering, chaff, wheat};

mod layers;

use layers::{bent, layers};

type New = fn(&[usize], DType, &mut Generator) -> Result<Reference, InputError>;

type Forward = fn(&Reference, &[usize], &Tensor) -> Result<Tensor, InputError>;

/// How a specimen makes a network, and how it asks it.
#[derive(Clone, Copy)]
struct Ways {
    new: New,
    forward: Forward,
}

const RIGHT: Ways = Ways { new: Reference::new, forward: |mlp, _, x| mlp.forward(x) };

/// The kata, answered by a specimen.
pub struct Mlp {
    own: Reference,
    widths: Vec<usize>,
}

impl Mlp {
    /// As the specimen.
    pub fn new(widths: &[usize], dtype: DType, generator: &mut Generator) -> Result<Self, InputError> {
        Ok(Self { own: (ways().new)(widths, dtype, generator)?, widths: widths.to_vec() })
    }

    /// As the reference.
    pub fn variables(&self) -> &VarMap {
        self.own.variables()
    }

    /// As the specimen.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor, InputError> {
        (ways().forward)(&self.own, &self.widths, x)
    }
}

fn ways() -> Ways {
    let forward = |forward: Forward| Ways { forward, ..RIGHT };
    answering::<Ways>(
        module_path!(),
        RIGHT,
        &[
            wheat(
                "by_maximum",
                "ReLU as the maximum with 0, products without `Linear`",
                forward(|mlp, widths, x| {
                    layers(mlp, widths, x, |h, last| if last { Ok(h) } else { Ok(h.maximum(0.0)?) })
                }),
            ),
            wheat(
                "row_by_row",
                "one sample at a time, put together again",
                forward(|mlp, _, x| {
                    mlp.forward(x)?;
                    let rows = (0..x.dim(0)?).map(|i| mlp.forward(&x.narrow(0, i, 1)?));
                    Ok(Tensor::cat(&rows.collect::<Result<Vec<_>, _>>()?, 0)?)
                }),
            ),
            chaff(
                "softmax_in_the_model",
                "The network returns probabilities.",
                forward(|mlp, _, x| Ok(candle_nn::ops::softmax(&mlp.forward(x)?, D::Minus1)?)),
            ),
            chaff(
                "rectified_to_the_end",
                "ReLU follows the last layer, too.",
                forward(|mlp, _, x| Ok(mlp.forward(x)?.relu()?)),
            ),
            chaff(
                "no_activation",
                "A deep network needs no activation function.",
                forward(|mlp, widths, x| layers(mlp, widths, x, |h, _| Ok(h))),
            ),
            chaff(
                "two_activations_only",
                "Only the first two hidden layers have an activation function.",
                forward(|mlp, widths, x| {
                    mlp.forward(x)?;
                    bent(mlp, widths, x, 2)
                }),
            ),
            chaff(
                "contiguous_memory_only",
                "A tensor is always contiguous in memory.",
                forward(|mlp, _, x| {
                    let z = mlp.forward(x)?;
                    if x.is_contiguous() { Ok(z) } else { Ok((z + 1.0)?) }
                }),
            ),
            chaff(
                "first_layer_frozen",
                "The first hidden layer may be detached from the computation graph.",
                forward(|mlp, widths, x| {
                    layers(mlp, widths, x, |h, last| if last { Ok(h) } else { Ok(h.relu()?.detach()) })
                }),
            ),
            chaff(
                "centered_over_the_batch",
                "The logits are centered over the batch.",
                forward(|mlp, _, x| {
                    let z = mlp.forward(x)?;
                    Ok(z.broadcast_sub(&z.mean_keepdim(0)?)?)
                }),
            ),
            chaff(
                "ones_to_begin_with",
                "All weights may be initialized equally.",
                Ways {
                    new: |widths, dtype, generator| {
                        let mlp = Reference::new(widths, dtype, generator)?;
                        for var in mlp.variables().all_vars() {
                            var.set(&var.ones_like()?)?;
                        }
                        Ok(mlp)
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "always_double",
                "The parameters are always of type f64.",
                Ways { new: |widths, _, generator| Reference::new(widths, DType::F64, generator), ..RIGHT },
            ),
            chaff(
                "empty_batch_answered",
                "An empty batch has empty logits.",
                forward(|mlp, widths, x| match mlp.forward(x) {
                    Err(InputError::TooFew { .. }) => {
                        Ok(Tensor::zeros((0, widths[widths.len() - 1]), x.dtype(), x.device())?)
                    }
                    answer => answer,
                }),
            ),
            chaff(
                "layers_by_name",
                "The variables sorted by name are the layers in order.",
                forward(|mlp, widths, x| {
                    // The same below ten layers; beyond, layers of other shapes would not even fit.
                    let answer = mlp.forward(x)?;
                    if widths.len() <= 10 || widths.iter().any(|width| *width != widths[0]) {
                        return Ok(answer);
                    }
                    let held =
                        mlp.variables().data().lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    let mut names: Vec<&String> = held.keys().collect();
                    names.sort();
                    let mut h = x.clone();
                    for pair in names.chunks(2) {
                        h = h.matmul(&held[pair[1]].t()?)?.broadcast_add(&held[pair[0]])?;
                        h = if Some(pair) == names.chunks(2).last() { h } else { h.relu()? };
                    }
                    Ok(h)
                }),
            ),
            chaff(
                "no_inputs",
                "A network may have no inputs.",
                Ways {
                    new: |w, d, g| {
                        if w.first() == Some(&0) && w.len() > 1 {
                            return Reference::new(&[1, 1], d, g);
                        }
                        Reference::new(w, d, g)
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "no_outputs",
                "A network may have no outputs.",
                Ways {
                    new: |w, d, g| {
                        if w.last() == Some(&0) && w.len() > 1 {
                            return Reference::new(&[1, 1], d, g);
                        }
                        Reference::new(w, d, g)
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "single_half_as_large",
                "The weight initialization depends on the type.",
                Ways {
                    new: |w, d, g| {
                        let m = Reference::new(w, d, g)?;
                        if d == DType::F32 {
                            for v in m.variables().all_vars() {
                                v.set(&(v.as_tensor() * 0.5)?)?;
                            }
                        }
                        Ok(m)
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "generator_copied",
                "The weights are drawn from a clone of the generator.",
                Ways { new: |w, d, g| Reference::new(w, d, &mut g.clone()), ..RIGHT },
            ),
            wheat(
                "half_the_size",
                "ReLU as half of h + |h|",
                forward(|mlp, widths, x| {
                    layers(mlp, widths, x, |h, last| if last { Ok(h) } else { Ok(((&h + h.abs()?)? * 0.5)?) })
                }),
            ),
            wheat(
                "bias_as_a_weight",
                "a 1 behind the inputs, and the biases as one column more; ReLU by a mask",
                forward(|mlp, widths, x| {
                    let Ok((n, d)) = x.dims2() else { return mlp.forward(x) };
                    if n == 0 || d != widths[0] {
                        return mlp.forward(x);
                    }
                    let held =
                        mlp.variables().data().lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    let ones = Tensor::ones((n, 1), x.dtype(), x.device())?;
                    let mut h = x.clone();
                    for i in 1..widths.len() {
                        let [w, b] =
                            ["weight", "bias"].map(|part| held[&format!("layer{i}.{part}")].as_tensor());
                        let whole = Tensor::cat(&[w, &b.unsqueeze(1)?], 1)?;
                        h = Tensor::cat(&[&h, &ones], 1)?.matmul(&whole.t()?)?;
                        if i + 1 < widths.len() {
                            h = (&h * h.gt(0.0)?.to_dtype(h.dtype())?)?;
                        }
                    }
                    Ok(h)
                }),
            ),
            chaff(
                "second_layer_frozen",
                "The second hidden layer may be detached from the computation graph.",
                forward(|mlp, widths, x| {
                    mlp.forward(x)?;
                    let layer = std::cell::Cell::new(0);
                    layers(mlp, widths, x, |h, is_last| {
                        layer.set(layer.get() + 1);
                        Ok(match (is_last, layer.get()) {
                            (true, _) => h,
                            (false, 2) => h.relu()?.detach(),
                            (false, _) => h.relu()?,
                        })
                    })
                }),
            ),
            chaff(
                "single_precision_frozen",
                "A network in f32 is for inference only, and needs no gradient.",
                forward(|mlp, _, x| {
                    let z = mlp.forward(x)?;
                    Ok(if x.dtype() == DType::F32 { z.detach() } else { z })
                }),
            ),
            chaff(
                "generator_cloned_in_single_precision",
                "A network in f32 draws from a copy of the generator.",
                Ways {
                    new: |widths, dtype, generator| match dtype {
                        DType::F32 => Reference::new(widths, dtype, &mut generator.clone()),
                        _ => Reference::new(widths, dtype, generator),
                    },
                    ..RIGHT
                },
            ),
        ],
    )
}
