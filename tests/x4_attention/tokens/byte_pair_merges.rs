use judge::{Broken, Verdict, any, ensure, equal, example, for_all};
use katas::x4_attention::tokens::byte_pair_merges;

use super::texts::{encoded, few_letters, learned, long, repeated, unicode};

const CALL: &str = "byte_pair_merges(text, merges)";

fn agrees(text: &str, merges: usize) -> Verdict {
    let look = "In each round count all pairs of neighbors, overlapping ones too; take the most \
                frequent, of equal \
                ones the smallest; replace it from left to right by 256 + the number of the round.";
    equal(CALL, byte_pair_merges(text, merges), learned(text, merges), look)
}

#[test]
fn learns_the_most_frequent_pairs() {
    for_all("text, merges", (few_letters(), any::part(0..=6_usize)))
        .holds(|(text, merges)| agrees(text, *merges));
}

#[test]
fn learns_the_merges_of_a_known_text() {
    example(|| {
        let look = "aa, then ab (smaller than 256 and a, which is as frequent), then 256 and 257.";
        let want = vec![(97, 97), (97, 98), (256, 257)];
        equal("byte_pair_merges(\"aaabdaaabac\", 9)", byte_pair_merges("aaabdaaabac", 9), want, look)
    });
}

#[test]
fn fewer_merges_are_the_beginning_of_more() {
    for_all("text, merges", (few_letters(), any::part(0..=4_usize))).cases(128).holds(|(text, merges)| {
        let (all, some) = (byte_pair_merges(text, 99), byte_pair_merges(text, *merges));
        let look = "A round does not depend on how many are to come.";
        equal(CALL, some.as_slice(), &all[..all.len().min(*merges)], look)
    });
}

#[test]
fn ends_where_no_pair_occurs_twice() {
    for_all("text", few_letters()).cases(128).holds(|text| {
        let merges = byte_pair_merges(text, 99);
        let tokens = encoded(text, &merges);
        let pairs: Vec<&[usize]> = tokens.windows(2).collect();
        let twice = pairs.iter().enumerate().find(|(i, pair)| pairs[..*i].contains(pair));
        ensure(twice.is_none(), || {
            let got = format!("{CALL} = {merges:?}; the tokens are then {tokens:?}");
            Broken::answer(got, "no pair that occurs twice", "It ends where each pair occurs once at most.")
        })
    });
}

#[test]
fn overlapping_pairs_are_counted_at_each_place() {
    example(|| {
        let look =
            "In `aaa` the pair of two a occurs twice, in `bc bc` each pair occurs twice: the smallest wins.";
        equal("byte_pair_merges(\"aaa\", 5)", byte_pair_merges("aaa", 5), vec![(97, 97)], look)?;
        equal("byte_pair_merges(\"bcaaabc\", 1)", byte_pair_merges("bcaaabc", 1), vec![(97, 97)], look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x4_attention::tokens::byte_pair_merges;
        // `b` is 98, `a` is 97, `n` is 110. First `an` (twice, as `na`), then `an` with `an`: once only.
        assert_eq!(byte_pair_merges("banana", 9), [(97, 110)]);
        assert_eq!(byte_pair_merges("aaaa aaaa", 2), [(97, 97), (256, 256)]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn learns_from_the_bytes_of_any_text() {
        for_all("text, merges", (unicode(), any::part(0..=9_usize)))
            .cases(192)
            .holds(|(text, merges)| agrees(&text.repeat(2), *merges));
    }

    #[test]
    fn learns_from_texts_of_any_length() {
        for_all("text, merges", (long(301), any::length(0..=6, 301)))
            .cases(96)
            .holds(|(text, merges)| agrees(text, *merges));
    }

    #[test]
    fn learns_any_number_of_merges_from_a_long_text() {
        for_all("text", long(1025)).cases(12).holds(|text| agrees(text, 12));
    }

    #[test]
    fn learns_hundreds_of_merges() {
        for_all("text", repeated()).cases(2).holds(|text| agrees(text, 601));
    }

    #[test]
    fn counts_pairs_that_occur_hundreds_of_times() {
        let times = any::part(250..=610_usize);
        for_all("n, more", (times, any::part(1..=3_usize))).cases(8).holds(|&(n, more)| {
            // The more frequent pair comes last.
            agrees(&("cd".repeat(n) + &"ab".repeat(n + more)), 3)?;
            agrees(&("ab".repeat(n) + &"cd".repeat(n + more)), 3)
        });
    }

    #[test]
    fn takes_any_number_of_merges() {
        example(|| {
            for text in ["", "a", "ab", "abab"] {
                agrees(text, usize::MAX)?;
                agrees(text, 0)?;
            }
            Ok(())
        });
    }
}
