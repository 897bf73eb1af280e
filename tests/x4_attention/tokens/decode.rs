use judge::{Answer, Verdict, any, equal, example, for_all, rejected};
use katas::x4_attention::tokens::decode;
use kit::{Generator, InputError};
use proptest::prelude::*;

use super::texts::{Merges, bytes_of, encoded, few_letters, long, merges_for, text_and_merges, unicode};

const CALL: &str = "decode(tokens, merges)";

fn round_trip(text: &str, merges: &[(usize, usize)]) -> Verdict {
    let tokens = encoded(text, merges);
    let look =
        "The bytes of all tokens, one after the other, then a text: a character may be spread over tokens.";
    equal(
        &format!("decode({tokens:?}, merges)"),
        decode(&tokens, merges).accepted(CALL)?.as_str(),
        text,
        look,
    )
}

/// The tokens of these bytes and no merges.
fn is_read(bytes: &[u8], want: &str) -> Verdict {
    let tokens: Vec<usize> = bytes.iter().copied().map(usize::from).collect();
    let look = "Bytes that are no UTF-8 become U+FFFD: one for each maximal part of a character, one \
                for each \
                byte that begins none.";
    equal(&format!("decode({tokens:x?}, [])"), decode(&tokens, &[]).accepted(CALL)?.as_str(), want, look)
}

#[test]
fn returns_the_text_that_was_encoded() {
    for_all("text, merges", text_and_merges(few_letters(), 6))
        .holds(|(text, merges)| round_trip(text, merges));
}

#[test]
fn returns_any_text_that_was_encoded() {
    for_all("text, merges", text_and_merges(unicode(), 9)).holds(|(text, merges)| round_trip(text, merges));
}

/// Tokens that need not be a text, with their merges.
fn any_tokens(most: usize) -> impl Strategy<Value = (Vec<usize>, Merges)> + Send + Sync + Clone {
    (any::length(0..=8, most), any::length(0..=4, 65), any::seed()).prop_map(|(n, count, seed)| {
        let mut generator = Generator::from_seed(seed);
        let merges = merges_for(["aé€𝄞", "ab", "中"][generator.below(3)], count, seed);
        let known = [128, 256, 256 + merges.len(), 256 + merges.len()][generator.below(4)];
        ((0..n).map(|_| generator.below(known)).collect(), merges)
    })
}

#[test]
fn joins_the_bytes_of_the_tokens() {
    for_all("tokens, merges", any_tokens(8)).holds(|(tokens, merges)| {
        let want = String::from_utf8_lossy(&bytes_of(tokens, merges)).into_owned();
        let look = "The bytes of a merge are those of its two tokens; what is no UTF-8 becomes U+FFFD.";
        equal(CALL, decode(tokens, merges).accepted(CALL)?, want, look)
    });
}

#[test]
fn replaces_bytes_that_are_no_text() {
    example(|| {
        // Examples of the Unicode Standard, §3.9.
        is_read(
            b"\x61\xf1\x80\x80\xe1\x80\xc2\x62\x80\x63\x80\xbf\x64",
            "a\u{fffd}\u{fffd}\u{fffd}b\u{fffd}c\u{fffd}\u{fffd}d",
        )?;
        is_read(
            b"\xc0\xaf\xe0\x80\xbf\xf0\x81\x82\x41",
            "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}A",
        )?;
        // A surrogate, a code point beyond the last, and a character that breaks off.
        is_read(b"\xed\xa0\x80", "\u{fffd}\u{fffd}\u{fffd}")?;
        is_read(b"\xf4\x90\x80\x80", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}")?;
        is_read(b"\xf7\x80\x80\x80", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}")?;
        is_read(b"x\xe2\x82", "x\u{fffd}")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x4_attention::tokens::decode;
        assert_eq!(decode(&[256, 97, 0xe2, 0x82, 33], &[(98, 97)]), Ok("baa�!".to_owned()));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn decodes_any_number_of_tokens() {
        for_all("tokens, merges", any_tokens(4001)).cases(128).holds(|(tokens, merges)| {
            let want = String::from_utf8_lossy(&bytes_of(tokens, merges)).into_owned();
            equal(CALL, decode(tokens, merges).accepted(CALL)?, want, "Every token counts.")
        });
    }

    #[test]
    fn decodes_long_texts_with_many_merges() {
        for_all("text, merges", text_and_merges(long(301), 513))
            .cases(64)
            .holds(|(text, merges)| round_trip(text, merges));
    }

    #[test]
    fn a_token_may_stand_for_many_bytes() {
        example(|| {
            // Each merge doubles the one before.
            let merges: Merges =
                (0..10).map(|i| if i == 0 { (97, 97) } else { (255 + i, 255 + i) }).collect();
            let got = decode(&[265, 98], &merges).accepted("decode([265, 98], merges)")?;
            let look = "Token 256 stands for 2 bytes, each next one for twice as many: 265 for 1024.";
            equal("decode([265, 98], merges)", got, "a".repeat(1024) + "b", look)
        });
    }

    #[test]
    fn rejects_tokens_that_are_unknown() {
        let place = any::many(1..=6, 301).prop_flat_map(|n| (Just(n), any::place(n)));
        let more = any::select(vec![0_usize, 1, 100, usize::MAX >> 12]);
        for_all("n and i, merges, more", (place, any::length(0..=4, 301), more)).cases(96).holds(
            |&((n, i), count, more)| {
                let merges = vec![(97, 98); count];
                let classes = 256 + count;
                let mut tokens = vec![classes - 1; n];
                // The first one counts.
                tokens[n - 1] = usize::MAX;
                tokens[i] = classes + more;
                let want = InputError::UnknownClass { index: i, got: classes + more, classes };
                let look = "Tokens are numbered from 0 to 255 + the number of merges.";
                rejected(CALL, decode(&tokens, &merges), want, look)
            },
        );
    }

    #[test]
    fn rejects_merges_of_tokens_that_are_not_known_before() {
        let place = any::many(1..=6, 301).prop_flat_map(|n| (Just(n), any::place(n)));
        let more = any::select(vec![0_usize, 1, 1 << 32, 1 << 40]);
        for_all("n and i, more, is right", (place, more, any::part(proptest::bool::ANY))).cases(96).holds(
            |&((n, i), more, is_right)| {
                let mut merges = vec![(97, 98); n];
                merges[n - 1] = (usize::MAX >> 12, 5000);
                merges[i] = if is_right { (97, 256 + i + more) } else { (256 + i + more, 97) };
                let got = (256 + i + more) as f64;
                let want = InputError::OutOfRange { name: "merges", got, wanted: "known before" };
                rejected(
                    CALL,
                    decode(&[97], &merges),
                    want,
                    "As in `encode`, also where no token needs the merge.",
                )
            },
        );
    }
}
