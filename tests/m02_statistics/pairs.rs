//! Pairs from a row of random numbers, for laws that ask whether one depends on another.

/// The numbers in pairs that lie `apart` places apart, no number in two of them: where the numbers are independent, the
/// pairs are too. `late` leaves the first `apart` numbers out: with and without, each number meets the one that comes
/// `apart` places later.
pub fn disjoint<T: Copy>(numbers: &[T], apart: usize, late: bool) -> Vec<[T; 2]> {
    let rest = numbers.get(if late { apart } else { 0 }..).unwrap_or_default();
    rest.chunks_exact(2 * apart).flat_map(|chunk| (0..apart).map(|i| [chunk[i], chunk[i + apart]])).collect()
}

/// How far apart, and from which start: neighbors and the next ones.
pub const EACH: [(usize, bool); 6] = [(1, false), (1, true), (2, false), (2, true), (3, false), (3, true)];
