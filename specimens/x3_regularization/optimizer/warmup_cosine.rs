use std::f64::consts::PI;

use kit::InputError;

use crate::reference::x3_regularization::optimizer as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Rate = Result<f64, InputError>;
type WarmupCosine = fn(usize, usize, usize, f64) -> Rate;

/// The kata, answered by a specimen.
pub fn warmup_cosine(
    step: usize,
    warmup: usize,
    steps: usize,
    max_learning_rate: f64,
) -> Result<f64, InputError> {
    answering::<WarmupCosine>(
        module_path!(),
        reference::warmup_cosine,
        &[
            wheat("square_of_a_sine", "takes the cosine as a square", |t, w, steps, rate| {
                falling(t, w, steps, rate, |progress| (PI / 2.0 * (1.0 - progress)).sin().powi(2))
            }),
            wheat("from_the_end", "counts the steps that are left", |t, w, steps, rate| {
                falling(t, w, steps, rate, |progress| 0.5 - (PI * (1.0 - progress)).cos() / 2.0)
            }),
            chaff("no_warmup", "The schedule begins at the largest rate.", |t, w, steps, rate| {
                reference::warmup_cosine(t, w, steps, rate)?;
                reference::warmup_cosine(t, 0, steps, rate)
            }),
            chaff("constant_warmup", "During the warmup the rate is constant.", |t, w, steps, rate| {
                reference::warmup_cosine(t.max(w).min(steps.max(t)), w, steps, rate)
            }),
            chaff("from_one", "The first step has the rate η_max/w.", |t, w, steps, rate| {
                reference::warmup_cosine(t, w, steps, rate)?;
                if t < w {
                    Ok(rate * ((t + 1) as f64 / w as f64))
                } else {
                    reference::warmup_cosine(t, w, steps, rate)
                }
            }),
            chaff("linear_decay", "The rate falls linearly.", |t, w, steps, rate| {
                falling(t, w, steps, rate, |progress| 1.0 - progress)
            }),
            chaff("whole_cosine", "The cosine runs through a whole period.", |t, w, steps, rate| {
                falling(t, w, steps, rate, |progress| f64::midpoint(1.0, (2.0 * PI * progress).cos()))
            }),
            chaff("quarter", "The cosine runs from 1 to 0, a quarter of its period.", |t, w, steps, rate| {
                falling(t, w, steps, rate, |progress| (PI / 2.0 * progress).cos())
            }),
            chaff("not_halved", "The cosine is used as it is.", |t, w, steps, rate| {
                falling(t, w, steps, rate, |progress| (PI * progress).cos())
            }),
            chaff("degrees", "The cosine takes degrees.", |t, w, steps, rate| {
                falling(t, w, steps, rate, |progress| f64::midpoint(1.0, (180.0 * progress).cos()))
            }),
            chaff("from_the_first_step", "The cosine begins with the first step.", |t, w, steps, rate| {
                let usual = reference::warmup_cosine(t, w, steps, rate)?;
                if t < w { Ok(usual) } else { reference::warmup_cosine(t, 0, steps, rate) }
            }),
            chaff("after_the_warmup", "T counts the steps after the warmup.", |t, w, steps, rate| {
                let usual = reference::warmup_cosine(t, w, steps, rate)?;
                if t < w { Ok(usual) } else { reference::warmup_cosine(t, w, steps + w, rate) }
            }),
            chaff(
                "last_step_is_t_minus_1",
                "The last step is T − 1, and its rate is 0.",
                |t, w, steps, rate| {
                    let usual = reference::warmup_cosine(t, w, steps, rate)?;
                    let last = steps - 1;
                    if t < w || last <= w {
                        Ok(usual)
                    } else {
                        reference::warmup_cosine(t.min(last), w, last, rate)
                    }
                },
            ),
            chaff("cosine_warmup", "The warmup is half a cosine, too.", |t, w, steps, rate| {
                let usual = reference::warmup_cosine(t, w, steps, rate)?;
                if t < w { Ok(rate * (PI / 2.0 * (t as f64 / w as f64)).sin().powi(2)) } else { Ok(usual) }
            }),
            chaff("floor", "The rate never falls below a hundredth.", |t, w, steps, rate| {
                Ok(reference::warmup_cosine(t, w, steps, rate)?.max(rate / 100.0))
            }),
            chaff("whole_numbers", "t/w is a division of whole numbers.", |t, w, steps, rate| {
                let usual = reference::warmup_cosine(t, w, steps, rate)?;
                if t < w { Ok(rate * (t / w) as f64) } else { Ok(usual) }
            }),
            chaff("product_first", "η·t is finite.", |t, w, steps, rate| {
                let usual = reference::warmup_cosine(t, w, steps, rate)?;
                if t < w { Ok(rate * t as f64 / w as f64) } else { Ok(usual) }
            }),
            chaff("a_thousand_steps", "Training takes a thousand steps at most.", |t, w, steps, rate| {
                reference::warmup_cosine(t, w, steps, rate)?;
                let most = steps.min(1000);
                reference::warmup_cosine(t.min(most), w.min(most - 1), most, rate)
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |t, w, steps, rate| {
                let rate = reference::warmup_cosine(t, w, steps, rate)?;
                Ok(if rate < 1e38 { f64::from(rate as f32) } else { rate })
            }),
            chaff("all_warmup", "The whole training may be a warmup.", |t, w, steps, rate| {
                if w == steps && t <= steps && steps > 0 {
                    return Ok(rate * (t as f64 / w as f64));
                }
                reference::warmup_cosine(t, w, steps, rate)
            }),
            chaff("after_the_end", "After the last step the rate is 0.", |t, w, steps, rate| {
                if t > steps { Ok(0.0) } else { reference::warmup_cosine(t, w, steps, rate) }
            }),
            chaff("rate_of_0", "A rate of 0 stays 0.", |t, w, steps, rate| {
                if rate == 0.0 { Ok(0.0) } else { reference::warmup_cosine(t, w, steps, rate) }
            }),
            chaff("negative_rate", "The sign of a rate does not matter.", |t, w, steps, rate| {
                reference::warmup_cosine(t, w, steps, rate.abs())
            }),
            wheat("products_first", "multiplies before it divides", |t, w, steps, rate| {
                let eta = reference::warmup_cosine(t, w, steps, rate)?;
                if t < w && rate < 1e200 { Ok(rate / w as f64 * t as f64) } else { Ok(eta) }
            }),
            chaff("last_step", "A long schedule ends one step early.", |t, w, steps, rate| {
                let eta = reference::warmup_cosine(t, w, steps, rate)?;
                if steps > 2000 && t + 1 == steps { Ok(0.0) } else { Ok(eta) }
            }),
        ],
    )(step, warmup, steps, max_learning_rate)
}

/// The usual warmup, and another way down.
fn falling(step: usize, warmup: usize, steps: usize, rate: f64, share: fn(f64) -> f64) -> Rate {
    let usual = reference::warmup_cosine(step, warmup, steps, rate)?;
    if step < warmup {
        return Ok(usual);
    }
    Ok(rate * share((step - warmup) as f64 / (steps - warmup) as f64))
}
