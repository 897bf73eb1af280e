//! How far chance may carry a right answer that is itself random.
//!
//! Every bound holds for every number of draws, not only in the limit: the tables of the χ² and the Kolmogorov
//! distribution are approximations, and worthless at a chance of 10⁻¹⁴. A check that uses one of these bounds rejects a
//! right answer with a chance of at most [`FALSE_ALARM`], and overlooks a bias of [`detectable_bias`] with a chance of at
//! most [`OVERLOOKED`].

/// The chance with which one check may reject a right answer: 100,000 checks together then err with 10⁻⁹.
pub const FALSE_ALARM: f64 = 1e-14;

/// The chance with which one check may overlook the bias that [`detectable_bias`] states.
pub const OVERLOOKED: f64 = 1e-9;

/// How far the mean of n independent numbers, each in an interval of length 1, may lie from its expectation.
///
/// ```text
/// P(|x̄ − E x̄| ≥ t) ≤ 2·exp(−2n·t²)
/// ```
///
/// Numbers in an interval of length L lie up to L times as far. The same bound, by Massart, holds for the largest
/// distance between the distribution function of a sample and the true one (Dvoretzky, Kiefer and Wolfowitz): it is
/// also the one for [`kolmogorov_distance`].
///
/// Sources: Hoeffding, *Probability Inequalities for Sums of Bounded Random Variables*, JASA 58 (1963), theorem 2;
/// Massart, *The Tight Constant in the Dvoretzky–Kiefer–Wolfowitz Inequality*, Annals of Probability 18 (1990).
#[must_use]
pub fn hoeffding(n: usize) -> f64 {
    ((2.0 / FALSE_ALARM).ln() / (2.0 * n as f64)).sqrt()
}

/// The largest distance between the distribution function of a sample and the one given.
///
/// The sample jumps at each of its values, so both sides of each jump count. Infinite where a value is NaN.
#[must_use]
pub fn kolmogorov_distance(sample: &[f64], distribution: impl Fn(f64) -> f64) -> f64 {
    if sample.iter().any(|x| x.is_nan()) {
        return f64::INFINITY;
    }
    let mut sorted = sample.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let distances = sorted.iter().enumerate().map(|(i, &x)| {
        let (below, above, want) = (i as f64 / n, (i + 1) as f64 / n, distribution(x));
        (want - below).abs().max((above - want).abs())
    });
    distances.fold(0.0, f64::max)
}

/// The relative entropy of the shares that were counted to the probabilities, Σ sᵢ·ln(sᵢ/pᵢ), in nats.
///
/// 2n times this is the statistic of the G-test, which is close to the χ² of Pearson. Infinite where something
/// impossible was counted.
#[must_use]
pub fn relative_entropy(counts: &[usize], probabilities: &[f64]) -> f64 {
    let n: usize = counts.iter().sum();
    let term = |(&count, &p): (&usize, &f64)| {
        let share = count as f64 / n as f64;
        if count == 0 { 0.0 } else { share * (share / p).ln() }
    };
    counts.iter().zip(probabilities).map(term).sum()
}

/// How large the [`relative_entropy`] of n independent draws from k ≥ 2 kinds may be.
///
/// ```text
/// P(D ≥ ε) ≤ exp(−nε)·(e·nε / (k − 1))^(k − 1)    for nε > k − 1
/// ```
///
/// Source: Agrawal, *Finite-Sample Concentration of the Multinomial in Relative Entropy*, IEEE Transactions on
/// Information Theory 66 (2020): the moment generating function of D is at most that of a gamma distribution with
/// shape k − 1 and rate n; the bound above is Chernoff's for that one.
#[must_use]
pub fn entropy_bound(n: usize, kinds: usize) -> f64 {
    let freedom = (kinds - 1) as f64;
    let alarm = -FALSE_ALARM.ln();
    // nε = alarm + (k − 1)·(1 + ln(nε/(k − 1))) contracts by (k − 1)/nε a round.
    let start = alarm + freedom;
    let root = (0..200).fold(start, |y, _| start + freedom * (y / freedom).ln());
    root / n as f64
}

/// The bias of the probability of any one event that [`entropy_bound`] overlooks with a chance of at most
/// [`OVERLOOKED`].
///
/// By Pinsker a share that stays within the bound is off by at most √(ε/2); by Hoeffding the share of n draws falls
/// short of its biased expectation by √(ln(1/β)/2n) with a chance of at most β.
///
/// Source: Cover and Thomas, *Elements of Information Theory*, 2nd ed., lemma 11.6.1 (Pinsker).
#[must_use]
pub fn detectable_bias(n: usize, kinds: usize) -> f64 {
    (entropy_bound(n, kinds) / 2.0).sqrt() + shortfall(n)
}

/// The distance of two distribution functions that [`hoeffding`] overlooks with a chance of at most [`OVERLOOKED`];
/// for means, in units of the interval's length.
#[must_use]
pub fn detectable_distance(n: usize) -> f64 {
    hoeffding(n) + shortfall(n)
}

