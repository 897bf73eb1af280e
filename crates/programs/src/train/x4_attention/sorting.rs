use std::collections::HashSet;

use katas::x4_attention::generation::{Sampling, generate};
use katas::x4_attention::gpt::{Gpt, GptSettings};
use kit::Generator;
use programs::ProgramError;

use super::lesson::Lesson;
use super::steps::cached;

/// How many digits are sorted.
const DIGITS: usize = 8;

/// The token between the digits and the answer.
const SEPARATOR: usize = 10;

/// Digits, a separator, and the same digits in order. What was never seen has another multiset of digits than all that is
/// learned from: its answer cannot be memorized.
pub struct Sorting {
    unseen: Vec<Vec<usize>>,
    answers: HashSet<Vec<usize>>,
}

impl Sorting {
    pub fn new(generator: &mut Generator) -> Self {
        let unseen: Vec<_> = (0..1000).map(|_| sequence(generator)).collect();
        let answers = unseen.iter().map(|it| it[DIGITS + 1..].to_vec()).collect();
        Self { unseen, answers }
    }
}

fn sequence(generator: &mut Generator) -> Vec<usize> {
    let digits: Vec<usize> = (0..DIGITS).map(|_| generator.below(10)).collect();
    let mut sorted = digits.clone();
    sorted.sort_unstable();
    [digits, vec![SEPARATOR], sorted].concat()
}

impl Lesson for Sorting {
    fn settings(&self) -> GptSettings {
        GptSettings { vocabulary: 11, context: 2 * DIGITS + 1, width: 32, heads: 2, layers: 2 }
    }

    fn prompt(&self) -> usize {
        DIGITS + 1
    }

    fn batch(&self, generator: &mut Generator) -> Vec<Vec<usize>> {
        let endless = std::iter::repeat_with(|| sequence(generator));
        endless.filter(|it| !self.answers.contains(&it[DIGITS + 1..])).take(64).collect()
    }

    fn unseen(&self) -> &[Vec<usize>] {
        &self.unseen
    }

    /// An answer is right if all its digits are.
    fn accuracy(&self, right: &[Vec<bool>]) -> f64 {
        right.iter().filter(|digits| digits.iter().all(|&is_right| is_right)).count() as f64
            / right.len() as f64
    }

    fn sample(&self, gpt: &Gpt, seed: u64) -> Result<String, ProgramError> {
        let greedy = Sampling { temperature: 0.0, top_k: 1, top_p: 1.0 };
        let words = |tokens: &[usize]| tokens.iter().map(|&it| self.name(it)).collect::<String>();
        let mut lines = String::new();
        for sequence in &self.unseen[..3] {
            let (prompt, right) = sequence.split_at(DIGITS + 1);
            let mut generator = Generator::from_seed(seed);
            let model = &mut cached(gpt, self.settings());
            let answer = generate(model, prompt, DIGITS, None, &greedy, &mut generator)?;
            let verdict = if answer == right { "right" } else { "wrong" };
            lines += &format!("  {} → {}  {verdict}\n", words(&prompt[..DIGITS]), words(&answer));
        }
        Ok(lines)
    }

    fn name(&self, token: usize) -> String {
        if token == SEPARATOR { "→".to_owned() } else { token.to_string() }
    }

    fn example(&self) -> Vec<usize> {
        self.unseen[0].clone()
    }
}
