use judge::{Verdict, any, equal, for_all};
use katas::x4_attention::attention::causal_mask;

const CALL: &str = "causal_mask(length)";

fn agrees(length: usize) -> Verdict {
    let mask = causal_mask(length);
    equal("the shape", mask.shape(), (length, length), "One row per query, one column per key.")?;
    for (i, j) in (0..length).flat_map(|i| (0..length).map(move |j| (i, j))) {
        let want = if j > i { f64::NEG_INFINITY } else { 0.0 };
        let look =
            "Row i is the query: keys after it, j > i, are −∞; the token itself and those before it, 0.";
        if mask[(i, j)] != want {
            equal(&format!("entry ({i}, {j}) of {CALL}"), mask[(i, j)], want, look)?;
        }
    }
    Ok(())
}

#[test]
fn hides_the_tokens_after_each_token() {
    for_all("length", any::part(1..=6_usize)).cases(32).holds(|&length| agrees(length));
}

#[test]
fn each_token_sees_itself_and_those_before_it() {
    for_all("length", any::part(1..=9_usize)).cases(32).holds(|&length| {
        let mask = causal_mask(length);
        equal("the shape", mask.shape(), (length, length), "One row per query, one column per key.")?;
        let seen: Vec<usize> =
            (0..length).map(|i| mask.row(i).iter().filter(|x| **x == 0.0).count()).collect();
        let look = "Row i has i + 1 zeros.";
        equal("the number of zeros of each row", seen, (1..=length).collect(), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x4_attention::attention::causal_mask;
        use kit::Matrix;
        assert_eq!(causal_mask(2), Matrix::from_rows([[0.0, f64::NEG_INFINITY], [0.0, 0.0]]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_length() {
        for_all("length", any::many(0..=6, 301)).cases(64).holds(|&length| agrees(length));
    }

    #[test]
    fn has_no_entries_without_tokens() {
        for_all("length", any::part(0..=1_usize)).cases(4).holds(|&length| agrees(length));
    }
}
