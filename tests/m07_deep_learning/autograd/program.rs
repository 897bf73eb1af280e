//! Computations to differentiate: short programs that use their numbers again and again.

use judge::Inputs;
use katas::m07_deep_learning::autograd::Value;
use proptest::prelude::*;

#[derive(Debug, Clone, Copy)]
enum Step {
    Plus(usize, usize),
    Times(usize, usize),
    Tanh(usize),
}

/// Leaves, and steps each of which makes one number more from earlier ones.
#[derive(Debug, Clone)]
pub struct Program {
    pub leaves: Vec<f64>,
    steps: Vec<Step>,
}

/// Two leaves of at most 2 in size, and from one to five steps.
pub fn program() -> impl Strategy<Value = Program> + Send + Sync + Clone {
    let step = (0..3_usize, any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let leaf = (-16..=16_i32).prop_map(|k| f64::from(k) / 8.0);
    (judge::any::vec(leaf, 2), judge::any::vec(step, 1..=5)).prop_map(|(leaves, raw)| {
        let step = |(i, (kind, a, b)): (usize, &(usize, prop::sample::Index, prop::sample::Index))| {
            let (a, b) = (a.index(2 + i), b.index(2 + i));
            [Step::Plus(a, b), Step::Times(a, b), Step::Tanh(a)][*kind]
        };
        Program { steps: raw.iter().enumerate().map(step).collect(), leaves }
    })
}

/// a, b for the leaves, then c, d, e …
fn name(i: usize) -> char {
    char::from(b'a' + i as u8)
}

impl Inputs for Program {
    fn describe(&self) -> Vec<String> {
        let leaves = self.leaves.iter().enumerate().map(|(i, x)| format!("{} = {x}", name(i)));
        let steps = self.steps.iter().enumerate().map(|(i, step)| {
            let made = name(self.leaves.len() + i);
            match *step {
                Step::Plus(a, b) => format!("{made} = {} + {}", name(a), name(b)),
                Step::Times(a, b) => format!("{made} = {}·{}", name(a), name(b)),
                Step::Tanh(a) => format!("{made} = tanh {}", name(a)),
            }
        });
        vec![leaves.chain(steps).collect::<Vec<_>>().join(", ")]
    }
}

impl Program {
    /// Every number, each with how far rounding may have carried it.
    pub fn numbers(&self, leaves: &[f64]) -> Vec<(f64, f64)> {
        let mut all: Vec<(f64, f64)> = leaves.iter().map(|x| (*x, 0.0)).collect();
        for step in &self.steps {
            let (x, off) = match *step {
                Step::Plus(a, b) => (all[a].0 + all[b].0, all[a].1 + all[b].1),
                Step::Times(a, b) => {
                    (all[a].0 * all[b].0, all[a].0.abs() * all[b].1 + all[b].0.abs() * all[a].1)
                }
                Step::Tanh(a) => (all[a].0.tanh(), all[a].1 + 2.0 * f64::EPSILON),
            };
            all.push((x, off + f64::EPSILON * x.abs()));
        }
        all
    }

    /// The same with values: all of them, the result last.
    pub fn values(&self) -> Vec<Value> {
        let mut all: Vec<Value> = self.leaves.iter().map(|x| Value::new(*x)).collect();
        for step in &self.steps {
            let made = match *step {
                Step::Plus(a, b) => all[a].plus(&all[b]),
                Step::Times(a, b) => all[a].times(&all[b]),
                Step::Tanh(a) => all[a].tanh(),
            };
            all.push(made);
        }
        all
    }
}
