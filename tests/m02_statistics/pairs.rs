//! Pairs from a row of random numbers, for laws that ask whether one depends on another.

/// The numbers in pairs that lie `apart` places apart, no number in two of them: where the numbers are independent, the
/// pairs are too. `late` leaves the first `apart` numbers out: with and without, each number meets the one that comes
/// `apart` places later.
pub fn disjoint<T: Copy>(numbers: &[T], apart: usize, late: bool) -> Vec<[T; 2]> {
    let rest = numbers.get(if late { apart } else { 0 }..).unwrap_or_default();
    rest.chunks_exact(2 * apart).flat_map(|chunk| (0..apart).map(|i| [chunk[i], chunk[i + apart]])).collect()
}

/// How far apart pairs lie that are looked at less often.
pub const FAR: [usize; 16] = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 17, 20, 30, 40, 50, 100];

/// By how many places the first row of numbers has to be moved to agree with the second, in `least` places or more.
///
/// Numbers from a generator that was copied, and moved on by a few draws only, do.
pub fn shift<T: PartialEq>(first: &[T], second: &[T], least: usize) -> Option<usize> {
    let n = first.len().min(second.len());
    (0..=n.checked_sub(least)?).find(|&k| first[k..n] == second[..n - k])
}

/// The first, the middle and the last place of n.
pub fn places(n: usize) -> [(&'static str, usize); 3] {
    [("the first", 0), ("the middle", n / 2), ("the last", n - 1)]
}

/// Two of the three places of [`places`], for dependence over the whole length; none where they coincide.
pub fn ends(n: usize) -> Vec<[usize; 2]> {
    let all = [[0, 1], [0, 2], [1, 2]];
    let at = places(n).map(|(_, i)| i);
    all.into_iter().filter(|[a, b]| at[*a] != at[*b]).collect()
}

/// How far apart, and from which start: neighbors and the next ones.
pub const EACH: [(usize, bool); 6] = [(1, false), (1, true), (2, false), (2, true), (3, false), (3, true)];
