use katas::x4_attention::gpt::{Gpt, GptSettings};
use kit::Generator;
use programs::ProgramError;

/// What a network learns here.
pub trait Lesson {
    /// The sizes of its network.
    fn settings(&self) -> GptSettings;
    /// How many first tokens of a sequence are given and not predicted.
    fn prompt(&self) -> usize;
    /// A mini-batch of sequences to learn from.
    fn batch(&self, generator: &mut Generator) -> Vec<Vec<usize>>;
    /// Sequences that no mini-batch contains.
    fn unseen(&self) -> &[Vec<usize>];
    /// The share of right answers, 0 to 1, where `right` says of each predicted token of a sequence whether it is the most
    /// probable one.
    fn accuracy(&self, right: &[Vec<bool>]) -> f64;
    /// What it writes: a few lines for a person.
    fn sample(&self, gpt: &Gpt, seed: u64) -> Result<String, ProgramError>;
    /// How a token is shown.
    fn name(&self, token: usize) -> String;
    /// The tokens of which the attention is drawn.
    fn example(&self) -> Vec<usize>;
}
