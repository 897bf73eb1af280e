use judge::{Answer, Broken, Verdict, any, ensure, equal, example, for_all, rejected};
use katas::x4_attention::tokens::encode;
use kit::InputError;
use proptest::prelude::*;

use super::texts::{bytes_of, encoded, few_letters, learned, long, repeated, text_and_merges, unicode};

const CALL: &str = "encode(text, merges)";

fn agrees(text: &str, merges: &[(usize, usize)]) -> Verdict {
    let got = encode(text, merges).accepted(CALL)?;
    let look = "Start with the bytes. For each merge, in the order of the list, replace its pair by 256 \
                + its \
                number, from left to right, and go on after the pair.";
    equal(CALL, got, encoded(text, merges), look)
}

#[test]
fn applies_the_merges_in_their_order() {
    for_all("text, merges", text_and_merges(few_letters(), 6)).holds(|(text, merges)| agrees(text, merges));
}

#[test]
fn without_merges_tokens_are_bytes() {
    for_all("text", unicode()).cases(96).holds(|text| {
        let want: Vec<usize> = text.bytes().map(usize::from).collect();
        equal(CALL, encode(text, &[]).accepted(CALL)?, want, "One token per byte of the UTF-8 text.")
    });
}

#[test]
fn tokens_stand_for_the_bytes_of_the_text() {
    for_all("text, merges", text_and_merges(unicode(), 6)).holds(|(text, merges)| {
        let tokens = encode(text, merges).accepted(CALL)?;
        let unknown = tokens.iter().find(|token| **token >= 256 + merges.len());
        equal("a token that is unknown", unknown, None, "Each token is below 256 + the number of merges.")?;
        let look = "Take the tokens apart again: nothing of the text may be lost, and nothing added.";
        equal("the bytes of the tokens", bytes_of(&tokens, merges), text.as_bytes().to_vec(), look)
    });
}

#[test]
fn no_merge_is_left_to_apply() {
    for_all("text, merges", text_and_merges(few_letters(), 6)).cases(128).holds(|(text, merges)| {
        let tokens = encode(text, merges).accepted(CALL)?;
        let left = tokens.windows(2).find(|pair| merges.contains(&(pair[0], pair[1])));
        ensure(left.is_none(), || {
            let look = "Each merge is applied wherever its pair stands, not at one place only.";
            Broken::answer(format!("{CALL} = {tokens:?}"), "no pair of the merges is left", look)
        })
    });
}

#[test]
fn overlapping_pairs_are_replaced_from_the_left() {
    example(|| {
        let look = "From left to right: what was replaced takes part in no other replacement of this round.";
        let pair = [(97, 97)];
        equal(
            "encode(\"aaaaa\", [(97, 97)])",
            encode("aaaaa", &pair).accepted(CALL)?,
            vec![256, 256, 97],
            look,
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x4_attention::tokens::encode;
        assert_eq!(encode("an ananas", &[(97, 110), (256, 256)]), Ok(vec![256, 32, 257, 97, 115]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn encodes_any_text_with_any_merges() {
        let inputs = prop_oneof![text_and_merges(unicode(), 65), text_and_merges(long(301), 301)];
        for_all("text, merges", inputs).cases(160).holds(|(text, merges)| agrees(text, merges));
    }

    #[test]
    fn encodes_long_texts() {
        for_all("text, merges", text_and_merges(long(1025), 9))
            .cases(48)
            .holds(|(text, merges)| agrees(text, merges));
    }

    #[test]
    fn applies_hundreds_of_merges() {
        for_all("text", repeated()).cases(6).holds(|text| agrees(text, &learned(text, 301)));
    }

    #[test]
    fn a_merge_that_is_listed_twice_counts_once() {
        example(|| {
            agrees("abab", &[(97, 98), (97, 98), (256, 256), (257, 97)])?;
            agrees("", &[(97, 98)])
        });
    }

    #[test]
    fn rejects_merges_of_tokens_that_are_not_known_before() {
        let place = any::many(1..=6, 301).prop_flat_map(|n| (Just(n), any::place(n)));
        let more = any::select(vec![0_usize, 1, 7, 1 << 32, 1 << 40]);
        for_all("n and i, more, is right", (place, more, any::part(proptest::bool::ANY))).cases(96).holds(
            |&((n, i), more, is_right)| {
                let mut merges = vec![(97, 98); n];
                // The first one counts.
                merges[n - 1] = (usize::MAX >> 12, 5000);
                merges[i] =
                    if is_right { (255 + i, 256 + i + more) } else { (256 + i + more, usize::MAX >> 12) };
                let got = (256 + i + more) as f64;
                let want = InputError::OutOfRange { name: "merges", got, wanted: "known before" };
                let look = "Merge i makes 256 + i, from tokens below that.";
                rejected("encode(\"\", merges)", encode("", &merges), want.clone(), look)?;
                rejected(CALL, encode("abc", &merges), want, look)
            },
        );
    }
}
