//! Inputs that differ from the one before in one part only.
//!
//! Between two inputs that are drawn independently everything differs, so a program that keeps its answers by one argument, by the
//! lengths or by the first entry looks right. Therefore one input in eight is drawn as the one before was, from the same random
//! numbers, and a single [`crate::any::part`] of it anew. Its form stays that of the strategy: lengths fit, labels lie in range.

use std::cell::{Cell, RefCell};

use proptest::prelude::RngExt;
use proptest::strategy::{NewTree, Strategy};
use proptest::test_runner::{TestRng, TestRunner};

use crate::drawn::{Drawn, Input, Tree};

/// Every so many inputs one is a neighbor of the input before.
const PERIOD: u32 = 8;

/// What becomes of the parts while an input is drawn.
#[derive(Debug, Default)]
enum Drawing {
    /// No input of a law is being drawn.
    #[default]
    Idle,
    /// They are counted: all, and those that lie in no other part.
    Counting(Count),
    /// One of them is drawn anew, from these random numbers.
    Changing { from: Box<TestRng>, which: Which, count: Count },
}

#[derive(Debug, Default, Clone, Copy)]
struct Count {
    all: u32,
    outer: u32,
    depth: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    /// The part with this number among all.
    OfAll(u32),
    /// The part with this number among those that lie in no other.
    OfOuter(u32),
}

thread_local! {
    static DRAWING: RefCell<Drawing> = RefCell::default();
}

/// Draws a part, and draws it once more from other random numbers where it is the one to change.
pub(crate) fn draws_anew<T>(runner: &mut TestRunner, draw: &dyn Fn(&mut TestRunner) -> T) -> T {
    let from = enter();
    // What is drawn after this part must come from the same random numbers as before.
    let usual = draw(runner);
    leave();
    let Some(from) = from else { return usual };
    let kept = std::mem::replace(runner.rng(), from);
    let anew = draw(runner);
    *runner.rng() = kept;
    anew
}

fn enter() -> Option<TestRng> {
    DRAWING.with_borrow_mut(Drawing::enter)
}

fn leave() {
    DRAWING.with_borrow_mut(Drawing::leave);
}

impl Drawing {
    /// Enters a part; gives what to draw it from, if it is the one to change.
    fn enter(&mut self) -> Option<TestRng> {
        let (count, is_it) = match self {
            Self::Idle => return None,
            Self::Counting(count) => (count, false),
            Self::Changing { which, count, .. } => {
                let is_outer = count.depth == 0 && *which == Which::OfOuter(count.outer);
                let is_it = is_outer || *which == Which::OfAll(count.all);
                (count, is_it)
            }
        };
        count.outer += u32::from(count.depth == 0);
        count.all += 1;
        count.depth += 1;
        match self {
            Self::Changing { from, .. } if is_it => Some(TestRng::clone(from)),
            _ => None,
        }
    }

    fn leave(&mut self) {
        if let Self::Counting(count) | Self::Changing { count, .. } = self {
            count.depth = count.depth.saturating_sub(1);
        }
    }
}

/// The inputs of a law, of which some are neighbors of the one before.
#[derive(Debug)]
pub(crate) struct Neighbors {
    inputs: Drawn,
    drawn: Cell<u32>,
    /// What the last input was drawn from, and how many parts it has.
    last: RefCell<Option<(TestRng, Count)>>,
}

impl Neighbors {
    pub(crate) fn of(inputs: Drawn) -> Self {
        Self { inputs, drawn: Cell::new(0), last: RefCell::default() }
    }

    /// How to draw a neighbor of the input before, if it has parts.
    fn next_change(&self, runner: &mut TestRunner) -> Option<(TestRng, Drawing)> {
        let (before, Count { all, outer, .. }) = self.last.borrow_mut().take()?;
        if outer == 0 {
            return None;
        }
        let from = Box::new(runner.new_rng());
        let which = match runner.rng().random_bool(0.5) {
            true => Which::OfOuter(runner.rng().random_range(0..outer)),
            false => Which::OfAll(runner.rng().random_range(0..all)),
        };
        Some((before, Drawing::Changing { from, which, count: Count::default() }))
    }
}

impl Strategy for Neighbors {
    type Tree = Tree;
    type Value = Input;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        self.drawn.set(self.drawn.get() + 1);
        let is_its_turn = self.drawn.get().is_multiple_of(PERIOD);
        let change = is_its_turn.then(|| self.next_change(runner)).flatten();
        let drawing = match change {
            Some((before, changing)) => {
                *runner.rng() = before;
                changing
            }
            None => Drawing::Counting(Count::default()),
        };
        let from = runner.rng().clone();
        DRAWING.set(drawing);
        let tree = self.inputs.new_tree(runner);
        if let Drawing::Counting(count) = DRAWING.take() {
            self.last.replace(Some((from, count)));
        }
        tree
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::strategy::ValueTree;

    use super::*;
    use crate::{Inputs, any};

    fn drawn<T: Inputs + Clone>(strategy: impl Strategy<Value = T> + Send + Sync + 'static) -> Vec<T> {
        let (neighbors, mut runner) = (Neighbors::of(Drawn::from(strategy)), TestRunner::deterministic());
        let mut next = || neighbors.new_tree(&mut runner).expect("it draws").current();
        let of_its_type = |input: Input| {
            let input: &dyn std::any::Any = &*input;
            input.downcast_ref::<T>().expect("its type").clone()
        };
        (0..8 * 64).map(|_| of_its_type(next())).collect()
    }

    #[test]
    fn one_input_in_eight_differs_from_the_one_before_in_one_part() {
        let inputs = drawn(any::vectors::<2>(3..=5).prop_flat_map(|[x, y]| {
            let n = x.len();
            (Just(x), Just(y), any::part(0..n))
        }));
        let (mut entries, mut vectors) = (0, 0);
        for pair in inputs.chunks(8) {
            let ((x, y, i), (u, v, j)) = (&pair[6], &pair[7]);
            let differing = x.iter().zip(u).chain(y.iter().zip(v)).filter(|(a, b)| a != b).count();
            assert!(x.len() == u.len(), "{pair:?}");
            assert!([x != u, y != v, i != j].iter().filter(|it| **it).count() <= 1, "{pair:?}");
            entries += usize::from(differing == 1);
            vectors += usize::from(differing > 1);
        }
        assert!(entries > 8 && vectors > 8, "{entries} entries, {vectors} vectors");
    }

    #[test]
    fn what_has_no_parts_is_drawn_as_ever() {
        let inputs = drawn((0..1000, 0..1000));
        assert!(inputs.chunks(8).all(|eight| eight[6] != eight[7]));
    }

    #[test]
    fn the_same_seed_draws_the_same_inputs() {
        let inputs = || drawn(any::wide_vectors::<2>(0..=6));
        assert_eq!(inputs(), inputs());
    }
}
