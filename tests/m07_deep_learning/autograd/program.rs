//! Computations to differentiate: short programs that use their numbers again and again.

use judge::Inputs;
use katas::m07_deep_learning::autograd::Value;
use kit::Generator;
use proptest::prelude::*;

use judge::any::sizes;

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

/// Up to 41 leaves and 301 steps. What grows beyond 100 goes through tanh, so that no number overflows.
pub fn long_program() -> impl Strategy<Value = Program> + Send + Sync + Clone {
    (sizes([1..=3, 1..=6], [41, 301]), judge::any::seed()).prop_map(|([n, count], seed)| {
        let mut generator = Generator::from_seed(seed);
        let leaves: Vec<f64> = (0..n).map(|_| generator.below(65) as f64 / 16.0 - 2.0).collect();
        let (mut all, mut steps) = (leaves.clone(), Vec::new());
        for _ in 0..count {
            // Mostly what was made last, so that the graph is deep.
            let recent = all.len() - generator.below(all.len().min(8)) - 1;
            let (a, b) = (recent, generator.below(all.len()));
            let step = match generator.below(3) {
                0 if (all[a] + all[b]).abs() < 100.0 => Step::Plus(a, b),
                1 if (all[a] * all[b]).abs() < 100.0 => Step::Times(a, b),
                _ => Step::Tanh(a),
            };
            all.push(step.of(&all));
            steps.push(step);
        }
        Program { leaves, steps }
    })
}

impl Step {
    fn of(self, all: &[f64]) -> f64 {
        match self {
            Self::Plus(a, b) => all[a] + all[b],
            Self::Times(a, b) => all[a] * all[b],
            Self::Tanh(a) => all[a].tanh(),
        }
    }
}

/// a, b for the leaves, then c, d, e …
fn name(i: usize) -> String {
    if i < 26 { char::from(b'a' + i as u8).to_string() } else { format!("v{i}") }
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

    /// The gradient of the last number with respect to each, with how far rounding may have carried it.
    pub fn gradients(&self) -> Vec<(f64, f64)> {
        let all = self.numbers(&self.leaves);
        let mut gradients = vec![(0.0_f64, 0.0_f64); all.len()];
        gradients[all.len() - 1] = (1.0, 0.0);
        for (i, step) in self.steps.iter().enumerate().rev() {
            let (own, off) = gradients[self.leaves.len() + i];
            // Each operand with the local derivative, and how far that may be off.
            let tanh = all[self.leaves.len() + i];
            let parts = match *step {
                Step::Plus(a, b) => vec![(a, 1.0, 0.0), (b, 1.0, 0.0)],
                Step::Times(a, b) => vec![(a, all[b].0, all[b].1), (b, all[a].0, all[a].1)],
                Step::Tanh(a) => vec![(a, 1.0 - tanh.0 * tanh.0, 2.0 * tanh.1 + 4.0 * f64::EPSILON)],
            };
            for (operand, local, wrong) in parts {
                let (sum, error) = &mut gradients[operand];
                *sum += own * local;
                *error += off * (local.abs() + wrong)
                    + own.abs() * wrong
                    + f64::EPSILON * ((own * local).abs() + sum.abs());
            }
        }
        gradients
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

    /// Whether the last number was computed from each, directly or not.
    pub fn reached(&self) -> Vec<bool> {
        let n = self.leaves.len();
        let mut reached = vec![false; n + self.steps.len()];
        reached[n + self.steps.len() - 1] = true;
        for (i, step) in self.steps.iter().enumerate().rev() {
            if reached[n + i] {
                let (a, b) = match *step {
                    Step::Plus(a, b) | Step::Times(a, b) => (a, b),
                    Step::Tanh(a) => (a, a),
                };
                (reached[a], reached[b]) = (true, true);
            }
        }
        reached
    }
}
