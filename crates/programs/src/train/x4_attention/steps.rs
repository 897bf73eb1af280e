use std::f64::consts::PI;

use candle_core::{D, DType, Tensor};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use katas::x4_attention::cache::{KvCache, cached_step};
use katas::x4_attention::gpt::{Gpt, GptSettings, next_token_loss};
use kit::{Generator, InputError};
use programs::ProgramError;

use super::lesson::Lesson;
use crate::of_candle;

/// Steps of an epoch.
const STEPS: usize = 100;

/// The highest learning rate, and over how many steps it rises to it.
const LEARNING_RATE: f64 = 3e-3;
const WARMUP: usize = 50;

/// Loss and accuracy.
pub struct Epoch {
    pub training: [f64; 2],
    pub validation: [f64; 2],
}

/// An optimizer and how far it is. The learning rate rises in a line and falls as a cosine, to 0 at the last step.
pub struct Schedule {
    optimizer: AdamW,
    step: usize,
    steps: usize,
}

impl Schedule {
    pub fn new(gpt: &Gpt, epochs: usize) -> Result<Self, ProgramError> {
        let mut variables: Vec<_> = gpt.variables().data().lock().map_or_else(
            |poisoned| poisoned.into_inner().iter().map(|(name, var)| (name.clone(), var.clone())).collect(),
            |held| held.iter().map(|(name, var)| (name.clone(), var.clone())).collect::<Vec<_>>(),
        );
        // A map of variables has no order of its own, and the same seed gives the same curves.
        variables.sort_by(|a, b| a.0.cmp(&b.0));
        let variables = variables.into_iter().map(|(_, var)| var).collect();
        let optimizer = AdamW::new(variables, ParamsAdamW::default()).map_err(of_candle)?;
        Ok(Self { optimizer, step: 0, steps: epochs * STEPS })
    }

    fn next(&mut self) -> &mut AdamW {
        let warm = ((self.step + 1) as f64 / WARMUP as f64).min(1.0);
        let fallen = (1.0 + (PI * self.step as f64 / self.steps as f64).cos()) / 2.0;
        self.optimizer.set_learning_rate(LEARNING_RATE * warm * fallen);
        self.step += 1;
        &mut self.optimizer
    }
}

pub fn epoch(
    gpt: &Gpt,
    lesson: &dyn Lesson,
    schedule: &mut Schedule,
    generator: &mut Generator,
) -> Result<Epoch, ProgramError> {
    let (mut losses, mut right) = (0.0, Vec::new());
    for _ in 0..STEPS {
        let tokens = lesson.batch(generator);
        let logits = gpt.forward(&tokens)?;
        right.extend(predicted(&logits, &tokens, lesson.prompt())?);
        let loss = next_token_loss(&logits, &tokens, lesson.prompt())?;
        losses += scalar(&loss)?;
        schedule.next().backward_step(&loss).map_err(of_candle)?;
    }
    Ok(Epoch {
        training: [losses / STEPS as f64, lesson.accuracy(&right)],
        validation: evaluate(gpt, lesson)?,
    })
}

/// Loss and accuracy of what was never seen.
fn evaluate(gpt: &Gpt, lesson: &dyn Lesson) -> Result<[f64; 2], ProgramError> {
    let (mut losses, mut right, unseen) = (0.0, Vec::new(), lesson.unseen());
    for tokens in unseen.chunks(250) {
        let logits = gpt.forward(tokens)?.detach();
        right.extend(predicted(&logits, tokens, lesson.prompt())?);
        losses += scalar(&next_token_loss(&logits, tokens, lesson.prompt())?)? * tokens.len() as f64;
    }
    Ok([losses / unseen.len() as f64, lesson.accuracy(&right)])
}

fn scalar(loss: &Tensor) -> Result<f64, ProgramError> {
    loss.to_dtype(DType::F64).and_then(|it| it.to_scalar()).map_err(of_candle)
}

/// Of each predicted token whether it is the most probable one.
fn predicted(logits: &Tensor, tokens: &[Vec<usize>], prompt: usize) -> Result<Vec<Vec<bool>>, ProgramError> {
    let best = logits.argmax(D::Minus1).and_then(|it| it.to_vec2::<u32>()).map_err(of_candle)?;
    let of_one = |(tokens, best): (&Vec<usize>, &Vec<u32>)| {
        (prompt..tokens.len()).map(|t| best[t - 1] as usize == tokens[t]).collect()
    };
    Ok(tokens.iter().zip(&best).map(of_one).collect())
}

/// A network as `generate` calls it: each call has one token more than the one before, and the cache keeps what those cost.
pub fn cached(gpt: &Gpt, settings: GptSettings) -> impl FnMut(&[usize]) -> Result<Vec<f64>, InputError> {
    let (mut cache, mut done, mut logits) = (KvCache::default(), 0, Vec::new());
    move |tokens| {
        if tokens.len() < done {
            (cache, done) = (KvCache::default(), 0);
        }
        for &token in &tokens[done..] {
            let step = cached_step(gpt.variables(), &settings, token, &mut cache)?;
            logits = step.to_dtype(DType::F64)?.to_vec1()?;
        }
        done = tokens.len();
        Ok(logits.clone())
    }
}
