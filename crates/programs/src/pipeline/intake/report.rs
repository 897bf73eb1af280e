//! What was done to a file on its way to a table, one line each.

use std::fmt;

/// Notes on what was normalized, and warnings about what to look at.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    read: Vec<String>,
    warned: Vec<String>,
}

impl Notes {
    /// Something was normalized.
    pub(super) fn note(&mut self, line: String) {
        self.read.push(line);
    }

    /// Whether there is nothing to say.
    pub(super) fn is_empty(&self) -> bool {
        self.read.is_empty() && self.warned.is_empty()
    }

    /// Something should be looked at.
    pub(super) fn warn(&mut self, line: String) {
        self.warned.push(line);
    }
}

impl fmt::Display for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.read.iter().try_for_each(|line| writeln!(f, "read     {line}"))?;
        self.warned.iter().try_for_each(|line| writeln!(f, "warning  {line}"))
    }
}

/// Three different texts as a person reads them: quoted, each once.
pub(super) fn some<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    up_to(3, texts)
}

/// As [`some`], for another number of texts.
pub(super) fn up_to<'a>(most: usize, texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut different: Vec<&str> = Vec::new();
    for text in texts {
        if different.len() > most {
            break;
        }
        if !different.contains(&text) {
            different.push(text);
        }
    }
    let rest = if different.len() > most { ", …" } else { "" };
    let shown: Vec<String> = different.iter().take(most).map(|text| short(text)).collect();
    format!("{}{rest}", shown.join(", "))
}

/// A text in quotes, cut where it is long.
pub(super) fn short(text: &str) -> String {
    const LONGEST: usize = 30;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{:?}", format!("{}…", &text[..end])),
        None => format!("{text:?}"),
    }
}

/// A name as one types it behind an option.
pub(super) fn typed(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !name.is_empty() && name.chars().all(plain) && !name.starts_with('-') {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', r"'\''"))
    }
}
