use kit::InputError;

use super::super::searching::{gini, shares};
use crate::reference::x1_trees::impurity as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Entropy = fn(&[usize]) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn entropy(labels: &[usize]) -> Result<f64, InputError> {
    answering::<Entropy>(
        module_path!(),
        reference::entropy,
        &[
            wheat("inverse", "adds up p·log₂(1/p)", |labels| by(labels, |p| p * p.recip().log2())),
            wheat("natural", "takes natural logarithms and divides by ln 2", |labels| {
                by(labels, |p| -p * p.ln() / std::f64::consts::LN_2)
            }),
            wheat("counts", "works with counts: log₂ n − Σ c·log₂ c / n", |labels| {
                reference::entropy(labels)?;
                let n = labels.len() as f64;
                let terms = shares(labels).into_iter().map(|p| (p * n).round()).map(|c| c * c.log2());
                Ok(n.log2() - terms.sum::<f64>() / n)
            }),
            chaff("nats", "The logarithm is the natural one.", |labels| by(labels, |p| -p * p.ln())),
            chaff("decimal", "The logarithm is to base 10.", |labels| by(labels, |p| -p * p.log10())),
            chaff("sign", "The entropy is Σ p·log₂ p.", |labels| by(labels, |p| p * p.log2())),
            chaff("gini", "Entropy and Gini impurity are the same.", |labels| {
                reference::entropy(labels)?;
                Ok(gini(labels))
            }),
            chaff("unweighted", "The entropy is the sum of −log₂ p over the classes.", |labels| {
                by(labels, |p| -p.log2())
            }),
            chaff("per_class", "The entropy is divided by its maximum, log₂ k.", |labels| {
                let (entropy, k) = (reference::entropy(labels)?, shares(labels).len() as f64);
                Ok(if k > 1.0 { entropy / k.log2() } else { 0.0 })
            }),
            chaff("total", "The entropy of a node is that of all its samples together, n·H.", |labels| {
                Ok(reference::entropy(labels)? * labels.len() as f64)
            }),
            chaff("two_classes", "There are two classes: the first label and all others.", |labels| {
                let first: Vec<usize> = labels.iter().map(|label| usize::from(*label == labels[0])).collect();
                reference::entropy(&first)
            }),
            chaff("with_zeros", "A class without samples contributes 0·log₂ 0, which is NaN.", |labels| {
                reference::entropy(labels)?;
                let classes = labels.iter().max().map_or(0, |most| (most % 64).max(1) + 1);
                let share = |class| {
                    labels.iter().filter(|label| **label % 64 == class).count() as f64 / labels.len() as f64
                };
                Ok((0..classes).map(|class| -share(class) * share(class).log2()).sum())
            }),
            chaff("small_shares", "Classes with less than 1 % of the samples do not matter.", |labels| {
                by(labels, |p| if p < 0.01 { 0.0 } else { -p * p.log2() })
            }),
            chaff("runs", "Each run of equal labels is a class.", |labels| {
                reference::entropy(labels)?;
                let n = labels.len() as f64;
                let share = |run: &[usize]| run.len() as f64 / n;
                Ok(labels.chunk_by(|a, b| a == b).map(|run| -share(run) * share(run).log2()).sum())
            }),
            chaff("at_most_ten_classes", "There are at most ten classes.", |labels| {
                reference::entropy(labels)?;
                Ok(shares(labels).iter().take(10).map(|p| -p * p.log2()).sum())
            }),
            chaff("labels_of_two_bytes", "A label fits into 16 bits.", |labels| {
                reference::entropy(&labels.iter().map(|label| label & 0xffff).collect::<Vec<_>>())
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |labels| {
                by(labels, |p| f64::from(-(p as f32) * (p as f32).log2()))
            }),
            chaff("smoothed", "A small number inside the logarithm avoids log₂ 0.", |labels| {
                by(labels, |p| -p * (p + 1e-9).log2())
            }),
            chaff("empty_is_pure", "A node without samples is pure.", |labels| {
                if labels.is_empty() { Ok(0.0) } else { reference::entropy(labels) }
            }),
        ],
    )(labels)
}

/// The sum of a term for each class.
fn by(labels: &[usize], term: fn(f64) -> f64) -> Result<f64, InputError> {
    reference::entropy(labels)?;
    Ok(shares(labels).into_iter().map(term).sum())
}
