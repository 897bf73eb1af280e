//! The gradient of a network, compared with finite differences of its definition.

use candle_core::{Device, Tensor};
use judge::{Answer, Broken, ensure};
use katas::m09_convolution::cnn::Cnn;
use ndarray::{Array4, s};

use super::super::arrays::numbers;
use super::definition::{by_hand, sorted, tensor};

/// Compares the gradient of Σ z²/2 with finite differences of the definition, at three numbers of each variable.
pub fn gradient_is_right(cnn: &Cnn, blocks: usize, x: &Array4<f64>) -> Result<(), Broken> {
    let z = cnn.forward(&tensor(x)?).accepted("forward(images)")?;
    let gradients = z.sqr().and_then(|z| (z.sum_all()? * 0.5)?.backward()).accepted("backward()")?;
    let loss = || -> Result<f64, Broken> {
        let one = |i: usize| by_hand(cnn, blocks, x.slice(s![i, .., .., ..]).to_owned());
        let all = (0..x.dim().0).map(one).collect::<Result<Vec<_>, _>>()?;
        Ok(all.concat().iter().map(|z| z * z / 2.0).sum())
    };
    for (name, var) in sorted(cnn.variables()) {
        let at = numbers(&name, &var)?;
        let got = gradients.get(&var).map_or(Ok(vec![0.0; at.len()]), |g| numbers("a gradient", g))?;
        for k in [0, at.len() / 2, at.len() - 1] {
            let shifted = |h: f64| -> Result<f64, Broken> {
                let mut to = at.clone();
                to[k] += h;
                let to = Tensor::from_vec(to, var.dims(), &Device::Cpu).accepted("a tensor")?;
                var.set(&to).accepted("a variable")?;
                loss()
            };
            const H: f64 = 1.0 / (1 << 20) as f64;
            let (right, middle, left) = (shifted(H)?, shifted(0.0)?, shifted(-H)?);
            // Where a tie of pixels or the kink of a ReLU lies within the step, the derivative of either side is right.
            let (above, below) = ((right - middle) / H, (middle - left) / H);
            let slack = 1e-4 * (1.0 + middle + above.abs() + below.abs());
            let look = "Does max pooling use candle's own gradient, or give the whole gradient to each of \
                several equal maxima, or is a layer cut off by `detach`? It would \
                learn too slowly, or never.";
            ensure((above.min(below) - slack..=above.max(below) + slack).contains(&got[k]), || {
                Broken::answer(
                    format!("the derivative of Σ z²/2 by {name}[{k}] = {}", got[k]),
                    format!("{above:.4}, give or take {slack:.1e}"),
                    look,
                )
            })?;
        }
    }
    Ok(())
}
