use kit::{Generator, InputError};

use crate::reference::m02_statistics::simulation as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type TossCoins = fn(usize, f64, &mut Generator) -> Result<Vec<bool>, InputError>;

/// The kata, answered by a specimen.
pub fn toss_coins(tosses: usize, heads: f64, generator: &mut Generator) -> Result<Vec<bool>, InputError> {
    answering::<TossCoins>(
        module_path!(),
        reference::toss_coins,
        &[
            wheat("tails_turned_round", "tosses tails with 1 − p and negates", |n, p, generator| {
                usable(p)?;
                Ok((0..n).map(|_| generator.uniform() >= p).map(|tails| !tails).collect())
            }),
            wheat("from_the_top", "counts the uniform numbers above 1 − p as heads", |n, p, generator| {
                usable(p)?;
                Ok((0..n).map(|_| 1.0 - generator.uniform() <= p).collect())
            }),
            wheat("bit_by_bit", "compares the binary digits of p with fair coins", |n, p, generator| {
                usable(p)?;
                Ok((0..n).map(|_| bit_by_bit(p, generator)).collect())
            }),
            wheat("waiting_times", "draws geometric waiting times between heads", |n, p, generator| {
                usable(p)?;
                let mut tosses = vec![false; n];
                let mut at = -1.0;
                loop {
                    // P(more than k tails) = (1 − p)ᵏ⁺¹.
                    at += 1.0 + ((1.0 - generator.uniform()).ln() / (-p).ln_1p()).floor();
                    if p == 0.0 || at >= n as f64 {
                        return Ok(tosses);
                    }
                    tosses[at as usize] = true;
                }
            }),
            chaff("tails", "The probability is that of tails.", |n, p, generator| {
                usable(p)?;
                Ok((0..n).map(|_| generator.uniform() > p).collect())
            }),
            chaff("always_fair", "A coin has two sides, so each has probability ½.", |n, p, generator| {
                usable(p)?;
                Ok((0..n).map(|_| generator.below(2) == 0).collect())
            }),
            chaff("off_by_two_hundredths", "The threshold is p + 0.02.", |n, p, generator| {
                usable(p)?;
                let inside = 0.0 < p && p < 1.0;
                Ok((0..n).map(|_| generator.uniform() < if inside { p + 0.02 } else { p }).collect())
            }),
            chaff("one_toss_for_all", "One draw is enough for all tosses.", |n, p, generator| {
                usable(p)?;
                Ok(vec![generator.uniform() < p; n])
            }),
            chaff("exact_share", "In n tosses heads comes exactly n·p times.", |n, p, generator| {
                usable(p)?;
                let mut tosses: Vec<bool> = (0..n).map(|i| (i as f64 + 0.5) / (n as f64) < p).collect();
                let pairs = tosses.len() / 2;
                // Each pair of neighbors one from either end.
                tosses = (0..pairs)
                    .flat_map(|i| [tosses[i], tosses[n - 1 - i]])
                    .chain(tosses.get(pairs).copied())
                    .collect();
                tosses.truncate(n);
                generator.uniform();
                Ok(tosses)
            }),
            chaff("every_second_copied", "A toss may be used twice.", |n, p, generator| {
                let mut tosses = reference::toss_coins(n, p, generator)?;
                for i in (2..n).step_by(2) {
                    tosses[i] = tosses[i - 1];
                }
                Ok(tosses)
            }),
            chaff(
                "in_thousandths",
                "A random integer below 1000 is as good as a uniform number.",
                |n, p, generator| {
                    usable(p)?;
                    Ok((0..n).map(|_| (generator.below(1000) as f64) < p * 1000.0).collect())
                },
            ),
            chaff(
                "rounded_to_thousandths",
                "Three digits of a probability are enough.",
                |n, p, generator| {
                    usable(p)?;
                    Ok((0..n).map(|_| (generator.below(1000) as f64) < (p * 1000.0).round()).collect())
                },
            ),
            chaff("own_seed", "The function may seed a generator of its own.", |n, p, _| {
                reference::toss_coins(n, p, &mut Generator::from_seed(1))
            }),
            chaff("clamped", "A probability above 1 counts as 1.", |n, p, generator| {
                let p = if p.is_nan() { p } else { p.clamp(0.0, 1.0) };
                reference::toss_coins(n, p, generator)
            }),
            chaff("nan_passes", "`p < 0 || p > 1` rejects NaN.", |n, p, generator| {
                if !(0.0..=1.0).contains(&p) && !p.is_nan() {
                    return reference::toss_coins(n, p, generator);
                }
                Ok((0..n).map(|_| generator.uniform() < p).collect())
            }),
            chaff(
                "checked_when_tossing",
                "Without tosses the probability needs no check.",
                |n, p, generator| {
                    if n == 0 { Ok(vec![]) } else { reference::toss_coins(n, p, generator) }
                },
            ),
            chaff("all_heads", "Every toss is heads.", |n, p, _| {
                usable(p)?;
                Ok(vec![true; n])
            }),
            chaff("each_its_turn", "For p = ½ exactly half of the tosses are heads.", |n, p, generator| {
                usable(p)?;
                let heads = (p * n as f64).round() as usize;
                let mut tosses: Vec<bool> = (0..n).map(|i| i < heads).collect();
                generator.shuffle(&mut tosses);
                Ok(tosses)
            }),
            chaff("tails_is_due", "After three heads tails is more likely.", |n, p, generator| {
                usable(p)?;
                let mut tosses: Vec<bool> = Vec::new();
                for i in 0..n {
                    let due = i >= 3 && tosses[i - 3..].iter().all(|heads| *heads) && p < 1.0;
                    tosses.push(generator.uniform() < if due { p - p.min(1.0 - p) / 2.0 } else { p });
                }
                Ok(tosses)
            }),
            wheat("tails_first", "heads are the uniform numbers from 1 − p on", |n, p, generator| {
                usable(p)?;
                Ok((0..n).map(|_| generator.uniform() >= 1.0 - p).collect())
            }),
            chaff("nearly_certain", "A probability above 0.99 is 1.", |tosses, heads, generator| {
                reference::toss_coins(
                    tosses,
                    if heads > 0.99 && heads < 1.0 { 1.0 } else { heads },
                    generator,
                )
            }),
            chaff("sixteenths", "A probability is a multiple of 1/16.", |tosses, heads, generator| {
                let rounded = (heads * 16.0).round() / 16.0;
                reference::toss_coins(
                    tosses,
                    if heads > 0.1 && heads < 0.9 { rounded } else { heads },
                    generator,
                )
            }),
            chaff(
                "ten_thousandths",
                "Four decimals of a probability are enough.",
                |tosses, heads, generator| {
                    reference::toss_coins(tosses, (heads * 1e4).round() / 1e4, generator)
                },
            ),
            chaff(
                "now_and_then_as_before",
                "A toss may repeat an earlier one now and then.",
                |n, p, generator| {
                    let mut tosses = reference::toss_coins(n, p, generator)?;
                    (31..n).step_by(31).for_each(|i| tosses[i] = tosses[i - 17]);
                    Ok(tosses)
                },
            ),
        ],
    )(tosses, heads, generator)
}

fn usable(heads: f64) -> Result<(), InputError> {
    reference::toss_coins(0, heads, &mut Generator::from_seed(1)).map(|_| ())
}

/// Whether a number of fair binary digits is below p: the first digit that differs decides.
fn bit_by_bit(p: f64, generator: &mut Generator) -> bool {
    let mut rest = p;
    while rest < 1.0 {
        rest *= 2.0;
        let (digit, fair) = (rest >= 1.0, generator.below(2) == 1);
        if digit != fair {
            return digit;
        }
        rest -= f64::from(u8::from(digit));
        if rest == 0.0 {
            return false;
        }
    }
    true
}
