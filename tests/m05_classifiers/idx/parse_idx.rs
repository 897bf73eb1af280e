use judge::{Answer, equal, example, for_all, rejected};
use katas::m05_classifiers::idx::parse_idx;
use kit::InputError;
use kit::data::mnist::{Content, Part, Set, bytes};
use proptest::prelude::*;

use super::arrays::{array, file};

#[test]
fn parses_what_was_written() {
    for_all("dimensions, entries", array()).holds(|(sizes, entries)| {
        let call = format!("parse_idx of {} dimensions", sizes.len());
        let (got_sizes, got_entries) = parse_idx(&file(sizes, entries)).accepted(&call)?;
        let look = "Four bytes per dimension, from byte 4 on, big-endian: the highest byte first.";
        equal("dimensions", &got_sizes, sizes, look)?;
        equal("entries", &got_entries, entries, "All bytes after the dimensions, in their order.")
    });
}

#[test]
#[ignore = "needs mnist"]
fn parses_the_training_set_of_mnist() {
    example(|| {
        let given = |content| bytes(Set::Mnist, Part::Training, content).given("the files of MNIST");
        let (sizes, labels) =
            parse_idx(&given(Content::Labels)?).accepted("parse_idx of the training labels")?;
        equal("dimensions of the labels", sizes, vec![60_000], "One dimension.")?;
        let counts: Vec<usize> =
            (0..10).map(|c| labels.iter().filter(|&&label| label == c).count()).collect();
        let want = vec![5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949];
        equal("how often 0, 1, … 9 come", counts, want, "The labels are the bytes from number 8 on.")?;
        let (sizes, pixels) =
            parse_idx(&given(Content::Images)?).accepted("parse_idx of the training images")?;
        equal("dimensions of the images", sizes, vec![60_000, 28, 28], "Three dimensions.")?;
        equal("the number of pixels", pixels.len(), 47_040_000, "All of them.")?;
        let sum =
            |i: usize| pixels[784 * i..784 * (i + 1)].iter().map(|&pixel| u32::from(pixel)).sum::<u32>();
        let look = "Image i begins at pixel 784·i.";
        equal("the ink of the first and the last image", [sum(0), sum(59_999)], [27_525, 20_920], look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::idx::parse_idx;
        let bytes = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 20, 30, 40, 50, 60];
        assert_eq!(parse_idx(&bytes), Ok((vec![2, 3], vec![10, 20, 30, 40, 50, 60])));
        assert_eq!(parse_idx(&bytes[..15]), Err(kit::InputError::TooFew { got: 15, wanted: 18 }));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_large_and_many_dimensions() {
        example(|| {
            // The third and the fourth byte of a dimension; and an array without entries, however large it is otherwise.
            let huge = u32::MAX as usize;
            for sizes in [
                vec![65_537],
                vec![1, 65_538, 2],
                vec![1; 20],
                vec![huge, huge, huge, 0],
                vec![0, huge, huge, huge],
            ] {
                let entries: Vec<u8> =
                    (0..sizes.iter().fold(1_usize, |product, size| product.saturating_mul(*size)))
                        .map(|i| (i % 251) as u8)
                        .collect();
                let call = format!("parse_idx of {sizes:?}");
                let (got_sizes, got_entries) = parse_idx(&file(&sizes, &entries)).accepted(&call)?;
                let look = "All four bytes of all dimensions. And 0 times anything is 0, even where the \
                    product \
                            overflowed before.";
                equal(&format!("dimensions from {call}"), got_sizes, sizes, look)?;
                equal(&format!("the number of entries from {call}"), got_entries.len(), entries.len(), look)?;
                equal(
                    &format!("whether they are the entries, from {call}"),
                    got_entries == entries,
                    true,
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_a_truncated_file() {
        for_all("dimensions, entries, cut", (array(), 0..10_000_usize)).holds(|((sizes, entries), cut)| {
            let whole = file(sizes, entries);
            let got = cut % whole.len();
            let header = 4 + 4 * sizes.len();
            let wanted = if got < 4 {
                4
            } else if got < header {
                header
            } else {
                whole.len()
            };
            let look = "How many bytes are needed: 4 at the beginning, then 4 per dimension, then the \
                entries. \
                        Check the length before you index.";
            let call = format!("parse_idx of the first {got} of {} bytes of {sizes:?}", whole.len());
            rejected(&call, parse_idx(&whole[..got]), InputError::TooFew { got, wanted }, look)
        });
    }

    #[test]
    fn rejects_surplus_bytes() {
        for_all("dimensions, entries, more", (array(), 1..=5_u8)).holds(|((sizes, entries), more)| {
            let mut bytes = file(sizes, entries);
            let at = bytes.len();
            bytes.extend((0..*more).map(|i| more + i));
            let want = InputError::BadByte { at, got: *more, wanted: "the end of the file" };
            let look = "The file ends after the last entry.";
            rejected(&format!("parse_idx of {sizes:?} and {more} bytes more"), parse_idx(&bytes), want, look)
        });
    }

    #[test]
    fn rejects_a_wrong_byte_among_the_first_four() {
        let wrong = prop_oneof![
            (0..2_usize, 1..=255_u8),
            (Just(2_usize), prop_oneof![9..=14_u8, 15..=255_u8]),
            (Just(2), 0..8_u8),
            (Just(3), Just(0))
        ];
        for_all("dimensions, entries, at, byte", (array(), wrong)).holds(|((sizes, entries), (at, byte))| {
            let mut bytes = file(sizes, entries);
            bytes[*at] = *byte;
            let wanted = ["0", "0", "8: unsigned bytes", "at least 1 dimension"][*at];
            let look = "Two zeros, then 8 for unsigned bytes, then the number of dimensions. Other types \
                have \
                        other sizes.";
            let want = || InputError::BadByte { at: *at, got: *byte, wanted };
            rejected(&format!("parse_idx with byte {at} = {byte}"), parse_idx(&bytes), want(), look)
        });
    }

    #[test]
    fn rejects_a_huge_header_without_allocating() {
        example(|| {
            let look = "Compare the announced size with the length of the file before you allocate; the \
                product \
                        may overflow.";
            for (sizes, wanted) in [
                (vec![u32::MAX as usize, 1], 12 + u32::MAX as usize),
                (vec![u32::MAX as usize; 2], 12 + (u32::MAX as usize).pow(2)),
                (vec![u32::MAX as usize; 5], usize::MAX),
                (vec![u32::MAX as usize; 255], usize::MAX),
            ] {
                let bytes = file(&sizes, &[1, 2, 3]);
                let want = InputError::TooFew { got: bytes.len(), wanted };
                rejected(
                    &format!("parse_idx of {} dimensions of 2³² − 1", sizes.len()),
                    parse_idx(&bytes),
                    want,
                    look,
                )?;
            }
            Ok(())
        });
    }
}
