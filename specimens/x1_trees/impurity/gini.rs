use std::collections::BTreeMap;

use kit::InputError;

use super::super::searching::{entropy, misclassified, shares};
use crate::reference::x1_trees::impurity as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Gini = fn(&[usize]) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn gini(labels: &[usize]) -> Result<f64, InputError> {
    answering::<Gini>(
        module_path!(),
        reference::gini,
        &[
            wheat("products", "adds up p·(1 − p) over the classes", |labels| {
                reference::gini(labels)?;
                Ok(shares(labels).iter().map(|p| p * (1.0 - p)).sum())
            }),
            wheat("pairs", "counts pairs with different labels", |labels| {
                reference::gini(labels)?;
                let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
                labels.iter().for_each(|label| *counts.entry(*label).or_default() += 1);
                let n = labels.len();
                let differ: usize = counts.values().map(|count| count * (n - count)).sum();
                Ok(differ as f64 / (n * n) as f64)
            }),
            chaff("without_one_minus", "The Gini impurity is the sum of the squared fractions.", |labels| {
                reference::gini(labels)?;
                Ok(shares(labels).iter().map(|p| p * p).sum())
            }),
            chaff("entropy", "Gini impurity and entropy are the same.", |labels| {
                reference::gini(labels)?;
                Ok(entropy(labels))
            }),
            chaff(
                "misclassified",
                "The impurity is the fraction of the samples outside the majority.",
                |labels| {
                    reference::gini(labels)?;
                    Ok(misclassified(labels))
                },
            ),
            chaff("without_replacement", "The two samples are drawn without replacement.", |labels| {
                let (gini, n) = (reference::gini(labels)?, labels.len() as f64);
                Ok(if n > 1.0 { gini * n / (n - 1.0) } else { 0.0 })
            }),
            chaff(
                "two_classes",
                "The impurity is 2p(1 − p) with the fraction of the first class.",
                |labels| {
                    reference::gini(labels)?;
                    let p = labels.iter().filter(|label| **label == labels[0]).count() as f64
                        / labels.len() as f64;
                    Ok(2.0 * p * (1.0 - p))
                },
            ),
            chaff("scaled", "An impurity is scaled so that its maximum is 1.", |labels| {
                let (gini, k) = (reference::gini(labels)?, shares(labels).len() as f64);
                Ok(if k > 1.0 { gini / (1.0 - 1.0 / k) } else { 0.0 })
            }),
            chaff("runs", "Each run of equal labels is a class.", |labels| {
                reference::gini(labels)?;
                let n = labels.len() as f64;
                let squares = labels.chunk_by(|a, b| a == b).map(|run| (run.len() as f64 / n).powi(2));
                Ok(1.0 - squares.sum::<f64>())
            }),
            chaff(
                "last_class_left_out",
                "The fractions sum to 1, so the last class need not be counted.",
                |labels| {
                    reference::gini(labels)?;
                    let mut shares = shares(labels);
                    if shares.len() > 1 {
                        shares.pop();
                    }
                    Ok(1.0 - shares.iter().map(|p| p * p).sum::<f64>())
                },
            ),
            chaff("at_most_ten_classes", "There are at most ten classes.", |labels| {
                reference::gini(labels)?;
                Ok(1.0 - shares(labels).iter().take(10).map(|p| p * p).sum::<f64>())
            }),
            chaff("labels_of_a_byte", "A label fits into one byte.", |labels| {
                reference::gini(&labels.iter().map(|label| label & 0xff).collect::<Vec<_>>())
            }),
            chaff("last_sample_left_out", "The last sample is at index n − 2.", |labels| {
                reference::gini(&labels[..labels.len().saturating_sub(1).max(labels.len().min(1))])
            }),
            chaff("sampled", "A thousand samples are enough to estimate fractions.", |labels| {
                reference::gini(&labels[..labels.len().min(1000)])
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |labels| {
                reference::gini(labels)?;
                Ok(f64::from(1.0 - shares(labels).iter().map(|p| (*p as f32).powi(2)).sum::<f32>()))
            }),
            chaff("empty_is_pure", "A node without samples is pure.", |labels| {
                if labels.is_empty() { Ok(0.0) } else { reference::gini(labels) }
            }),
        ],
    )(labels)
}
