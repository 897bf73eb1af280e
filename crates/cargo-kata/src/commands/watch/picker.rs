//! The list of all katas, to choose from: typing narrows it, arrows move, Enter takes.

use super::keys::{Key, Keys};
use crate::commands::{Context, list};
use engine::catalog::Kata;
use engine::judging::interrupt;
use protocol::KataVerdict;

/// How many katas are shown at once.
const SHOWN: usize = 15;

/// Lets the learner choose a kata; `None` if they do not.
pub(super) fn choose<'a>(context: &'a Context, current: Option<&Kata>, keys: &Keys) -> Option<&'a Kata> {
    let katas: Vec<&Kata> = context.catalog.katas().filter(|kata| !kata.laws.is_empty()).collect();
    let known = context.known(&katas);
    let mut search = String::new();
    let mut at = katas.iter().position(|kata| current.is_some_and(|it| it.id == kata.id)).unwrap_or(0);
    loop {
        let found = matching(&known, &search);
        at = at.min(found.len().saturating_sub(1));
        context.print(&screen(context, &found, at, &search));
        let key = loop {
            if interrupt::asked() {
                return None;
            }
            if let Some(key) = keys.next() {
                break key;
            }
        };
        match key {
            Key::Escape | Key::End => return None,
            Key::Enter => return found.get(at).map(|(kata, _)| *kata),
            Key::Up => at = at.saturating_sub(1),
            Key::Down => at += 1,
            Key::Backspace => {
                search.pop();
            }
            Key::Char(c) => {
                search.push(c);
                at = 0;
            }
        }
    }
}

/// The katas whose id has all words of the search.
fn matching<'a, 'b>(
    known: &'b [(&'a Kata, Option<KataVerdict>)],
    search: &str,
) -> Vec<&'b (&'a Kata, Option<KataVerdict>)> {
    let has = |id: &str| search.split_whitespace().all(|word| id.contains(&word.to_lowercase()));
    known.iter().filter(|(kata, _)| has(&kata.id.to_lowercase())).collect()
}

fn screen(context: &Context, found: &[&(&Kata, Option<KataVerdict>)], at: usize, search: &str) -> String {
    let style = context.style;
    let mut out = format!("\x1b[H\x1b[2J\n  {} {search}▏\n\n", style.faint("search"));
    // The chosen one stays in the middle.
    let first = at.saturating_sub(SHOWN / 2).min(found.len().saturating_sub(SHOWN));
    for (k, (kata, verdict)) in found.iter().enumerate().skip(first).take(SHOWN) {
        let (mark, _) = list::mark(verdict.as_ref(), style);
        let (cursor, id) = if k == at { ("›", style.strong(&kata.id)) } else { (" ", kata.id.clone()) };
        out += &format!("{cursor} {mark} {id}\n");
    }
    if found.is_empty() {
        out += "  no kata has that in its id\n";
    }
    out + &format!("\n{}\n", style.faint("type to search · ↑ ↓ · Enter takes it · Esc goes back"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_search_narrows_the_list() {
        let kata = |id: &str| Kata {
            id: id.into(),
            item: String::new(),
            features: Vec::new(),
            docs: String::new(),
            signature: String::new(),
            laws: Vec::new().into(),
        };
        let (dot, dot_nd) = (kata("m01/vectors/dot"), kata("m01/ndarray_ops/dot_nd"));
        let known = [(&dot, None), (&dot_nd, None)];
        let found = |search| matching(&known, search).iter().map(|(kata, _)| kata.name()).collect::<Vec<_>>();
        assert_eq!(found("dot"), ["dot", "dot_nd"]);
        assert_eq!(found("DOT vec"), ["dot"]);
        assert!(found("cross").is_empty());
    }
}
