//! Just enough TOML to read the line of a dependency: strings of both kinds, arrays of them, booleans, one table.

use std::collections::BTreeMap;

/// What stands behind a key.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `"…"` or `'…'`, without quotes and escapes.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// `["…", "…"]`.
    Texts(Vec<String>),
}

/// The tables of all `:dep name = { … }`, by name; `None` for one that is not TOML.
pub fn dependencies(code: &str) -> BTreeMap<String, Option<BTreeMap<String, Value>>> {
    let lines = code.lines().filter_map(|line| line.trim().strip_prefix(":dep "));
    let parts = lines.filter_map(|line| line.split_once('='));
    parts.map(|(name, rest)| (name.trim().trim_matches(['"', '\'']).to_owned(), table(rest))).collect()
}

fn table(text: &str) -> Option<BTreeMap<String, Value>> {
    let (mut table, mut rest) = (BTreeMap::new(), text.trim().strip_prefix('{')?.trim_start());
    while !rest.starts_with('}') {
        let (key, after) = rest.split_once('=')?;
        let (value, after) = value(after.trim_start())?;
        table.insert(key.trim().trim_matches(['"', '\'']).to_owned(), value);
        let after = after.trim_start();
        rest = after.strip_prefix(',').map_or(after, str::trim_start);
        if rest == after && !rest.starts_with('}') {
            return None;
        }
    }
    let behind = rest[1..].trim_start();
    (behind.is_empty() || behind.starts_with('#')).then_some(table)
}

fn value(text: &str) -> Option<(Value, &str)> {
    for (word, value) in [("true", true), ("false", false)] {
        if let Some(rest) = text.strip_prefix(word) {
            return Some((Value::Bool(value), rest));
        }
    }
    let Some(mut rest) = text.strip_prefix('[').map(str::trim_start) else {
        return string(text).map(|(text, rest)| (Value::Text(text), rest));
    };
    let mut texts = Vec::new();
    while !rest.starts_with(']') {
        let (text, after) = string(rest)?;
        texts.push(text);
        let after = after.trim_start();
        rest = after.strip_prefix(',').map_or(after, str::trim_start);
        if rest == after && !rest.starts_with(']') {
            return None;
        }
    }
    Some((Value::Texts(texts), &rest[1..]))
}

/// A basic string with its escapes, or a literal one that has none; neither holds a control character but the tab.
fn string(text: &str) -> Option<(String, &str)> {
    let is_allowed = |c: char| c == '\t' || !c.is_ascii_control();
    if let Some(body) = text.strip_prefix('\'') {
        let (inside, rest) = body.split_once('\'')?;
        return inside.chars().all(is_allowed).then(|| (inside.to_owned(), rest));
    }
    let (mut inside, mut rest) = (String::new(), text.strip_prefix('"')?);
    loop {
        let c = rest.chars().next().filter(|c| is_allowed(*c))?;
        rest = &rest[c.len_utf8()..];
        if c == '"' {
            return Some((inside, rest));
        }
        if c != '\\' {
            inside.push(c);
            continue;
        }
        let escape = rest.chars().next()?;
        rest = &rest[escape.len_utf8()..];
        let length = match escape {
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let digits = rest.get(..length)?;
        rest = &rest[length..];
        inside.push(match escape {
            'b' => '\u{8}',
            't' => '\t',
            'n' => '\n',
            'f' => '\u{c}',
            'r' => '\r',
            '"' | '\\' => escape,
            'u' | 'U' => u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?,
            _ => return None,
        });
    }
}
