//! What a process reports of its law, and how much of that is believed.

use protocol::{LawVerdict, Status};
use serde_json::Value;

/// What a law was found to be.
pub(super) enum ProcessReport {
    /// A verdict of the law runner's, and how many inputs it drew; it may still be one too few.
    Verdict(Box<LawVerdict>, u64),
    /// The process ended without one.
    Silence,
    /// It had to be ended.
    Endless,
    /// It never began, which is our fault.
    NoStart,
}

/// Believes the lines that begin with the token, if the law came to its end.
pub(super) fn understood(said: &str, token: &str, test: &str, in_time: bool) -> ProcessReport {
    let true_lines: Vec<&str> =
        said.lines().filter_map(|line| line.strip_prefix(token)?.strip_prefix(' ')).collect();
    let verdicts: Vec<(LawVerdict, u64)> = true_lines
        .iter()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|record| {
            let law = LawVerdict::from_json(&record).filter(|law| law.test == test)?;
            Some((law, record["cases"].as_u64().unwrap_or_default()))
        })
        .collect();
    let drawn = verdicts.iter().map(|(_, drawn)| drawn).sum();
    let broken = verdicts.iter().find(|(law, _)| law.status != Status::Held);
    match (broken, verdicts.first(), true_lines.last()) {
        (Some((law, _)), ..) => ProcessReport::Verdict(Box::new(law.clone()), drawn),
        (None, Some((law, _)), Some(&"returned")) => ProcessReport::Verdict(Box::new(law.clone()), drawn),
        (None, None, None) => ProcessReport::NoStart,
        _ if in_time => ProcessReport::Silence,
        _ => ProcessReport::Endless,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELD: &str = r#"{"test":"m::f::k::l","law":"l","status":"held","cases":256}"#;

    fn believed(said: &str) -> &'static str {
        match understood(said, "secret", "m::f::k::l", true) {
            ProcessReport::Verdict(law, 256) if law.status == Status::Held => "held",
            ProcessReport::Verdict(..) => "not held",
            ProcessReport::Silence => "silence",
            ProcessReport::Endless => "endless",
            ProcessReport::NoStart => "nothing",
        }
    }

    #[test]
    fn only_what_bears_the_token_is_believed() {
        let begins = "secret begins\n";
        assert_eq!(believed(&format!("{begins}secret {HELD}\nsecret returned\n")), "held");
        assert_eq!(believed(&format!("{begins}{HELD}\nsecret returned\n")), "silence");
        assert_eq!(believed(&format!("{begins}guess {HELD}\nguess returned\n")), "silence");
        assert_eq!(believed(""), "nothing");
    }

    #[test]
    fn a_law_that_does_not_come_to_its_end_does_not_hold() {
        let begins = "secret begins\n";
        assert_eq!(believed(&format!("{begins}secret {HELD}\n")), "silence");
        assert_eq!(believed(&format!("{begins}secret {HELD}\nsecret unwound\n")), "silence");
        assert_eq!(believed(&format!("{begins}secret returned\n")), "silence");
        let other = HELD.replace("k::l", "k::m");
        assert_eq!(believed(&format!("{begins}secret {other}\nsecret returned\n")), "silence");
        let broken = HELD.replace("held", "broken");
        assert_eq!(
            believed(&format!("{begins}secret {HELD}\nsecret {broken}\nsecret returned\n")),
            "not held"
        );
        let few = HELD.replace("256", "0");
        assert_eq!(believed(&format!("{begins}secret {few}\nsecret returned\n")), "not held");
    }
}
