//! The exercise turned round: here you write the law.

use kit::{Dense, Matrix};

/// Decides whether somebody's attack on a linear classifier of two classes is as strong as any can be.
///
/// The classifier is one layer, 2×n, and softmax behind it. An attack is handed the layer, n pixels x from 0 to 1, their
/// label and ε, and returns n pixels x′. It may go as far as |x′ᵢ − xᵢ| ≤ ε and 0 ≤ x′ᵢ ≤ 1 for each i, and is right if no
/// other point there has a larger loss −ln p_label. You choose what it is asked, and may call it as often as you like.
///
/// * `claimed`: what is to be judged. It may be asked for n from 1 to 16, weights and biases up to 4 in size, labels 0 and
///   1, and ε from 0 to 2. There it neither panics nor runs long.
/// * Returns `true` to accept, `false` to reject:
///   * **No right one may be rejected.** Right ones may compute in any way, in one step or in many: none of their pixels is
///     beyond the two limits by more than 10⁻⁹, and z_other − z_label, the logits of x′, within 10⁻⁶ of the largest that is
///     possible. Where a pixel has no influence, they may do with it what they like within the limits.
///   * **These must be rejected**: another number of pixels; pixels beyond ε, be it by a hundredth of it, or outside 0 to 1;
///     a pixel left alone because a whole step would carry it outside; steps that end short of ε, be it by a hundredth of
///     it, or in proportion to the slopes; only one pixel, or all but one; the other direction, a random one, the same one
///     for all pixels; the label taken for 0, or for what the classifier says; the weights of one class only; no attack on
///     what is wrong already; a step from a black or a white image instead of x; a NaN.
///
/// ```
/// # use katas::boss::laws::accepts_attack;
/// assert!(!accepts_attack(|_, x, _, _| x.to_vec()));
/// ```
///
/// Source: Goodfellow, Shlens and Szegedy, *Explaining and Harnessing Adversarial Examples*, ICLR 2015, §4 and §5.
pub fn accepts_attack(claimed: fn(&Dense, &[f64], usize, f64) -> Vec<f64>) -> bool {
    // The last ε is larger than any pixel's way to go.
    let questions = [(1, 0.25), (5, 0.0625), (8, 0.5), (5, 0.0), (7, 1.5)];
    questions.into_iter().all(|(n, epsilon)| {
        let weights = Matrix::from_fn(2, n, scattered_weight);
        let x: Vec<f64> = (0..n).map(scattered_pixel).collect();
        // With either bias the classifier says another class, so that each label is right once and wrong once.
        [(0, 2.0), (0, -2.0), (1, 2.0), (1, -2.0)].into_iter().all(|(label, b)| {
            let layer = Dense { weights: weights.clone(), bias: vec![b, -b] };
            let got = claimed(&layer, &x, label, epsilon);
            let gain = |j: usize| weights[(1 - label, j)] - weights[(label, j)];
            // The loss grows with z_other − z_label, a sum over the pixels: each goes as far as it may by itself.
            let missing = |j: usize| {
                let (low, high) = ((x[j] - epsilon).max(0.0), (x[j] + epsilon).min(1.0));
                let inside = got[j] >= low - 1e-8 && got[j] <= high + 1e-8;
                let best = if gain(j) > 0.0 { high } else { low };
                if inside { gain(j) * (best - got[j]) } else { f64::NAN }
            };
            got.len() == n && (0..n).map(missing).sum::<f64>() < 1e-5
        })
    })
}

/// Weights without a pattern, between −1.25 and 1.25.
fn scattered_weight(class: usize, pixel: usize) -> f64 {
    let k = if class == 0 { pixel } else { 3 * pixel + 5 };
    ((7 * k + 3) % 11) as f64 / 4.0 - 1.25
}

/// Pixels without a pattern, between 0 and 1.
fn scattered_pixel(j: usize) -> f64 {
    ((5 * j + 4) % 9) as f64 / 8.0
}