fn shortfall(n: usize) -> f64 {
    (-OVERLOOKED.ln() / (2.0 * n as f64)).sqrt()
}

/// The distribution function of the standard normal distribution, to about 10⁻¹⁵ for |z| < 8.
///
/// ```text
/// Φ(z) = ½ + φ(z)·(z + z³/3 + z⁵/(3·5) + z⁷/(3·5·7) + …)
/// ```
///
/// Source: Marsaglia, *Evaluating the Normal Distribution*, Journal of Statistical Software 11 (2004).
#[must_use]
pub fn normal_distribution(z: f64) -> f64 {
    if z.abs() > 8.0 {
        return if z > 0.0 { 1.0 } else { 0.0 };
    }
    let (mut sum, mut term, mut odd) = (z, z, 1.0);
    while term.abs() > f64::EPSILON * sum.abs() {
        odd += 2.0;
        term *= z * z / odd;
        sum += term;
    }
    let density = (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    0.5 + density * sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_solve_their_inequalities() {
        for n in [1, 100, 20_000] {
            let t = hoeffding(n);
            assert!((2.0 * (-2.0 * n as f64 * t * t).exp() / FALSE_ALARM - 1.0).abs() < 1e-9);
            for kinds in [2, 6, 36] {
                let (y, d) = (n as f64 * entropy_bound(n, kinds), (kinds - 1) as f64);
                let chance = (-y + d * (1.0 + (y / d).ln())).exp();
                assert!(y > d && (chance / FALSE_ALARM - 1.0).abs() < 1e-9, "{n} {kinds}: {chance:e}");
            }
        }
    }

    #[test]
    fn a_sixth_and_two_hundredths_are_far_beyond_what_is_overlooked() {
        // A die that never shows six, 20,000 times; a coin of 0.52 for 0.5, 200,000 times.
        assert!(detectable_bias(20_000, 6) < 0.06, "{}", detectable_bias(20_000, 6));
        assert!(detectable_bias(200_000, 2) < 0.017, "{}", detectable_bias(200_000, 2));
        // Pairs of rolls, pairs of tosses, the sums of four dice: each law states its own.
        for (n, kinds, stated) in [
            (10_000, 36, 0.11),
            (10_000, 4, 0.08),
            (20_000, 2, 0.06),
            (20_000, 4, 0.06),
            (5_000, 21, 0.14),
            (5_000, 9, 0.13),
            (2_000, 8, 0.19),
        ] {
            assert!(detectable_bias(n, kinds) < stated, "{n} {kinds}: {}", detectable_bias(n, kinds));
        }
        assert!(detectable_distance(20_000) < 0.052, "{}", detectable_distance(20_000));
    }

    #[test]
    fn two_kinds_are_bounded_in_truth_as_stated() {
        // The exact chance of the tail for 1,000 tosses of a coin of 0.3, summed over the binomial distribution.
        let (n, p) = (1000_usize, 0.3_f64);
        let bound = entropy_bound(n, 2);
        let mut chance = (n as f64 * (1.0 - p).ln()).exp();
        let mut tail = 0.0;
        for k in 0..=n {
            if relative_entropy(&[k, n - k], &[p, 1.0 - p]) >= bound {
                tail += chance;
            }
            chance *= (n - k) as f64 / (k + 1) as f64 * p / (1.0 - p);
        }
        assert!(tail > 0.0 && tail < FALSE_ALARM, "{tail:e}");
    }

    #[test]
    fn relative_entropy_of_known_shares() {
        assert_eq!(relative_entropy(&[1, 1], &[0.5, 0.5]), 0.0);
        assert!((relative_entropy(&[4, 0], &[0.5, 0.5]) - 2.0_f64.ln()).abs() < 1e-15);
        assert_eq!(relative_entropy(&[1, 1], &[1.0, 0.0]), f64::INFINITY);
    }

    #[test]
    fn kolmogorov_looks_at_both_sides_of_each_jump() {
        let uniform = |x: f64| x.clamp(0.0, 1.0);
        assert_eq!(kolmogorov_distance(&[0.5], uniform), 0.5);
        assert_eq!(kolmogorov_distance(&[0.75, 0.25], uniform), 0.25);
        assert_eq!(kolmogorov_distance(&[1.0, 1.0], uniform), 1.0);
        assert_eq!(kolmogorov_distance(&[f64::NAN], uniform), f64::INFINITY);
    }

    #[test]
    fn the_normal_distribution_has_its_known_values() {
        // Abramowitz and Stegun, table 26.1.
        for (z, want) in [
            (0.0, 0.5),
            (1.0, 0.841_344_746_068_543),
            (2.0, 0.977_249_868_051_821),
            (-3.0, 0.001_349_898_031_630),
        ] {
            assert!((normal_distribution(z) - want).abs() < 2e-15, "Φ({z})");
        }
        assert_eq!((normal_distribution(9.0), normal_distribution(-9.0)), (1.0, 0.0));
        assert!(normal_distribution(-7.9) < 1e-14);
    }
}
