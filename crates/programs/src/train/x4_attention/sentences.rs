use katas::x4_attention::generation::{Sampling, generate};
use katas::x4_attention::gpt::{Gpt, GptSettings};
use kit::{Generator, grammar};
use programs::ProgramError;

use super::lesson::Lesson;
use super::steps::cached;

/// The characters, each a token. A text begins with the first.
const CHARACTERS: &str = "\n .abcdefghijklmnopqrstuvwxyz";

/// The context length.
const CONTEXT: usize = 64;

/// Text of a small grammar, character by character. Each tenth sentence is kept back: what was never seen is made of those.
pub struct Sentences {
    unseen: Vec<Vec<usize>>,
}

impl Sentences {
    pub fn new(generator: &mut Generator) -> Self {
        Self { unseen: (0..200).map(|_| text(true, generator)).collect() }
    }
}

/// As many sentences as fill the context, all of them kept back or none.
fn text(kept_back: bool, generator: &mut Generator) -> Vec<usize> {
    let mut text = "\n".to_owned();
    while text.len() < CONTEXT {
        let sentence = grammar::sentence(generator);
        if is_kept_back(&sentence) == kept_back {
            text += &sentence;
            text.push(' ');
        }
    }
    text.bytes().take(CONTEXT).filter_map(|byte| CHARACTERS.bytes().position(|it| it == byte)).collect()
}

/// One sentence in ten, by a hash of its bytes.
fn is_kept_back(sentence: &str) -> bool {
    let hash = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    (sentence.bytes().fold(0x811C_9DC5, hash) >> 8).is_multiple_of(10)
}

impl Lesson for Sentences {
    fn settings(&self) -> GptSettings {
        GptSettings { vocabulary: CHARACTERS.len(), context: CONTEXT, width: 64, heads: 4, layers: 2 }
    }

    fn prompt(&self) -> usize {
        1
    }

    fn batch(&self, generator: &mut Generator) -> Vec<Vec<usize>> {
        (0..16).map(|_| text(false, generator)).collect()
    }

    fn unseen(&self) -> &[Vec<usize>] {
        &self.unseen
    }

    /// The share of characters that are predicted. No model predicts all: which sentence comes next is not known.
    fn accuracy(&self, right: &[Vec<bool>]) -> f64 {
        let (right, all) = (right.iter().flatten().filter(|&&it| it).count(), right.iter().flatten().count());
        right as f64 / all as f64
    }

    fn sample(&self, gpt: &Gpt, seed: u64) -> Result<String, ProgramError> {
        let sampling = Sampling { temperature: 1.0, top_k: CHARACTERS.len(), top_p: 1.0 };
        let mut generator = Generator::from_seed(seed);
        let (mut right, mut all, mut lines) = (0, 0, String::new());
        for text in 0..30 {
            let model = &mut cached(gpt, self.settings());
            let tokens = generate(model, &[0], CONTEXT - 1, None, &sampling, &mut generator)?;
            let text_of = tokens.iter().map(|&it| self.name(it)).collect::<String>();
            if text < 3 {
                lines += &format!("  {}\n", text_of.replace('\n', "⏎"));
            }
            // The last one is cut off by the end of the context.
            let mut sentences: Vec<&str> = text_of.split_inclusive('.').collect();
            sentences.pop_if(|it| !it.ends_with('.'));
            right += sentences.iter().filter(|it| grammar::is_sentence(it.trim_start_matches(' '))).count();
            all += sentences.len();
        }
        Ok(lines + &format!("  {right} of {all} sentences are of the grammar\n"))
    }

    fn name(&self, token: usize) -> String {
        CHARACTERS.chars().nth(token).map_or_else(String::new, String::from)
    }

    fn example(&self) -> Vec<usize> {
        let text = "\nthe dogs that see a cat run.";
        text.bytes().filter_map(|byte| CHARACTERS.bytes().position(|it| it == byte)).collect()
    }
}
