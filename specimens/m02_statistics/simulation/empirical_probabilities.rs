use kit::InputError;

use crate::reference::m02_statistics::simulation as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type EmpiricalProbabilities = fn(&[u8]) -> Result<[f64; 6], InputError>;

/// The kata, answered by a specimen.
pub fn empirical_probabilities(rolls: &[u8]) -> Result<[f64; 6], InputError> {
    answering::<EmpiricalProbabilities>(
        module_path!(),
        reference::empirical_probabilities,
        &[
            wheat("face_by_face", "goes through the rolls once for each face", |rolls| {
                reference::empirical_probabilities(rolls)?;
                let count = |face: u8| rolls.iter().filter(|&&roll| roll == face).count();
                Ok([1, 2, 3, 4, 5, 6].map(|face| count(face) as f64 / rolls.len() as f64))
            }),
            wheat("sorted", "sorts the rolls and counts the runs", |rolls| {
                reference::empirical_probabilities(rolls)?;
                let mut sorted = rolls.to_vec();
                sorted.sort_unstable();
                let up_to = |face: u8| sorted.partition_point(|&roll| roll <= face) as f64;
                Ok([1, 2, 3, 4, 5, 6].map(|face| (up_to(face) - up_to(face - 1)) / rolls.len() as f64))
            }),
            wheat("adds_fractions", "adds 1/n for each roll", |rolls| {
                reference::empirical_probabilities(rolls)?;
                let mut shares = [0.0; 6];
                for &roll in rolls {
                    shares[usize::from(roll - 1)] += 1.0 / rolls.len() as f64;
                }
                Ok(shares)
            }),
            chaff("theory", "The empirical probabilities of a fair die are 1/6.", |rolls| {
                reference::empirical_probabilities(rolls)?;
                Ok([1.0 / 6.0; 6])
            }),
            chaff("counts", "The empirical probability is the count.", |rolls| {
                let shares = reference::empirical_probabilities(rolls)?;
                Ok(shares.map(|share| share * rolls.len() as f64))
            }),
            chaff("over_six", "The counts are divided by 6.", |rolls| {
                let shares = reference::empirical_probabilities(rolls)?;
                Ok(shares.map(|share| share * rolls.len() as f64 / 6.0))
            }),
            chaff("last_roll_missing", "A loop to n − 1 includes the last roll.", |rolls| {
                let shares = reference::empirical_probabilities(rolls)?;
                let n = rolls.len();
                if n == 1 { Ok(shares) } else { reference::empirical_probabilities(&rolls[..n - 1]) }
            }),
            chaff("six_first", "The faces may be in any order.", |rolls| {
                let mut shares = reference::empirical_probabilities(rolls)?;
                shares.reverse();
                Ok(shares)
            }),
            chaff("empty_is_zero", "Without rolls every empirical probability is 0.", |rolls| {
                if rolls.is_empty() { Ok([0.0; 6]) } else { reference::empirical_probabilities(rolls) }
            }),
            chaff("bad_faces_skipped", "A number that is not a face can be skipped.", |rolls| {
                let faces: Vec<u8> = rolls.iter().copied().filter(|roll| (1..=6).contains(roll)).collect();
                reference::empirical_probabilities(&faces)
            }),
            chaff("last_bad_face", "The error may name any number that is not a face.", |rolls| {
                let backwards: Vec<u8> = rolls.iter().rev().copied().collect();
                reference::empirical_probabilities(&backwards)
            }),
            chaff("counts_of_a_byte", "A count fits into a byte.", |rolls| {
                let (shares, n) = (reference::empirical_probabilities(rolls)?, rolls.len() as f64);
                Ok(shares.map(|share| f64::from((share * n).round() as usize as u8) / n))
            }),
        ],
    )(rolls)
}
