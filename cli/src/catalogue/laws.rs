/// A law, as the catalogue knows it before it is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Law {
    /// The test: `m01_linear_algebra::vectors::dot::a_nan_is_not_hidden`.
    pub test: String,
    /// The sentence: `a nan is not hidden`.
    pub sentence: String,
}

impl Law {
    /// The law that this test judges.
    #[must_use]
    pub fn of(test: &str) -> Self {
        let name = test.rsplit("::").next().unwrap_or(test);
        let sentence = name.trim_start_matches("r#").replace('_', " ");
        Self { test: test.to_owned(), sentence }
    }
}

/// The `#[test]`s of a file of laws, in order.
pub(super) fn laws_in(text: &str, module: &str) -> Vec<Law> {
    let mut laws = Vec::new();
    let mut is_test = false;
    for line in text.lines() {
        if matches!(line, "#[test]" | "#[property_test]") {
            is_test = true;
        } else if let Some(head) = line.strip_prefix("fn ") {
            if let (true, Some((name, _))) = (is_test, head.split_once(['(', '<'])) {
                laws.push(Law::of(&format!("{module}::{name}")));
            }
            is_test = false;
        }
    }
    laws
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_laws_and_other_functions_are_not() {
        let text =
            "fn size() {}\n\n#[test]\nfn it_is_a_sum() {\n}\n\n#[test]\n#[ignore]\nfn b() {\n}\nfn c() {}\n";
        let laws = laws_in(text, "m01::dot");
        assert_eq!(laws.iter().map(|law| law.sentence.as_str()).collect::<Vec<_>>(), ["it is a sum", "b"]);
        assert_eq!(laws[0].test, "m01::dot::it_is_a_sum");
    }
}
