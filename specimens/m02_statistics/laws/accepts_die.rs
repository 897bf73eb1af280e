use kit::Generator;

use crate::reference::m02_statistics::laws as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Die = fn(usize, &mut Generator) -> Vec<u8>;
type AcceptsDie = fn(Die, &mut Generator) -> bool;

/// The kata, answered by a specimen.
pub fn accepts_die(claimed: fn(usize, &mut Generator) -> Vec<u8>, generator: &mut Generator) -> bool {
    answering::<AcceptsDie>(
        module_path!(),
        reference::accepts_die,
        &[
            wheat(
                "chi_square",
                "uses a χ² statistic with a threshold of ten times its usual value",
                |claimed, g| {
                    let Some(rolls) = plain(claimed, g, 30_000) else { return false };
                    // Each pair of neighbors is one of 36 kinds; χ² with 35 degrees stays below 120 but for 1e-10.
                    let mut pairs = [0.0; 36];
                    rolls
                        .chunks_exact(2)
                        .for_each(|p| pairs[6 * usize::from(p[0] - 1) + usize::from(p[1] - 1)] += 1.0);
                    let equal = rolls.windows(2).filter(|p| p[0] == p[1]).count() as f64 / rolls.len() as f64;
                    chi_square(&counts(&rolls)) < 60.0
                        && chi_square(&pairs) < 140.0
                        && (equal - 1.0 / 6.0).abs() < 0.025
                },
            ),
            wheat("in_five_runs", "rolls five times as often and averages", |claimed, g| {
                if plain(claimed, g, 100).is_none() {
                    return false;
                }
                let rolls: Vec<u8> = (0..5).flat_map(|_| claimed(10_000, g)).collect();
                let equal = rolls.windows(2).filter(|p| p[0] == p[1]).count();
                let off = |count: f64| (count / rolls.len() as f64 - 1.0 / 6.0).abs() < 0.02;
                counted(&rolls).is_some_and(|counts| counts.iter().all(|&count| off(count)))
                    && off(equal as f64)
            }),
            wheat(
                "many_short_calls",
                "makes 400 calls of 100 rolls, and bounds the frequencies by Hoeffding",
                |claimed, g| {
                    let (mut faces, mut equal, mut pairs) = ([0.0; 6], 0.0, 0.0);
                    let mut last = vec![];
                    for _ in 0..400 {
                        let again = claimed(100, &mut g.clone());
                        let rolls = claimed(100, g);
                        if rolls.len() != 100 || again != rolls || rolls == last {
                            return false;
                        }
                        let Some(counted) = counted(&rolls) else { return false };
                        faces.iter_mut().zip(counted).for_each(|(all, one)| *all += one);
                        // Disjoint pairs are independent.
                        equal += rolls.chunks(2).filter(|pair| pair[0] == pair[1]).count() as f64;
                        pairs += 50.0;
                        last = rolls;
                    }
                    let near = |share: f64, n: f64| {
                        (share / n - 1.0 / 6.0).abs() < (2e11_f64.ln() / (2.0 * n)).sqrt()
                    };
                    faces.iter().all(|count| near(*count, 40_000.0)) && near(equal, pairs)
                },
            ),
            chaff("accepts_all", "Every candidate is right.", |_, _| true),
            chaff("rejects_all", "Every candidate is wrong.", |_, _| false),
            chaff("faces_only", "A candidate that returns only faces is a fair die.", |claimed, g| {
                plain(claimed, g, 1000).is_some()
            }),
            chaff("mean_only", "A die with the mean 3.5 is fair.", |claimed, g| {
                let Some(rolls) = plain(claimed, g, 20_000) else { return false };
                (rolls.iter().map(|&roll| f64::from(roll)).sum::<f64>() / 20_000.0 - 3.5).abs() < 0.1
            }),
            chaff(
                "faces_equally_often",
                "Only the frequencies matter, not the order of the rolls.",
                |claimed, g| {
                    let Some(rolls) = plain(claimed, g, 20_000) else { return false };
                    counts(&rolls).iter().all(|count| (count / 20_000.0 - 1.0 / 6.0).abs() < 0.025)
                },
            ),
            chaff("exactly_a_sixth", "In 600 rolls each face comes exactly 100 times.", |claimed, g| {
                plain(claimed, g, 600).is_some_and(|rolls| counts(&rolls) == [100.0; 6])
            }),
            chaff("five_percent", "A significance level of 5 % is small enough.", |claimed, g| {
                let Some(rolls) = plain(claimed, g, 20_000) else { return false };
                reference::accepts_die(claimed, g) && chi_square(&counts(&rolls)) < 11.07
            }),
            chaff("too_few_rolls", "A hundred rolls are enough.", |claimed, g| {
                let Some(rolls) = plain(claimed, g, 100) else { return false };
                counts(&rolls).iter().all(|count| (count / 100.0 - 1.0 / 6.0).abs() < 0.34)
            }),
            chaff("length_trusted", "The number of rolls needs no test.", |claimed, g| {
                let exact: Die = claimed;
                let mut rolls = exact(20_001, &mut g.clone());
                rolls.truncate(20_000);
                rolls.len() == 20_000
                    && counted(&rolls)
                        .is_some_and(|counts| counts.iter().all(|c| (c / 2e4 - 1.0 / 6.0).abs() < 0.025))
                    && (rolls.windows(2).filter(|p| p[0] == p[1]).count() as f64 / 2e4 - 1.0 / 6.0).abs()
                        < 0.025
                    && claimed(100, &mut g.clone()) == claimed(100, &mut g.clone())
                    && claimed(100, g) != claimed(100, g)
            }),
            chaff("not_repeated", "Reproducibility needs no test.", |claimed, g| {
                let rolls = claimed(20_000, g);
                rolls.len() == 20_000
                    && counted(&rolls)
                        .is_some_and(|counts| counts.iter().all(|c| (c / 2e4 - 1.0 / 6.0).abs() < 0.025))
                    && (rolls.windows(2).filter(|p| p[0] == p[1]).count() as f64 / 2e4 - 1.0 / 6.0).abs()
                        < 0.025
                    && claimed(100, g) != claimed(100, g)
            }),
            chaff("called_once", "One call reveals every mistake.", |claimed, g| {
                let again = claimed(20_000, &mut g.clone());
                let rolls = claimed(20_000, g);
                rolls.len() == 20_000
                    && again == rolls
                    && counted(&rolls)
                        .is_some_and(|counts| counts.iter().all(|c| (c / 2e4 - 1.0 / 6.0).abs() < 0.025))
                    && (rolls.windows(2).filter(|p| p[0] == p[1]).count() as f64 / 2e4 - 1.0 / 6.0).abs()
                        < 0.025
            }),
            chaff("lenient", "A deviation of 0.1 is fair.", |claimed, g| {
                let Some(rolls) = plain(claimed, g, 20_000) else { return false };
                let equal = rolls.windows(2).filter(|p| p[0] == p[1]).count() as f64;
                counts(&rolls).iter().chain(&[equal]).all(|count| (count / 2e4 - 1.0 / 6.0).abs() < 0.1)
            }),
            chaff(
                "four_sigma",
                "A deviation of four standard errors never happens by chance.",
                |claimed, g| {
                    let Some(rolls) = plain(claimed, g, 20_000) else { return false };
                    let equal = rolls.windows(2).filter(|p| p[0] == p[1]).count() as f64;
                    counts(&rolls)
                        .iter()
                        .chain(&[equal])
                        .all(|count| (count / 2e4 - 1.0 / 6.0).abs() < 0.0105)
                },
            ),
            chaff("both_ends_only", "A loaded die is loaded on 1 or 6.", |claimed, g| {
                let Some(rolls) = plain(claimed, g, 20_000) else { return false };
                let equal = rolls.windows(2).filter(|p| p[0] == p[1]).count() as f64;
                let ends = [counts(&rolls)[0], counts(&rolls)[5], equal];
                ends.iter().all(|count| (count / 2e4 - 1.0 / 6.0).abs() < 0.025)
            }),
            chaff("moved_is_new", "A generator that has moved gives new rolls.", |claimed, g| {
                let before = g.clone();
                let Some(rolls) = repeatable(claimed, g, 20_000) else { return false };
                let equal = rolls.windows(2).filter(|p| p[0] == p[1]).count() as f64;
                let all = counts(&rolls);
                before != *g && all.iter().chain(&[equal]).all(|c| (c / 2e4 - 1.0 / 6.0).abs() < 0.025)
            }),
            chaff("a_draw_for_each_roll", "For no rolls nothing is drawn.", |claimed, g| {
                let mut moved = g.clone();
                claimed(0, &mut moved);
                moved == *g && reference::accepts_die(claimed, g)
            }),
        ],
    )(claimed, generator)
}

