//! Whether two answers agree, and in words that a person follows where they do not.

/// Numbers, or a rejection in words.
pub type Answered = Result<Vec<f64>, String>;

/// Rejections are not compared word by word: a library has its own.
pub fn agree(a: &Answered, b: &Answered) -> bool {
    match (a, b) {
        (Ok(a), Ok(b)) => a.len() == b.len() && first_difference(a, b).is_none(),
        _ => a.is_err() == b.is_err(),
    }
}

fn first_difference(a: &[f64], b: &[f64]) -> Option<usize> {
    let size = b.iter().fold(1.0_f64, |size, x| size.max(x.abs()));
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * size || a == b || (a.is_nan() && b.is_nan());
    a.iter().zip(b).position(|(&a, &b)| !near(a, b))
}

/// Among many numbers, the first that differs.
pub fn place_of_difference(a: &Answered, b: &Answered) -> String {
    let (Ok(a), Ok(b)) = (a, b) else { return String::new() };
    if a.len() != b.len() {
        return format!("\n  look       {} numbers instead of {}", a.len(), b.len());
    }
    let place = first_difference(a, b).filter(|_| a.len() > 4);
    let shown = |i: usize| {
        format!("\n  look       entry {i}, counted from 0: {} instead of {}", short(a[i]), short(b[i]))
    };
    place.map(shown).unwrap_or_default()
}

pub fn in_text(answer: &Answered) -> String {
    match answer {
        Ok(numbers) => format!("[{}]", numbers.iter().map(|&x| short(x)).collect::<Vec<_>>().join(", ")),
        Err(words) => words.clone(),
    }
}

/// Without the last digits where they are the rounding's: 0.07 for 0.06999999999999999.
fn short(x: f64) -> String {
    let rounded = (x * 1e12).round() / 1e12;
    let is_rounding = rounded.is_finite() && (x - rounded).abs() <= 1e-14 * x.abs();
    format!("{:?}", if is_rounding { rounded } else { x })
}

/// ndarray says shape, strides and layout behind the numbers, and breaks lines between them.
pub fn without_layout(debugged: &str) -> String {
    let (mut kept, mut rest) = (String::new(), debugged);
    while let Some((numbers, after)) = rest.split_once(", shape=[") {
        kept += numbers;
        let next = after.split_once("const ndim=").map_or(after, |(_, next)| next);
        rest = next.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    (kept + rest).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_agree_up_to_rounding_and_rejections_whatever_their_words() {
        let rejection = |words: &str| Err(words.to_owned());
        assert!(agree(&Ok(vec![0.3, f64::NAN]), &Ok(vec![0.1 + 0.2, f64::NAN])));
        assert!(!agree(&Ok(vec![1.0]), &Ok(vec![1.0, 1.0])));
        assert!(!agree(&Ok(vec![1.0, 2.0]), &Ok(vec![1.0, 2.1])));
        assert!(agree(&rejection("too few"), &rejection("TooFew")));
        assert!(!agree(&rejection("too few"), &Ok(Vec::new())));
    }

    #[test]
    fn numbers_are_shown_without_the_digits_of_their_rounding() {
        assert_eq!(in_text(&Ok(vec![0.1 + 0.2, -0.0, 1.5, f64::INFINITY])), "[0.3, -0.0, 1.5, inf]");
        assert_eq!(in_text(&Ok(vec![1.0 / 3.0, 1e-20])), "[0.3333333333333333, 1e-20]");
    }

    #[test]
    fn the_first_of_many_that_differs_is_named() {
        let (a, mut b) = (vec![1.0; 5], vec![1.0; 5]);
        b[3] = 2.0;
        let shown = place_of_difference(&Ok(a.clone()), &Ok(b));
        assert_eq!(shown, "\n  look       entry 3, counted from 0: 1.0 instead of 2.0");
        assert_eq!(place_of_difference(&Ok(vec![1.0]), &Ok(vec![2.0])), "");
        assert_eq!(place_of_difference(&Ok(a), &Ok(vec![2.0])), "\n  look       5 numbers instead of 1");
    }

    #[test]
    fn of_an_array_its_numbers_are_kept() {
        let debugged = "Case { x: [[1.0,\n  2.0]], shape=[1, 2], strides=[2, 1], layout=CFcf (0xf), \
                        const ndim=2, n: 3 }";
        assert_eq!(without_layout(debugged), "Case { x: [[1.0, 2.0]], n: 3 }");
    }
}
