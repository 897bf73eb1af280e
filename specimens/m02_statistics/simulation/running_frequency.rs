use crate::reference::m02_statistics::simulation as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type RunningFrequency = fn(&[bool]) -> Vec<f64>;

fn ones(tosses: &[bool]) -> impl Iterator<Item = f64> + '_ {
    tosses.iter().map(|&toss| f64::from(u8::from(toss)))
}

/// The kata, answered by a specimen.
pub fn running_frequency(tosses: &[bool]) -> Vec<f64> {
    answering::<RunningFrequency>(
        module_path!(),
        reference::running_frequency,
        &[
            wheat("updated", "moves the frequency toward each toss by 1/k", |tosses| {
                let mut share = 0.0;
                let step = |(i, toss): (usize, f64)| {
                    share += (toss - share) / (i + 1) as f64;
                    share
                };
                ones(tosses).enumerate().map(step).collect()
            }),
            wheat("counted_anew", "counts the first k tosses anew for each k", |tosses| {
                let count = |k: usize| tosses[..k].iter().filter(|&&toss| toss).count();
                (1..=tosses.len()).map(|k| count(k) as f64 / k as f64).collect()
            }),
            wheat("weighted", "averages the old frequency with weight k − 1 and the toss", |tosses| {
                let mut share = 0.0;
                let step = |(i, toss): (usize, f64)| {
                    share = (share * i as f64 + toss) / (i + 1) as f64;
                    share
                };
                ones(tosses).enumerate().map(step).collect()
            }),
            chaff("over_all", "Every relative frequency is divided by n.", |tosses| {
                let mut heads = 0.0;
                let share = |toss: f64| {
                    heads += toss;
                    heads / tosses.len() as f64
                };
                ones(tosses).map(share).collect()
            }),
            chaff("counts_from_zero", "The first toss has the number 0.", |tosses| {
                let mut heads = 0.0;
                let share = |(i, toss): (usize, f64)| {
                    heads += toss;
                    heads / (i as f64).max(1.0)
                };
                ones(tosses).enumerate().map(share).collect()
            }),
            chaff("before_the_toss", "The frequency after toss k excludes toss k.", |tosses| {
                let mut shares = reference::running_frequency(tosses);
                let by = usize::from(!shares.is_empty());
                shares.rotate_right(by);
                shares
            }),
            chaff("halfway", "Each toss moves the frequency halfway.", |tosses| {
                let mut share = ones(tosses).next().unwrap_or(0.0);
                let step = |toss: f64| {
                    share = (share + toss) / 2.0;
                    share
                };
                ones(tosses).map(step).collect()
            }),
            chaff("tails", "The relative frequency is that of tails.", |tosses| {
                let turned: Vec<bool> = tosses.iter().map(|toss| !toss).collect();
                reference::running_frequency(&turned)
            }),
            chaff("counts", "The relative frequency is the count.", |tosses| {
                let shares = reference::running_frequency(tosses);
                shares.iter().enumerate().map(|(i, share)| share * (i + 1) as f64).collect()
            }),
            chaff("last_one_only", "Only the frequency after the last toss is returned.", |tosses| {
                reference::running_frequency(tosses).last().copied().into_iter().collect()
            }),
            chaff(
                "starts_at_zero",
                "The result starts with the frequency before the first toss.",
                |tosses| [vec![0.0], reference::running_frequency(tosses)].concat(),
            ),
            chaff("single_precision", "Single precision (`f32`) is precise enough.", |tosses| {
                reference::running_frequency(tosses).iter().map(|&share| f64::from(share as f32)).collect()
            }),
        ],
    )(tosses)
}
