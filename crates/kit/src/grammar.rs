//! Sentences of a small grammar of English: text without end for a language model, and the word on whether a sentence is right.
//!
//! ```text
//! sentence  →  subject verb .            a subject that is singular has a verb that is singular
//! subject   →  determiner [adjective] noun [that verb]
//! verb      →  intransitive | transitive object
//! object    →  determiner [adjective] noun
//! ```
//!
//! What a model has to learn is spelling first, then which words stand where, and last the agreement: in `the dogs that see a
//! cat run.` the verb belongs to the dogs, and the cat stands between.

use crate::Generator;

/// Singular and plural of what can be done, and of that to which something is done.
const INTRANSITIVE: [[&str; 2]; 4] =
    [["sleeps", "sleep"], ["runs", "run"], ["sings", "sing"], ["waits", "wait"]];
const TRANSITIVE: [[&str; 2]; 4] = [["sees", "see"], ["likes", "like"], ["hears", "hear"], ["finds", "find"]];
const NOUNS: [[&str; 2]; 6] = [
    ["dog", "dogs"],
    ["cat", "cats"],
    ["bird", "birds"],
    ["child", "children"],
    ["mouse", "mice"],
    ["robot", "robots"],
];
const DETERMINERS: [[&str; 3]; 2] = [["a", "the", "every"], ["two", "the", "some"]];
const ADJECTIVES: [&str; 5] = ["small", "old", "young", "red", "quiet"];

/// A sentence of the grammar, of small letters, single spaces and a full stop at the end.
///
/// ```
/// use kit::{Generator, grammar};
///
/// let sentence = grammar::sentence(&mut Generator::from_seed(4));
/// assert!(grammar::is_sentence(&sentence), "{sentence}");
/// ```
pub fn sentence(generator: &mut Generator) -> String {
    let number = generator.below(2);
    let mut words = noun_phrase(generator, number);
    if generator.below(3) == 0 {
        words.push("that");
        words.extend(verb_phrase(generator, number));
    }
    words.extend(verb_phrase(generator, number));
    words.join(" ") + "."
}

fn noun_phrase(generator: &mut Generator, number: usize) -> Vec<&'static str> {
    let mut words = vec![DETERMINERS[number][generator.below(3)]];
    if generator.below(3) == 0 {
        words.push(ADJECTIVES[generator.below(ADJECTIVES.len())]);
    }
    words.push(NOUNS[generator.below(NOUNS.len())][number]);
    words
}

fn verb_phrase(generator: &mut Generator, number: usize) -> Vec<&'static str> {
    if generator.below(2) == 0 {
        return vec![INTRANSITIVE[generator.below(INTRANSITIVE.len())][number]];
    }
    let mut words = vec![TRANSITIVE[generator.below(TRANSITIVE.len())][number]];
    let of_the_object = generator.below(2);
    words.extend(noun_phrase(generator, of_the_object));
    words
}

/// Whether a text is one sentence of the grammar.
///
/// ```
/// use kit::grammar::is_sentence;
///
/// assert!(is_sentence("the dogs that see a cat run."));
/// assert!(!is_sentence("the dogs that see a cat runs."));
/// assert!(!is_sentence("the dogs"));
/// ```
#[must_use]
pub fn is_sentence(text: &str) -> bool {
    let Some(text) = text.strip_suffix('.') else { return false };
    let words: Vec<&str> = text.split(' ').collect();
    (0..2).any(|number| {
        let Some(mut rest) = after_noun_phrase(&words, number) else { return false };
        if let Some(relative) = rest.strip_prefix(&["that"]) {
            let Some(after) = after_verb_phrase(relative, number) else { return false };
            rest = after;
        }
        after_verb_phrase(rest, number).is_some_and(<[_]>::is_empty)
    })
}

/// The words after a noun phrase of this number, if there is one in front.
fn after_noun_phrase<'a, 'w>(words: &'a [&'w str], number: usize) -> Option<&'a [&'w str]> {
    let (determiner, rest) = words.split_first()?;
    let (adjective, after) = rest.split_first()?;
    let rest = if ADJECTIVES.contains(adjective) { after } else { rest };
    let (noun, rest) = rest.split_first()?;
    let is_one = DETERMINERS[number].contains(determiner) && NOUNS.iter().any(|it| it[number] == *noun);
    is_one.then_some(rest)
}

/// As [`after_noun_phrase`]. A transitive verb has an object of either number.
fn after_verb_phrase<'a, 'w>(words: &'a [&'w str], number: usize) -> Option<&'a [&'w str]> {
    let (verb, rest) = words.split_first()?;
    let is_in = |verbs: &[[&str; 2]]| verbs.iter().any(|it| it[number] == *verb);
    match (is_in(&INTRANSITIVE), is_in(&TRANSITIVE)) {
        (true, _) => Some(rest),
        (_, true) => (0..2).find_map(|number| after_noun_phrase(rest, number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_generated_is_a_sentence() {
        let mut generator = Generator::from_seed(1);
        for _ in 0..10_000 {
            let sentence = sentence(&mut generator);
            assert!(is_sentence(&sentence), "{sentence}");
        }
    }

    #[test]
    fn what_breaks_a_rule_is_none() {
        for wrong in [
            "",
            ".",
            "the dog.",
            "the dog runs",
            "the dog  runs.",
            "the dogs runs.",
            "a dogs run.",
            "two dog runs.",
            "the dog that runs.",
            "the dog that run sleeps.",
            "the dog sees.",
            "the dog sees cat.",
            "the dog runs runs.",
            "dog runs.",
            "the small old dog runs.",
            "the dog sees a cats.",
        ] {
            assert!(!is_sentence(wrong), "{wrong}");
        }
    }
}
