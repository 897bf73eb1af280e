//! What a process of laws may use: a kata that grows without end shall cost a verdict, not the machine.
//!
//! Linux shows how much memory a process holds and how much it has written; a thread looks ten times a second and ends
//! the law with the input at work. Behind it stands the system's own limit for data, twice as high, for what grows
//! between two looks: there an allocation fails and the process aborts. macOS and Windows have neither: there only the
//! ten seconds per call hold a kata back.

use std::sync::Once;
use std::{env, fs};

use crate::broken::{Broken, Kind};
use crate::elsewhere;

/// In mebibytes, where `KATAS_MEMORY` says nothing else.
const USUAL_MEMORY: u64 = 2048;
/// In mebibytes: what a kata may print, or write into files, during one law.
const OUTPUT: u64 = 256;

/// How many mebibytes of memory a process of laws may hold; `KATAS_MEMORY` changes it, 0 takes the limit away.
fn memory_limit() -> Option<u64> {
    let asked = env::var("KATAS_MEMORY").ok().and_then(|text| text.parse().ok());
    Some(asked.unwrap_or(USUAL_MEMORY)).filter(|&mebibytes| mebibytes > 0)
}

/// Sets the system's limit, once in a process.
pub(crate) fn set() {
    static SET: Once = Once::new();
    SET.call_once(|| {
        #[cfg(target_os = "linux")]
        if let Some(mebibytes) = memory_limit() {
            use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
            let old = getrlimit(Resource::Data);
            let wanted = (2 * mebibytes) << 20;
            let lower = |old: Option<u64>| Some(old.map_or(wanted, |old| old.min(wanted)));
            // A system that rejects has its own reasons; the look from time to time remains.
            let _as_before = setrlimit(
                Resource::Data,
                Rlimit { current: lower(old.current), maximum: lower(old.maximum) },
            );
        }
    });
}

/// The law is broken because its process uses more than it may.
pub(crate) fn exceeded() -> Option<Broken> {
    let broken = |kind, got: String, look: &str| Broken {
        kind,
        got,
        want: "an answer".to_owned(),
        look: look.to_owned(),
        place: None,
    };
    if let Some(limit) = memory_limit()
        && mebibytes_held().is_some_and(|held| held > limit)
    {
        let got = format!("used more than {}", in_words(limit));
        return Some(broken(Kind::Memory, got, "What grows in each round of a loop, and what ends it?"));
    }
    if bytes_written().is_some_and(|written| is_a_flood(written, elsewhere::sent())) {
        let got = format!("wrote more than {}", in_words(OUTPUT));
        return Some(broken(Kind::Output, got, "Which line prints in a loop that does not end?"));
    }
    None
}

/// Whether the kata wrote too much: what the laws sent to katas in other processes is not its doing.
fn is_a_flood(written: u64, sent: u64) -> bool {
    written.saturating_sub(sent) >> 20 > OUTPUT
}

fn in_words(mebibytes: u64) -> String {
    if mebibytes.is_multiple_of(1024) {
        format!("{} GiB", mebibytes / 1024)
    } else {
        format!("{mebibytes} MiB")
    }
}

/// What this process holds in memory; `None` where the system does not say.
fn mebibytes_held() -> Option<u64> {
    number_behind("VmRSS:", &fs::read_to_string("/proc/self/status").ok()?).map(|kibibytes| kibibytes >> 10)
}

/// What this process has written, to its terminal, to files and to other processes; `None` where the system does not say.
fn bytes_written() -> Option<u64> {
    number_behind("wchar:", &fs::read_to_string("/proc/self/io").ok()?)
}

fn number_behind(word: &str, text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(word))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_is_asked_in_its_own_words() {
        assert_eq!(number_behind("VmRSS:", "VmPeak:\t 9 kB\nVmRSS:\t    2048 kB\n"), Some(2048));
        assert_eq!(number_behind("wchar:", "rchar: 7\n"), None);
        assert_eq!((in_words(2048), in_words(1500)), ("2 GiB".to_owned(), "1500 MiB".to_owned()));
    }

    #[test]
    fn questions_of_the_laws_are_no_output_of_a_kata() {
        let gibibyte = 1 << 30;
        assert!(is_a_flood(gibibyte, 0));
        assert!(!is_a_flood(gibibyte, gibibyte - 4096));
        assert!(is_a_flood(2 * gibibyte, gibibyte));
        let before = elsewhere::sent();
        elsewhere::sends(7);
        assert!(elsewhere::sent() >= before + 7);
    }

    #[test]
    fn a_process_that_uses_little_is_left_alone() {
        assert_eq!(exceeded(), None);
    }
}
