//! The users that untrusted programs run as, where the grader is root.
//!
//! The kernel counts processes by user, whatever sandbox they are in: a fork storm under a grader of one checkout would
//! leave that of another one none, so each checkout has users of its own.

use std::fs;
use std::path::Path;

use engine::hash::Hash;

/// A grader has so many slots at most, each with its user.
pub(super) const SLOTS: u32 = 1000;
/// No distribution gives users from here on to anybody.
const UNUSED: u32 = 1_900_000_000;
/// A container may have as many users only as 16 bits count.
const FEW: u32 = 61_000;

/// The user of the first slot of the grader whose supervisor this is.
pub(super) fn first(supervisor: &Path) -> u32 {
    first_of(supervisor, &fs::read_to_string("/proc/self/uid_map").unwrap_or_default())
}

fn first_of(supervisor: &Path, map: &str) -> u32 {
    let own = u32::from(Hash::of(supervisor.as_os_str().as_encoded_bytes()).short());
    match has(map, UNUSED + u32::from(u16::MAX) * SLOTS + SLOTS) {
        true => UNUSED + own * SLOTS,
        false => FEW + own % 4 * SLOTS,
    }
}

/// Whether this user is there, by the map of our namespace: first inside, first outside, how many.
fn has(map: &str, user: u32) -> bool {
    map.lines().any(|line| {
        let mut numbers = line.split_whitespace().map_while(|it| it.parse::<u64>().ok());
        let (first, count) = (numbers.next(), numbers.nth(1));
        first.zip(count).is_some_and(|(first, count)| (first..first + count).contains(&u64::from(user)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_checkouts_have_no_user_in_common() {
        let all = "0 0 4294967295\n";
        let [one, other] =
            ["/a/target/supervisor", "/b/target/supervisor"].map(|path| first_of(Path::new(path), all));
        assert!(one.abs_diff(other) >= SLOTS, "{one} and {other}");
    }

    #[test]
    fn a_user_is_looked_for_in_the_map() {
        let (all, few) = ("         0          0 4294967295\n", "0 100000 65536\n");
        assert!(has(all, UNUSED) && has(few, FEW) && !has(few, UNUSED) && !has("", FEW));
    }
}
