//! Chapter x4: byte pair encoding of three sentences, positions by their distance, and why scores are scaled.

use katas::reference::x4_attention::attention::scaled_dot_product_attention;
use katas::reference::x4_attention::figures::explain_attention;
use katas::reference::x4_attention::gpt::{GptSettings, parameter_count};
use katas::reference::x4_attention::positions::{rotary_positions, sinusoidal_positions};
use katas::reference::x4_attention::tokens::{byte_pair_merges, decode, encode};
use kit::{Generator, Matrix};

use super::says;

const CHAPTER: &str = "x4_attention";

/// The beginning of *Alice's Adventures in Wonderland* by Lewis Carroll (1865), in the public domain.
const TWO_SENTENCES: &str = "Alice was beginning to get very tired of sitting by her sister \
    on the bank, and of having nothing to do: once or twice she had peeped into the book her \
    sister was reading, but it had no pictures or conversations in it, “and what is the use of a \
    book,” thought Alice “without pictures or conversations?” So she was considering in her own \
    mind (as well as she could, for the hot day made her feel very sleepy and stupid), whether the \
    pleasure of making a daisy-chain would be worth the trouble of getting up and picking the \
    daisies, when suddenly a White Rabbit with pink eyes ran close by her.";
/// How the third sentence begins.
const THIRD: &str = "There was nothing so very remarkable in that; nor did Alice \
    think it so very much out of the way to hear the Rabbit say to itself";

#[test]
fn merges_shorten_the_text_that_they_were_learned_from() {
    let all = byte_pair_merges(TWO_SENTENCES, usize::MAX);
    let tokens = |text: &str, merges: usize| encode(text, &all[..merges]).expect("merges").len();
    let (bytes, other) = (TWO_SENTENCES.len(), THIRD.len());
    says(CHAPTER, &format!("have {bytes} bytes"));
    says(CHAPTER, &format!("on how the third begins ({other} bytes)"));
    for merges in [0, 10, 20, 50, all.len()] {
        let row = format!("| {merges} | {} | {} |", tokens(TWO_SENTENCES, merges), tokens(THIRD, merges));
        says(CHAPTER, &row);
    }
    let spelled = |i: usize| decode(&[256 + i], &all).expect("a token").replace(' ', "␣");
    let first: Vec<String> = (0..5).map(|i| format!("`{}`", spelled(i))).collect();
    says(CHAPTER, &format!("The first five merges are {}", first.join(", ")));
    let longest = (0..all.len()).map(spelled).max_by_key(|token| token.chars().count());
    says(CHAPTER, &format!("the longest of the {} new tokens is `{}`", all.len(), longest.expect("a merge")));
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

#[test]
fn positions_are_similar_by_their_distance() {
    let p = sinusoidal_positions(400, 64).expect("positions");
    for t in [0, 100] {
        let similar = |distance: usize| dot(p.row(t), p.row(t + distance)) / dot(p.row(t), p.row(t));
        let cells: Vec<String> = [0, 1, 4, 16, 64, 256].map(|k| format!("{:.3}", similar(k))).to_vec();
        says(CHAPTER, &format!("| at t = {t} | {} |", cells.join(" | ")));
    }
    for t in [0, 100] {
        let rows = rotary_positions(&Matrix::from_rows([[1.0, 0.0], [1.0, 0.0]]), t).expect("rows");
        says(CHAPTER, &format!("the score is cos 1 = {:.4}", dot(rows.row(0), rows.row(1))));
    }
}

/// The mean of the largest weight among 16 keys of d numbers, over 2,000 queries.
fn largest_weight(d: usize, factor: f64) -> f64 {
    let mut generator = Generator::from_seed(1);
    // Of variance 1.
    let (mut sum, bound) = (0.0, 3.0_f64.sqrt());
    for _ in 0..2000 {
        let mut drawn = |rows: usize| {
            let mut matrix = Matrix::zeros(rows, d);
            (0..rows * d).for_each(|k| matrix[(k / d, k % d)] = generator.uniform_in(-bound, bound));
            matrix
        };
        let (query, keys) = (drawn(1), drawn(16));
        let query = Matrix::from_fn(1, d, |_, j| factor * query[(0, j)]);
        let mask = Matrix::zeros(1, 16);
        let (_, weights) = scaled_dot_product_attention(&query, &keys, &keys, &mask).expect("numbers");
        sum += weights.as_slice().iter().copied().fold(0.0, f64::max);
    }
    sum / 2000.0
}

#[test]
fn without_a_scale_one_key_has_all_of_the_weight() {
    let widths = [1, 4, 16, 64, 256_usize];
    let scaled = widths.map(|d| format!("{:.2}", largest_weight(d, 1.0)));
    let unscaled = widths.map(|d| format!("{:.2}", largest_weight(d, (d as f64).sqrt())));
    says(CHAPTER, &format!("| divided by √d | {} |", scaled.join(" | ")));
    says(CHAPTER, &format!("| not divided | {} |", unscaled.join(" | ")));
}

#[test]
fn an_attention_is_written_down_term_by_term() {
    let keys = Matrix::from_rows([[2.0, -1.0], [0.0, 1.0], [-1.5, 0.25]]);
    let values = Matrix::from_rows([[4.0, 0.0], [8.0, 1.0], [-2.0, -0.5]]);
    let explanation = explain_attention(&[1.0, 0.5], &keys, &values).expect("numbers");
    says(CHAPTER, &explanation.to_string());
}

#[test]
fn the_network_that_sorts_has_this_many_parameters() {
    let settings = GptSettings { vocabulary: 11, context: 17, width: 32, heads: 2, layers: 2 };
    let parameters = parameter_count(&settings).expect("sizes");
    says(CHAPTER, &format!("are {},{:03} parameters", parameters / 1000, parameters % 1000));
}
