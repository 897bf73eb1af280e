mod make_blobs;
mod make_linear;
mod make_moons;
mod train_test_split;

use judge::{Broken, Verdict, ensure};
use proptest::prelude::*;

/// Any seed. No seed is simpler than another, so a broken law does not look for a smaller one.
fn seed() -> impl Strategy<Value = u64> + Send + Sync + Clone {
    any::<u64>().no_shrink()
}

/// From the same state the same answer came; from the state it left behind, and from another seed, another one.
fn depends_on_the_generator<T: PartialEq>(call: &str, [first, again, next, other]: [&T; 4]) -> Verdict {
    let tell =
        |got: &str, want: &str, look: &str| Broken::answer(format!("{call}, asked twice: {got}"), want, look);
    ensure(first == again, || {
        let look = "What besides the generator decides? A static, the clock, a hash map's order?";
        tell("other data from the same state", "the same data", look)
    })?;
    ensure(first != next && first != other, || {
        let look = "All randomness comes from the generator you are given. Is it cloned, or seeded anew?";
        tell("the same data from another state", "other data", look)
    })
}
