use std::ops::Range;

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemKind {
    /// `use …;`
    Use,
    /// A function.
    Fn,
    /// A struct, an enum or a union.
    Type,
    /// An `impl` block with the methods of a type.
    Impl,
    /// An `impl` block of a trait.
    TraitImpl,
    /// A module, here or in a file of its own.
    Mod,
    /// Anything else: a constant, an alias, a trait, a macro.
    Other,
}

/// An item of a file or of an `impl` block. Ranges count bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Whether it is `pub`, without restriction.
    pub public: bool,
    /// Its name; of an `impl` block the type's.
    pub name: String,
    /// From its first line of documentation or attribute to its end.
    pub span: Range<usize>,
    /// Where the item itself begins, behind documentation and attributes.
    pub head: usize,
    /// Its braces with what is between them.
    pub body: Option<Range<usize>>,
}

/// The kind of the item that these words begin, whether it is public, and its name.
pub(super) fn classify(head: &str) -> (ItemKind, bool, String) {
    let mut words = words(head).peekable();
    let mut public = false;
    if words.next_if_eq(&"pub").is_some() {
        public = words.next_if_eq(&"(").is_none();
        if !public {
            words.by_ref().find(|&word| word == ")");
        }
    }
    let mut previous = "";
    while let Some(word) = words.next() {
        let kind = match word {
            "default" | "async" | "unsafe" | "extern" => continue,
            "const" if matches!(words.peek(), Some(&("fn" | "unsafe" | "async" | "extern"))) => continue,
            "use" => ItemKind::Use,
            "fn" => ItemKind::Fn,
            "struct" | "enum" | "union" => ItemKind::Type,
            "mod" => ItemKind::Mod,
            "impl" => return impl_block(words.collect(), public),
            "const" | "static" | "type" | "trait" | "macro_rules" => ItemKind::Other,
            _ => {
                previous = word;
                continue;
            }
        };
        let name = words.find(|&word| !matches!(word, "mut" | "!")).unwrap_or_default();
        return (kind, public, name.to_owned());
    }
    (ItemKind::Other, public, previous.to_owned())
}

/// `impl<…> Type<…>` or `impl<…> Trait<…> for Type<…>`: the name of the type is the last one outside of angles.
fn impl_block(words: Vec<&str>, public: bool) -> (ItemKind, bool, String) {
    let (mut depth, mut name, mut kind, mut previous) = (0, "", ItemKind::Impl, "");
    for word in words {
        match word {
            "<" => depth += 1,
            ">" if previous != "-" => depth -= 1,
            "for" if depth == 0 => kind = ItemKind::TraitImpl,
            "where" if depth == 0 => break,
            _ if depth == 0 && word.starts_with(|c: char| c.is_alphabetic() || c == '_') => name = word,
            _ => {}
        }
        previous = word;
    }
    (kind, public, name.to_owned())
}

fn words(head: &str) -> impl Iterator<Item = &str> {
    let mut rest = head.trim_start();
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let in_word = |c: char| c.is_alphanumeric() || c == '_' || c == '#';
        let length =
            if in_word(first) { rest.find(|c| !in_word(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
        let (word, after) = rest.split_at(length);
        rest = after.trim_start();
        Some(word)
    })
}

/// Whether what begins like this ends with a brace, although it is none of the kinds that have one.
pub(super) fn is_block(head: &str) -> bool {
    let words = || head.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    words().any(|word| matches!(word, "trait" | "macro_rules" | "extern"))
        || head.contains('!') && !words().any(|word| matches!(word, "const" | "static" | "type"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_distinguished() {
        let read = |head: &str| {
            let (kind, public, name) = classify(head);
            (kind, public, name)
        };
        assert_eq!(read("pub fn dot(x: &[f64])"), (ItemKind::Fn, true, "dot".into()));
        assert_eq!(read("pub(crate) const fn f()"), (ItemKind::Fn, false, "f".into()));
        assert_eq!(read("pub const N: usize = 3;"), (ItemKind::Other, true, "N".into()));
        assert_eq!(read("pub struct Welford<T> "), (ItemKind::Type, true, "Welford".into()));
        assert_eq!(
            read("impl<T: Fn(f64) -> f64> Path<T> where T: X "),
            (ItemKind::Impl, false, "Path".into())
        );
        assert_eq!(read("impl fmt::Display for Method "), (ItemKind::TraitImpl, false, "Method".into()));
        assert_eq!(read("use kit::{A, B};"), (ItemKind::Use, false, "kit".into()));
        assert_eq!(read("thread_local! "), (ItemKind::Other, false, "!".into()));
    }
}
