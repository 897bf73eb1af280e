//! Roles exchanged: here you write the property-based test (the law).

use kit::{Dense, Matrix};

/// Property test: decides whether a candidate attack on a linear classifier of two classes is the strongest
/// possible.
///
/// The classifier is one layer, 2×n, followed by softmax. An attack is given the layer, n pixels x from 0 to 1,
/// their label and ε, and returns n pixels x′. It must satisfy |x′ᵢ − xᵢ| ≤ ε and 0 ≤ x′ᵢ ≤ 1 for each i, and is
/// right if no other such point has a larger loss −ln p_label. You choose its arguments, and may call it as often
/// as you like.
///
/// * `candidate`: the function to be judged. It may be called with n from 1 to 16, weights and biases up to 4 in
///   size, labels 0 and 1, and ε from 0 to 2. There it neither panics nor runs long.
/// * Returns `true` to accept, `false` to reject:
///   * **No right one may be rejected.** Right ones may compute in any way, in one step or in many: none of their
///     pixels exceeds the two limits by more than 10⁻⁹, and z_other − z_label, the logits of x′, is within 10⁻⁶ of
///     the largest possible. A pixel without influence may have any value within the limits.
///   * **These must be rejected**: another number of pixels; pixels beyond ε, be it by a hundredth of it, or
///     outside 0 to 1; a pixel left unchanged because a whole step would take it outside; steps that end short of
///     ε, be it by a hundredth of it, or in proportion to the gradient; only one pixel, or all but one; the
///     opposite direction, a random one, the same one for all pixels; the label always taken as 0, or as the
///     predicted class; the weights of one class only; no attack on misclassified samples; a step from a black or a
///     white image instead of x; a NaN; what is right for up to eight pixels only, or but for pixels that are 0 or 1.
///
/// ```
/// # use katas::boss::laws::accepts_attack;
/// assert!(!accepts_attack(|_, x, _, _| x.to_vec()));
/// ```
///
/// In Python: no single call; compare with `x + epsilon * numpy.sign(w_other - w_label)`, clipped, on inputs drawn by
/// `hypothesis`.
///
/// Source: Goodfellow, Shlens and Szegedy, *Explaining and Harnessing Adversarial Examples*, ICLR 2015, §4 and §5.
pub fn accepts_attack(candidate: fn(&Dense, &[f64], usize, f64) -> Vec<f64>) -> bool {
    todo!()
}
