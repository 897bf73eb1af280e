use std::convert::Infallible;

use rand::{Rng, SeedableRng, TryRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// Random numbers from a seed: the same ones on every platform and after every update.
///
/// The bits come from xoshiro256++ seeded by SplitMix64, both fixed algorithms. Everything above the bits is
/// defined here, because the sampling of the `rand` library may change from one version to the next. The type is a
/// [`rand::Rng`] all the same, so that library's distributions can draw from it.
///
/// ```
/// # use kit::Generator;
/// let mut generator = Generator::from_seed(7);
/// let x = generator.uniform();
/// assert!((0.0..1.0).contains(&x));
/// assert_eq!(x, Generator::from_seed(7).uniform());
/// assert!(generator.below(6) < 6);
/// ```
///
/// Source: Blackman and Vigna, *Scrambled Linear Pseudorandom Number Generators*, 2021.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generator(Xoshiro256PlusPlus);

impl Generator {
    /// A generator whose numbers are fixed by `seed`.
    #[must_use]
    pub fn from_seed(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// Where it stands: what it takes to go on from here in another process.
    #[must_use]
    pub fn state(&self) -> [u64; 4] {
        // The library shows its state in no other way.
        let shown = format!("{:?}", self.0);
        let mut words = shown.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok());
        // The type's own name holds the 256.
        let _the_types_name = words.next();
        [(); 4].map(|()| words.next().unwrap_or_default())
    }

    /// A generator that stands there.
    #[must_use]
    pub fn from_state(state: [u64; 4]) -> Self {
        let mut seed = [0; 32];
        for (bytes, word) in seed.chunks_exact_mut(8).zip(state) {
            bytes.copy_from_slice(&word.to_le_bytes());
        }
        Self(Xoshiro256PlusPlus::from_seed(seed))
    }

    /// A number in \[0, 1): a multiple of 2⁻⁵³, all equally likely.
    pub fn uniform(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
        (self.0.next_u64() >> 11) as f64 * STEP
    }

    /// A number in \[low, high), or `low` where the two are equal.
    pub fn uniform_in(&mut self, low: f64, high: f64) -> f64 {
        let x = low + (high - low) * self.uniform();
        // Rounding can reach `high` where the interval is only a few ulps wide.
        if x < high { x } else { low }
    }

    /// A whole number in 0..n, each exactly equally likely.
    ///
    /// # Panics
    ///
    /// If n is 0: there is no such number.
    pub fn below(&mut self, n: usize) -> usize {
        assert!(n > 0, "no whole number lies in 0..0");
        let n = n as u64;
        // The last, incomplete run of n numbers would favor the small ones: draw again there.
        let complete = u64::MAX - u64::MAX % n;
        loop {
            let x = self.0.next_u64();
            if x < complete {
                return (x % n) as usize;
            }
        }
    }

    /// Brings the items into a random order, each order equally likely (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

impl TryRng for Generator {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.0.next_u32())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.0.next_u64())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill_bytes(bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_seed_never_change() {
        let mut g = Generator::from_seed(1);
        let bits: Vec<u64> = (0..3).map(|_| g.next_u64()).collect();
        assert_eq!(bits, [0xcfc5_d07f_6f03_c29b, 0xbf42_4132_963f_e08d, 0x19a3_7d57_57aa_f520]);
        assert_eq!(g.uniform(), 0.746_216_870_616_810_4);
        assert_eq!((0..8).map(|_| g.below(6)).collect::<Vec<_>>(), [2, 5, 5, 5, 2, 2, 3, 3]);
        let mut order = [0, 1, 2, 3, 4, 5, 6, 7];
        g.shuffle(&mut order);
        assert_eq!(order, [1, 4, 0, 5, 3, 7, 2, 6]);
    }

    #[test]
    fn a_state_is_taken_up_where_it_was_left() {
        let mut g = Generator::from_seed(4);
        for _ in 0..10 {
            assert_eq!(Generator::from_state(g.state()), g);
            g.uniform();
        }
    }

    #[test]
    fn an_interval_keeps_its_open_end() {
        let mut g = Generator::from_seed(2);
        let high = 1.0_f64.next_up();
        assert!((0..1000).all(|_| g.uniform_in(1.0, high) == 1.0));
        assert_eq!(g.uniform_in(3.0, 3.0), 3.0);
    }

    #[test]
    fn every_order_of_three_is_equally_likely() {
        let mut g = Generator::from_seed(3);
        let mut seen = std::collections::BTreeMap::new();
        for _ in 0..60_000 {
            let mut order = [0, 1, 2];
            g.shuffle(&mut order);
            *seen.entry(order).or_insert(0_u32) += 1;
        }
        // Hoeffding: a fair count leaves 10,000 ± 900 with a chance below 1e-11.
        assert!(seen.len() == 6 && seen.values().all(|n| n.abs_diff(10_000) < 900), "{seen:?}");
    }
}
