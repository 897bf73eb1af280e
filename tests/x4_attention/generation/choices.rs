//! Logits and settings to draw, and the definition in plain numbers.

use judge::any::{self, Numbers};
use katas::x4_attention::generation::Sampling;
use proptest::prelude::*;

/// The tokens in order: the largest logit first, of equal ones the lowest token.
pub fn ordered(logits: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..logits.len()).collect();
    order.sort_by(|&a, &b| logits[b].partial_cmp(&logits[a]).expect("finite logits").then(a.cmp(&b)));
    order
}

/// q of the tokens in order, of which only the first k are kept.
pub fn in_order(logits: &[f64], temperature: f64, top_k: usize) -> (Vec<usize>, Vec<f64>) {
    let mut order = ordered(logits);
    order.truncate(if temperature == 0.0 { 1 } else { top_k });
    let largest = logits[order[0]];
    let power =
        |&i: &usize| if logits[i] == largest { 1.0 } else { ((logits[i] - largest) / temperature).exp() };
    let powers: Vec<f64> = order.iter().map(power).collect();
    let sum: f64 = powers.iter().sum();
    let q = powers.iter().map(|power| power / sum).collect();
    (order, q)
}

/// The first m in the order, divided by their sum; 0 elsewhere.
pub fn kept(n: usize, order: &[usize], q: &[f64], m: usize) -> Vec<f64> {
    let (mut p, sum) = (vec![0.0; n], q[..m].iter().sum::<f64>());
    order[..m].iter().zip(q).for_each(|(&i, q)| p[i] = q / sum);
    p
}

/// The definition, for a top-p that no sum comes near.
pub fn by_hand(logits: &[f64], sampling: &Sampling) -> Vec<f64> {
    let (order, q) = in_order(logits, sampling.temperature, sampling.top_k);
    let (mut m, mut sum) = (0, 0.0);
    while m < q.len() && (m == 0 || sampling.top_p == 1.0 || sum < sampling.top_p) {
        sum += q[m];
        m += 1;
    }
    kept(logits.len(), &order, &q, m)
}

/// Logits, a temperature above 0, k, and a place among the tokens that are kept.
#[derive(Debug, Clone)]
pub struct Choice {
    pub logits: Vec<f64>,
    pub temperature: f64,
    pub top_k: usize,
    pub place: u64,
}

impl judge::Inputs for Choice {
    fn describe(&self) -> Vec<String> {
        let logits = format!("{:?}", self.logits);
        vec![logits, format!("{:?}", self.temperature), self.top_k.to_string(), self.place.to_string()]
    }
}

/// The names under which the laws show a choice.
pub const NAMES: &str = "z, τ, k, place";

impl Choice {
    /// Without top-p.
    pub fn sampling(&self) -> Sampling {
        Sampling { temperature: self.temperature, top_k: self.top_k, top_p: 1.0 }
    }
}

fn choice(
    logits: SBoxedStrategy<Vec<f64>>,
    temperature: SBoxedStrategy<f64>,
) -> impl Strategy<Value = Choice> + Send + Sync + Clone {
    logits.prop_flat_map(move |logits| {
        let n = logits.len();
        let top_k = prop_oneof![2 => 1..=n, 1 => Just(n), 1 => any::select(vec![n + 1, 60 + n, usize::MAX])];
        (Just(logits), temperature.clone(), any::part(top_k), any::seed())
            .prop_map(|(logits, temperature, top_k, place)| Choice { logits, temperature, top_k, place })
    })
}

/// A few logits in eighths, often equal ones.
pub fn few() -> impl Strategy<Value = Choice> + Send + Sync + Clone {
    let logit = prop_oneof![3 => any::eighth(), 1 => any::select(vec![1.0, 2.0])];
    choice(any::vec(logit, 1..=6).sboxed(), any::select(vec![0.25, 0.5, 1.0, 2.0, 4.0]).sboxed())
}

/// Any number of logits of every kind, and a temperature of their size or any other.
pub fn any_size() -> impl Strategy<Value = Choice> + Send + Sync + Clone {
    (any::many(1..=6, 1025), any::kinds(), -3..=3_i32).prop_flat_map(|(n, [kind, _], off)| {
        let (low, high) = match kind {
            Numbers::Tiny => (-10, -5),
            Numbers::Large => (3, 7),
            Numbers::Huge => (90, 120),
            Numbers::Minute => (-118, -102),
            _ => (-1, 1),
        };
        let temperature = any::magnitude(low + off, high + off).prop_map(f64::abs).sboxed();
        choice(any::numbers(kind, n).sboxed(), temperature)
    })
}

/// How far rounding may carry one probability: (z − max)/τ may also be computed as z/τ − max/τ, and a power of a number x
/// carries the error of x.
pub fn tolerance(logits: &[f64], temperature: f64, want: f64) -> f64 {
    let size = logits.iter().fold(0.0_f64, |most, z| most.max(z.abs()));
    let carried = 8.0 * f64::EPSILON * (size / temperature.max(f64::MIN_POSITIVE)).min(1e18);
    let own = if temperature == 0.0 { 0.0 } else { carried.min(1.0).exp_m1() };
    want * (2.0 * own + judge::rounding(2 * logits.len() + 32, 1.0)) + f64::MIN_POSITIVE
}
