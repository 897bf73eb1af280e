use kit::InputError;

use crate::reference::x4_attention::generation as reference;
use crate::reference::x4_attention::generation::Sampling;
use crate::specimens::specimen::{answering, chaff, wheat};

type NextTokenProbabilities = fn(&[f64], &Sampling) -> Result<Vec<f64>, InputError>;

/// The kata, answered by a specimen.
pub fn next_token_probabilities(logits: &[f64], sampling: &Sampling) -> Result<Vec<f64>, InputError> {
    answering::<NextTokenProbabilities>(
        module_path!(),
        reference::next_token_probabilities,
        &[
            wheat("step_by_step", "divides by the sum after each step, as the page says", |z, s| {
                reference::next_token_probabilities(z, s)?;
                Ok(steps(z, s, &RIGHT))
            }),
            wheat("by_threshold", "keeps what is not below the k-th logit, ties by hand", |z, s| {
                reference::next_token_probabilities(z, s)?;
                let best = largest(z);
                let k = if s.temperature == 0.0 { 1 } else { s.top_k };
                let rank = |i: usize| (0..z.len()).filter(|&j| z[j] > z[i] || z[j] == z[i] && j < i).count();
                let ranks: Vec<usize> =
                    if z.len() > 80 { ranked(z) } else { (0..z.len()).map(rank).collect() };
                let q: Vec<f64> = (0..z.len())
                    .map(|i| {
                        if ranks[i] >= k {
                            0.0
                        } else if z[i] == best {
                            1.0
                        } else {
                            ((z[i] - best) / s.temperature).exp()
                        }
                    })
                    .collect();
                let total: f64 = q.iter().sum();
                let mut by_rank = vec![0.0; z.len()];
                ranks.iter().zip(&q).for_each(|(&rank, q)| by_rank[rank] = q / total);
                let before = |rank: usize| by_rank[..rank].iter().sum::<f64>();
                let mut m = 1;
                while m < k.min(z.len()) && (s.top_p == 1.0 || before(m) < s.top_p) {
                    m += 1;
                }
                let kept = before(m);
                Ok(ranks.iter().map(|&rank| if rank < m { by_rank[rank] / kept } else { 0.0 }).collect())
            }),
            chaff("multiplied", "The logits are multiplied by the temperature.", |z, s| {
                reference::next_token_probabilities(z, s)?;
                let temperature = if s.temperature == 0.0 { 0.0 } else { 1.0 / s.temperature };
                reference::next_token_probabilities(
                    z,
                    &Sampling { temperature: temperature.min(1e300), ..*s },
                )
            }),
            chaff(
                "temperature_of_probabilities",
                "The probabilities are divided by the temperature.",
                |z, s| {
                    reference::next_token_probabilities(z, s)?;
                    let temperature = if s.temperature == 0.0 { 0.0 } else { 1.0 };
                    reference::next_token_probabilities(z, &Sampling { temperature, ..*s })
                },
            ),
            chaff("cold_ties_shared", "At temperature 0 equal logits share the probability.", |z, s| {
                let p = reference::next_token_probabilities(z, s)?;
                let best = largest(z);
                let count = z.iter().filter(|z| **z == best).count() as f64;
                let share = |z: &f64| if *z == best { 1.0 / count } else { 0.0 };
                Ok(if s.temperature == 0.0 { z.iter().map(share).collect() } else { p })
            }),
            chaff("cold_is_small", "Temperature 0 is a very small temperature.", |z, s| {
                let temperature = if s.temperature == 0.0 { 1e-8 } else { s.temperature };
                reference::next_token_probabilities(z, &Sampling { temperature, ..*s })
            }),
            chaff("last_of_ties", "Of equal logits the last token comes first.", |z, s| {
                reference::next_token_probabilities(z, s)?;
                let back: Vec<f64> = z.iter().rev().copied().collect();
                let mut p = reference::next_token_probabilities(&back, s)?;
                p.reverse();
                Ok(p)
            }),
            chaff("all_ties_kept", "Tokens with the k-th largest logit are all kept.", |z, s| {
                let p = reference::next_token_probabilities(z, s)?;
                let mut sorted = z.to_vec();
                sorted.sort_by(|a, b| b.total_cmp(a));
                let bound = sorted[s.top_k.min(z.len()) - 1];
                let k = z.iter().filter(|z| **z >= bound).count();
                if s.temperature == 0.0 {
                    Ok(p)
                } else {
                    reference::next_token_probabilities(z, &Sampling { top_k: k, ..*s })
                }
            }),
            chaff("top_p_first", "Top-p comes before top-k.", |z, s| {
                reference::next_token_probabilities(z, s)?;
                Ok(steps(z, s, &Steps { is_top_p_first: true, ..RIGHT }))
            }),
            chaff("top_k_not_divided", "Top-p sums the probabilities before top-k.", |z, s| {
                reference::next_token_probabilities(z, s)?;
                Ok(steps(z, s, &Steps { divides_after_top_k: false, ..RIGHT }))
            }),
            chaff("not_divided", "What is kept keeps its probability.", |z, s| {
                reference::next_token_probabilities(z, s)?;
                Ok(steps(z, s, &Steps { divides_at_the_end: false, ..RIGHT }))
            }),
            chaff("reaching_token_dropped", "The sum of what top-p keeps is at most p.", |z, s| {
                reference::next_token_probabilities(z, s)?;
                Ok(steps(z, s, &Steps { extra: -1, ..RIGHT }))
            }),
            chaff("one_token_more", "Top-p keeps the first token after p, too.", |z, s| {
                reference::next_token_probabilities(z, s)?;
                Ok(steps(z, s, &Steps { extra: 1, ..RIGHT }))
            }),
            chaff("top_p_in_token_order", "Top-p sums up the tokens in their order.", |z, s| {
                let whole = reference::next_token_probabilities(z, &Sampling { top_p: 1.0, ..*s })?;
                reference::next_token_probabilities(z, s)?;
                let mut sum = 0.0;
                let kept: Vec<f64> = whole
                    .iter()
                    .map(|p| {
                        let is_kept = sum < s.top_p;
                        sum += p;
                        if is_kept { *p } else { 0.0 }
                    })
                    .collect();
                let total: f64 = kept.iter().sum();
                Ok(kept.iter().map(|p| p / total).collect())
            }),
            chaff("threshold", "Top-p drops tokens whose probability is below 1 − p.", |z, s| {
                let whole = reference::next_token_probabilities(z, &Sampling { top_p: 1.0, ..*s })?;
                reference::next_token_probabilities(z, s)?;
                let best = largest(&whole);
                let kept: Vec<f64> =
                    whole.iter().map(|&p| if p >= 1.0 - s.top_p || p == best { p } else { 0.0 }).collect();
                let total: f64 = kept.iter().sum();
                Ok(kept.iter().map(|p| p / total).collect())
            }),
            chaff("fifty_at_most", "More than 50 tokens are never worth keeping.", |z, s| {
                reference::next_token_probabilities(z, &Sampling { top_k: s.top_k.min(50), ..*s })
            }),
            chaff("naive_softmax", "exp of a logit is a finite number.", |z, s| {
                let p = reference::next_token_probabilities(z, s)?;
                if s.temperature == 0.0 || s.top_k < z.len() || s.top_p < 1.0 {
                    return Ok(p);
                }
                let powers: Vec<f64> = z.iter().map(|z| (z / s.temperature).exp()).collect();
                let sum: f64 = powers.iter().sum();
                Ok(powers.iter().map(|power| power / sum).collect())
            }),
            chaff("divided_first", "Softmax of z/τ is stable, as softmax is.", |z, s| {
                let p = reference::next_token_probabilities(z, s)?;
                if s.temperature == 0.0 || s.top_k < z.len() || s.top_p < 1.0 {
                    return Ok(p);
                }
                let scaled: Vec<f64> = z.iter().map(|z| z / s.temperature).collect();
                let best = largest(&scaled);
                let powers: Vec<f64> = scaled.iter().map(|z| (z - best).exp()).collect();
                let sum: f64 = powers.iter().sum();
                Ok(powers.iter().map(|power| power / sum).collect())
            }),
            chaff("sorted", "The probabilities come in the order of their size.", |z, s| {
                let mut p = reference::next_token_probabilities(z, s)?;
                p.sort_by(|a, b| b.total_cmp(a));
                Ok(p)
            }),
            chaff("kept_only", "Tokens that are not kept have no entry.", |z, s| {
                Ok(reference::next_token_probabilities(z, s)?.into_iter().filter(|p| *p > 0.0).collect())
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |z, s| {
                let p = reference::next_token_probabilities(z, s)?;
                Ok(p.into_iter().map(|p| f64::from(p as f32)).collect())
            }),
            chaff("signed_zeros", "total_cmp compares numbers.", |z, s| {
                let mut order: Vec<usize> = (0..z.len()).collect();
                let p = reference::next_token_probabilities(z, s)?;
                order.sort_by(|&a, &b| z[b].total_cmp(&z[a]));
                let one = |i: usize| f64::from(i == order[0]);
                Ok(if s.temperature == 0.0 { (0..z.len()).map(one).collect() } else { p })
            }),
            chaff("empty_answered", "Without logits there are no probabilities.", |z, s| {
                if z.is_empty() { Ok(Vec::new()) } else { reference::next_token_probabilities(z, s) }
            }),
            chaff("masked_logits", "A logit of −∞ is a token that is not allowed.", |z, s| {
                let masked: Vec<f64> =
                    z.iter().map(|z| if *z == f64::NEG_INFINITY { -1e300 } else { *z }).collect();
                reference::next_token_probabilities(&masked, s)
            }),
            chaff("top_k_of_0", "k = 0 switches top-k off.", |z, s| {
                reference::next_token_probabilities(
                    z,
                    &Sampling { top_k: if s.top_k == 0 { z.len() } else { s.top_k }, ..*s },
                )
            }),
            chaff("top_p_of_0", "p = 0 keeps the best token.", |z, s| {
                let top_p = if s.top_p == 0.0 { f64::MIN_POSITIVE } else { s.top_p };
                reference::next_token_probabilities(z, &Sampling { top_p, ..*s })
            }),
            chaff("top_p_above_1", "A p above 1 keeps all.", |z, s| {
                reference::next_token_probabilities(z, &Sampling { top_p: s.top_p.min(1.0), ..*s })
            }),
            chaff("infinite_temperature", "At an infinite temperature all tokens are equal.", |z, s| {
                reference::next_token_probabilities(
                    z,
                    &Sampling { temperature: s.temperature.min(1e300), ..*s },
                )
            }),
            chaff("negative_temperature", "Only the size of the temperature counts.", |z, s| {
                reference::next_token_probabilities(z, &Sampling { temperature: s.temperature.abs(), ..*s })
            }),
        ],
    )(logits, sampling)
}

/// What comes of the probabilities.
struct Steps {
    is_top_p_first: bool,
    divides_after_top_k: bool,
    divides_at_the_end: bool,
    /// How many tokens more top-p keeps.
    extra: isize,
}

const RIGHT: Steps =
    Steps { is_top_p_first: false, divides_after_top_k: true, divides_at_the_end: true, extra: 0 };

fn largest(z: &[f64]) -> f64 {
    z.iter().fold(f64::NEG_INFINITY, |most, z| most.max(*z))
}

fn ordered(z: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..z.len()).collect();
    order.sort_by(|&a, &b| (z[b] + 0.0).total_cmp(&(z[a] + 0.0)));
    order
}