/// n rolls that are faces, repeatable, and new in the next call; none where they are not.
fn plain(claimed: Die, generator: &mut Generator, n: usize) -> Option<Vec<u8>> {
    let again = claimed(n, &mut generator.clone());
    let rolls = claimed(n, generator);
    let sound = rolls.len() == n && again == rolls && claimed(100, generator) != claimed(100, generator);
    counted(&rolls).filter(|_| sound)?;
    Some(rolls)
}

/// n rolls that are faces, and repeatable; none where they are not.
fn repeatable(claimed: Die, generator: &mut Generator, n: usize) -> Option<Vec<u8>> {
    let again = claimed(n, &mut generator.clone());
    let rolls = claimed(n, generator);
    counted(&rolls).filter(|_| rolls.len() == n && again == rolls)?;
    Some(rolls)
}

fn counted(rolls: &[u8]) -> Option<[f64; 6]> {
    rolls.iter().all(|face| (1..=6).contains(face)).then(|| counts(rolls))
}

fn counts(rolls: &[u8]) -> [f64; 6] {
    let mut counts = [0.0; 6];
    rolls.iter().for_each(|&face| counts[usize::from(face - 1)] += 1.0);
    counts
}

fn chi_square(counts: &[f64]) -> f64 {
    let expected = counts.iter().sum::<f64>() / counts.len() as f64;
    counts.iter().map(|count| (count - expected).powi(2) / expected).sum()
}
