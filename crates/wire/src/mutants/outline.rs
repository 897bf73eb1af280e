//! What a mutant sees of an argument: enough for the caches that keep too little of it.

/// Lengths, and some of the numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Outline {
    /// The lengths in the order in which they come, and counts that stand alone.
    pub(super) lengths: Vec<usize>,
    /// The largest of them.
    pub(super) longest: usize,
    /// The largest size of a number.
    pub(super) largest: f64,
    /// The bits of the number that comes first.
    pub(super) first: Option<u64>,
    /// How many numbers there are.
    pub(super) numbers: usize,
}

impl Outline {
    /// Sees the entry at this index of so many.
    pub(super) fn enter(&mut self, index: usize, of: usize) {
        self.longest = self.longest.max(of);
        if index == 0 {
            self.lengths.push(of);
        }
    }

    /// Sees a number.
    pub(super) fn number(&mut self, size: f64, bits: u64) {
        self.numbers += 1;
        self.first.get_or_insert(bits);
        self.largest = self.largest.max(size);
    }
}
