//! The form in which fingerprints are kept: short, in a stable order, and a line of it for each chaff, so that a change
//! of one chaff is a change of one line.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::{Fingerprint, Fingerprints};

pub(super) fn print(fingerprints: &Fingerprints) -> String {
    let mut out = String::new();
    for (kata, chaffs) in &fingerprints.katas {
        let laws: BTreeSet<&str> = chaffs.values().flat_map(Fingerprint::laws).collect();
        let _in_memory = writeln!(out, "{kata}");
        for (number, law) in laws.iter().enumerate() {
            let _in_memory = writeln!(out, "  {number} {law}");
        }
        for (name, fingerprint) in chaffs {
            out += &format!("  {name}");
            for (law, got) in &fingerprint.breaks {
                let number = laws.iter().position(|it| it == law).unwrap_or_default();
                let _in_memory = write!(out, " {number}:{got:04x}");
            }
            out.push('\n');
        }
    }
    out
}

pub(super) fn parse(text: &str) -> Fingerprints {
    let mut fingerprints = Fingerprints::default();
    let (mut kata, mut laws): (&str, Vec<&str>) = ("", Vec::new());
    for line in text.lines() {
        let Some(line) = line.strip_prefix("  ") else {
            (kata, laws) = (line, Vec::new());
            continue;
        };
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        if word.parse::<usize>().is_ok_and(|number| number == laws.len()) {
            laws.push(rest);
            continue;
        }
        let broken = |pair: &str| {
            let (number, got) = pair.split_once(':')?;
            let law = laws.get(number.parse::<usize>().ok()?)?;
            Some(((*law).to_owned(), u16::from_str_radix(got, 16).ok()?))
        };
        let breaks = rest.split(' ').filter_map(broken).collect();
        fingerprints.set(kata, word, Fingerprint { breaks });
    }
    fingerprints
}