fn ranked(z: &[f64]) -> Vec<usize> {
    let mut ranks = vec![0; z.len()];
    ordered(z).iter().enumerate().for_each(|(rank, &i)| ranks[i] = rank);
    ranks
}

fn steps(z: &[f64], s: &Sampling, steps: &Steps) -> Vec<f64> {
    let order = ordered(z);
    let best = z[order[0]];
    let power = |&i: &usize| if z[i] == best { 1.0 } else { ((z[i] - best) / s.temperature).exp() };
    let powers: Vec<f64> = order.iter().map(power).collect();
    let divided = |q: &[f64]| {
        let sum: f64 = q.iter().sum();
        q.iter().map(|q| q / sum).collect::<Vec<f64>>()
    };
    let mut q = divided(&powers);
    if s.temperature == 0.0 {
        q = vec![1.0];
    }
    let top_k = |q: &mut Vec<f64>| {
        q.truncate(s.top_k);
        if steps.divides_after_top_k {
            *q = divided(q);
        }
    };
    let top_p = |q: &mut Vec<f64>| {
        let (mut m, mut sum) = (0, 0.0);
        while m < q.len() && (m == 0 || s.top_p == 1.0 || sum < s.top_p) {
            sum += q[m];
            m += 1;
        }
        if s.top_p < 1.0 {
            q.truncate(m.saturating_add_signed(steps.extra).max(1));
        }
        if steps.divides_at_the_end {
            *q = divided(q);
        }
    };
    if steps.is_top_p_first {
        top_p(&mut q);
        top_k(&mut q);
    } else {
        top_k(&mut q);
        top_p(&mut q);
    }
    let mut p = vec![0.0; z.len()];
    order.iter().zip(&q).for_each(|(&i, q)| p[i] = *q);
    p
}
