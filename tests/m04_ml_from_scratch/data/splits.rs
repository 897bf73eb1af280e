//! Whether many random test sets are as random as they should be.

use judge::{Broken, Verdict, ensure, mean_near};

/// The test sets of half of n samples, as numbers from 0 to n − 1, in many calls: each sample is in about half of them, neighbors
/// are as often together as any two, and a later test set does not depend on the one before.
pub fn many_splits_are_random(n: usize, mut split: impl FnMut() -> Result<Vec<f64>, Broken>) -> Verdict {
    let calls = 60_000 / n;
    let (mut tested, mut pairs, mut again) = (vec![0_usize; n], 0, 0);
    let mut before = vec![false; n];
    for call in 0..calls {
        let mut now = vec![false; n];
        for sample in split()? {
            let known = (0.0..n as f64).contains(&sample);
            ensure(known, || {
                Broken::answer(format!("the sample {sample}"), "one of them", "Copy the targets.")
            })?;
            now[sample as usize] = true;
        }
        (0..n).for_each(|i| tested[i] += usize::from(now[i]));
        // One pair of each split, another one in each, and one sample of two splits in a row.
        let i = call % (n - 1);
        pairs += usize::from(now[i] == now[i + 1]);
        if call % 2 == 1 {
            again += usize::from(now[i] == before[i]);
        }
        before = now;
    }
    let t = (n / 2 + n % 2) as f64;
    let (share, n, often) = (t / n as f64, n as f64, |count: usize| count as f64 / calls as f64);
    let look =
        "Every subset of the size is equally likely to be the test set, whatever the number of samples.";
    for (i, count) in tested.iter().enumerate() {
        let call = format!("how often sample {i} of {n} is in the test set");
        mean_near(&call, often(*count), calls, 1.0, share, look)?;
    }
    let same = (t * (t - 1.0) + (n - t) * (n - t - 1.0)) / (n * (n - 1.0));
    let look = "Samples that are neighbors need not stay together: shuffle all of them.";
    mean_near("how often neighbors are in the same set", often(pairs), calls, 1.0, same, look)?;
    let (twice, same) = (calls / 2, share * share + (1.0 - share) * (1.0 - share));
    let look = "A later split does not depend on the one before. Is the generator copied?";
    let got = again as f64 / twice as f64;
    mean_near("how often a sample is in the same set again", got, twice, 1.0, same, look)
}

/// Of each tenth of n samples, a hundred or more, some are in this test set of a quarter, and some are not: a tenth of 102 is
/// missing from the test set with 10⁻¹³, and from the training set with 10⁻⁶¹.
pub fn some_of_each_tenth(n: usize, test: impl Iterator<Item = usize>) -> Verdict {
    let mut counts = [0; 10];
    test.for_each(|sample| counts[(10 * sample / n).min(9)] += 1);
    ensure(counts.iter().all(|count| (1..n / 10).contains(count)), || {
        let got = format!("test samples from the first, the second, … tenth of {n}: {counts:?}");
        let look = "All samples are shuffled, however many there are.";
        Broken::answer(got, "some of each tenth, but not all", look)
    })
}
