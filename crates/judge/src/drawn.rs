//! Inputs of any type, drawn behind a pointer. The judge is compiled once that way, and not once more in the tests for each type
//! of inputs that a law has: that was half of what a build of the laws had to compile.

use std::fmt;
use std::sync::Arc;

use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::{Reason, TestRunner};

use crate::inputs::Inputs;

/// What a law is tried on.
pub(crate) type Input = Arc<dyn Inputs>;

/// A strategy for inputs of whatever type.
#[derive(Clone)]
pub(crate) struct Drawn(Arc<dyn Draws>);

/// An input that was drawn, and the smaller ones that follow from it.
pub(crate) struct Tree(Box<dyn Shrinks>);

trait Draws: Send + Sync {
    fn draw(&self, runner: &mut TestRunner) -> Result<Box<dyn Shrinks>, Reason>;
}

trait Shrinks {
    fn input(&self) -> Input;
    fn is_made_simpler(&mut self) -> bool;
    fn is_made_more_complicated(&mut self) -> bool;
}

impl<S> Draws for S
where
    S: Strategy + Send + Sync,
    S::Value: Inputs,
    S::Tree: 'static,
{
    fn draw(&self, runner: &mut TestRunner) -> Result<Box<dyn Shrinks>, Reason> {
        Ok(Box::new(self.new_tree(runner)?))
    }
}

impl<T> Shrinks for T
where
    T: ValueTree,
    T::Value: Inputs,
{
    fn input(&self) -> Input {
        Arc::new(self.current())
    }

    fn is_made_simpler(&mut self) -> bool {
        self.simplify()
    }

    fn is_made_more_complicated(&mut self) -> bool {
        self.complicate()
    }
}

impl Drawn {
    /// Forgets the type of a strategy.
    pub(crate) fn from<S>(inputs: S) -> Self
    where
        S: Strategy + Send + Sync + 'static,
        S::Value: Inputs,
        S::Tree: 'static,
    {
        Self(Arc::new(inputs))
    }
}

impl fmt::Debug for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Drawn").finish_non_exhaustive()
    }
}

impl Strategy for Drawn {
    type Tree = Tree;
    type Value = Input;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        self.0.draw(runner).map(Tree)
    }
}

impl ValueTree for Tree {
    type Value = Input;

    fn current(&self) -> Input {
        self.0.input()
    }

    fn simplify(&mut self) -> bool {
        self.0.is_made_simpler()
    }

    fn complicate(&mut self) -> bool {
        self.0.is_made_more_complicated()
    }
}
