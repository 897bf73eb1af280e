//! Contests of milestone 2: the order of a sample. A size is a number of values.

use katas::m02_statistics::order_statistics as yours;
use katas::reference::m02_statistics::order_statistics as reference;
use katas::tuned::m02_statistics::order_statistics as tuned;
use kit::Generator;

use crate::contest::{Contest, Run};

/// All of them, in the order of the katas.
pub fn contests() -> Vec<Box<dyn Run>> {
    vec![
        sample("m02_statistics/order_statistics/median")
            .between(|x| yours::median(x), |x| reference::median(x))
            .tuned(|x| tuned::median(x))
            .boxed(),
        sample("m02_statistics/order_statistics/quantile")
            .between(|x| yours::quantile(x, 0.9), |x| reference::quantile(x, 0.9))
            .tuned(|x| tuned::quantile(x, 0.9))
            .boxed(),
    ]
}

fn sample(id: &'static str) -> Contest<Vec<f64>> {
    Contest::new(id, &[10, 1_000, 100_000], |generator: &mut Generator, n| {
        (0..n).map(|_| generator.uniform_in(-1.0, 1.0)).collect()
    })
}
