//! Parts of an input that can be drawn anew while the rest stays.

use proptest::collection::{self, SizeRange, VecStrategy};
use proptest::sample::{self, Select};
use proptest::strategy::{NewTree, Strategy};
use proptest::test_runner::TestRunner;

use crate::neighbors::draws_anew;

/// A part of an input: see [`part`].
#[derive(Debug, Clone)]
pub struct InputPart<S>(S);

/// Makes what a strategy draws a part of the input: some inputs are the one before with one part drawn anew, so that an
/// answer that is looked up by the other parts is found out.
///
/// Everything that this module draws is such a part, entries of vectors too. A range or a `bool` of `proptest` becomes one through this.
pub fn part<S: Strategy>(strategy: S) -> InputPart<S> {
    InputPart(strategy)
}

/// So many of an element: `proptest::collection::vec` whose whole is a [`part`] of the input, and each element one too.
pub fn vec<S: Strategy>(element: S, size: impl Into<SizeRange>) -> InputPart<VecStrategy<InputPart<S>>> {
    part(collection::vec(part(element), size))
}

/// One of these: `proptest::sample::select` as a [`part`] of the input.
pub fn select<T: Clone + std::fmt::Debug + 'static>(values: Vec<T>) -> InputPart<Select<T>> {
    part(sample::select(values))
}

impl<S: Strategy> Strategy for InputPart<S> {
    type Tree = S::Tree;
    type Value = S::Value;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        draws_anew(runner, &|runner| self.0.new_tree(runner))
    }
}
