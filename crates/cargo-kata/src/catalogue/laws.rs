use crate::need::Need;

/// A law, as the catalogue knows it before it is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Law {
    /// The test: `m01_linear_algebra::vectors::dot::a_nan_is_not_hidden`.
    pub test: String,
    /// The sentence: `a nan is not hidden`.
    pub sentence: String,
    /// What it needs besides Rust: `#[ignore = "needs mnist"]`.
    pub needs: Vec<Need>,
}

impl Law {
    /// The first need that is not met; `patient` as in [`Need::is_met`].
    #[must_use]
    pub fn unmet(&self, patient: bool) -> Option<Need> {
        self.needs.iter().copied().find(|need| !need.is_met(patient))
    }

    /// The law that this test judges.
    #[must_use]
    pub fn of(test: &str) -> Self {
        let name = test.rsplit("::").next().unwrap_or(test);
        let sentence = name.trim_start_matches("r#").replace('_', " ");
        Self { test: test.to_owned(), sentence, needs: Vec::new() }
    }
}

/// The `#[test]`s of a file of laws, in order.
pub(super) fn laws_in(text: &str, module: &str) -> Vec<Law> {
    let mut laws = Vec::new();
    let (mut is_test, mut needs) = (false, Vec::new());
    for line in text.lines() {
        if matches!(line, "#[test]" | "#[property_test]") {
            is_test = true;
        } else if let Some(reason) = line.strip_prefix("#[ignore = \"").and_then(|it| it.strip_suffix("\"]"))
        {
            needs = Need::all_of(reason);
        } else if let Some(head) = line.strip_prefix("fn ") {
            if let (true, Some((name, _))) = (is_test, head.split_once(['(', '<'])) {
                laws.push(Law { needs, ..Law::of(&format!("{module}::{name}")) });
            }
            (is_test, needs) = (false, Vec::new());
        }
    }
    laws
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_laws_and_other_functions_are_not() {
        let text = "fn size() {}\n\n#[test]\nfn it_is_a_sum() {\n}\n\n#[test]\n#[ignore = \"needs mnist, time\"]\nfn b() {\n}\nfn c() {}\n";
        let laws = laws_in(text, "m01::dot");
        assert_eq!(laws.iter().map(|law| law.sentence.as_str()).collect::<Vec<_>>(), ["it is a sum", "b"]);
        assert_eq!(laws[0].test, "m01::dot::it_is_a_sum");
        assert_eq!(laws[0].needs, []);
        assert_eq!(laws[1].needs, [Need::Mnist, Need::Time]);
    }
}
