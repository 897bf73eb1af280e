use std::ops::Range;

use super::item::{Item, ItemKind, classify, is_block};
use super::mask::{block_comment_end, line_end, mask};

/// A Rust file and what is in it.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    text: &'a str,
    masked: Vec<u8>,
    /// Whether every brace has its partner.
    balanced: bool,
    /// The documentation of the file and its `#![…]`, line by line.
    pub header: Vec<&'a str>,
    /// Its items in order.
    pub items: Vec<Item>,
}

impl<'a> Source<'a> {
    /// Reads a file. One that is broken off or ill-nested is read as far as its lines tell.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let masked = mask(text);
        // Searching for a character is the standard library's work, which is optimized where this program is not.
        let of_code = String::from_utf8_lossy(&masked);
        let balanced = of_code.matches('{').count() == of_code.matches('}').count();
        drop(of_code);
        let mut source = Self { text, masked, balanced, header: Vec::new(), items: Vec::new() };
        let (header, items) = source.scan(0..text.len());
        source.header = header;
        source.items = items;
        source
    }

    /// The items between the braces of an item.
    #[must_use]
    pub fn within(&self, item: &Item) -> Vec<Item> {
        let Some(body) = item.body.clone() else { return Vec::new() };
        self.scan(body.start + 1..body.end - 1).1
    }

    /// The text of a range.
    #[must_use]
    pub fn text(&self, range: Range<usize>) -> &'a str {
        &self.text[range]
    }

    /// The line, counted from 1, in which a byte stands.
    #[must_use]
    pub fn line(&self, byte: usize) -> usize {
        1 + self.text[..byte].matches('\n').count()
    }

    /// Whether every brace has its partner.
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        self.balanced
    }

    /// The documentation of an item, without the slashes.
    #[must_use]
    pub fn docs(&self, item: &Item) -> String {
        let lines = self.text(item.span.start..item.head).lines().map(str::trim);
        bare(lines.filter_map(|line| line.strip_prefix("///")))
    }

    /// The documentation of the file, without the slashes.
    #[must_use]
    pub fn header_docs(&self) -> String {
        bare(self.header.iter().filter_map(|line| line.strip_prefix("//!")))
    }

    /// The public function of this name.
    #[must_use]
    pub fn function(&self, name: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.kind == ItemKind::Fn && item.public && item.name == name)
    }

    fn scan(&self, range: Range<usize>) -> (Vec<&'a str>, Vec<Item>) {
        let (bytes, mut at) = (self.text.as_bytes(), range.start);
        let (mut header, mut items, mut lead) = (Vec::new(), Vec::new(), None);
        while at < range.end {
            let rest = &self.text[at..range.end];
            if bytes[at].is_ascii_whitespace() {
                at += 1;
            } else if rest.starts_with("//!") {
                header.push(self.text[at..line_end(bytes, at)].trim_end());
                at = line_end(bytes, at);
            } else if rest.starts_with("//") {
                // Four slashes are an ordinary comment; one between documentation and item belongs to the item.
                if rest.starts_with("///") && !rest.starts_with("////") {
                    lead.get_or_insert(at);
                }
                at = line_end(bytes, at);
            } else if rest.starts_with("/*") {
                at = block_comment_end(bytes, at);
            } else if rest.starts_with("#!") {
                let end = self.attribute_end(at, range.end);
                header.push(self.text[at..end].trim_end());
                at = end;
            } else if rest.starts_with('#') {
                lead.get_or_insert(at);
                at = self.attribute_end(at, range.end);
            } else {
                let item = self.item(lead.take().unwrap_or(at), at, range.end);
                at = item.span.end;
                items.push(item);
            }
        }
        (header, items)
    }

    fn attribute_end(&self, start: usize, limit: usize) -> usize {
        let mut depth = 0;
        for at in start..limit {
            match self.masked[at] {
                b'[' => depth += 1,
                b']' if depth == 1 => return at + 1,
                b']' => depth -= 1,
                _ => {}
            }
        }
        limit
    }

    /// The item that begins at `head`: it ends with its `}` or its `;`.
    fn item(&self, start: usize, head: usize, limit: usize) -> Item {
        let (mut depth, mut body, mut end) = (0_usize, None, limit);
        // Only these end with a brace; a constant may have one in its value.
        let ends_with_brace = |head: &str| classify(head).0 != ItemKind::Other || is_block(head);
        let mut open = None;
        // Every byte of every law passes here each time: a loop over a range would take twice as long unoptimized.
        let mut at = head;
        while at < limit {
            match self.masked[at] {
                b'(' | b'[' => depth += 1,
                b'{' => {
                    if depth == 0 && open.is_none() && ends_with_brace(&self.masked_text(head..at)) {
                        open = Some(at);
                    }
                    depth += 1;
                }
                b')' | b']' | b'}' => {
                    depth = depth.saturating_sub(1);
                    if let (0, Some(open)) = (depth, open) {
                        (body, end) = (Some(open..at + 1), at + 1);
                        break;
                    }
                }
                b';' if depth == 0 => {
                    end = at + 1;
                    break;
                }
                b'\n' if depth > 0 && !self.balanced && self.begins_anew(at + 1) => {
                    end = at;
                    break;
                }
                _ => {}
            }
            at += 1;
        }
        let (mut kind, public, name) =
            classify(&self.masked_text(head..body.as_ref().map_or(end, |b| b.start)));
        if kind == ItemKind::Use {
            body = None;
            end = (head..limit).find(|&at| self.masked[at] == b';').map_or(end, |at| at + 1);
        }
        if kind == ItemKind::Fn && body.is_none() && end == limit {
            kind = ItemKind::Other; // Broken off: no function to speak of.
        }
        Item { kind, public, name, span: start..end, head, body }
    }

    fn masked_text(&self, range: Range<usize>) -> String {
        String::from_utf8_lossy(&self.masked[range]).into_owned()
    }

    /// Where a brace is missing it shall not swallow the rest of the file: no body has these at the start of a line.
    fn begins_anew(&self, at: usize) -> bool {
        let line = &self.masked[at..];
        ["pub ", "fn ", "use ", "impl", "struct ", "enum "]
            .iter()
            .any(|word| line.starts_with(word.as_bytes()))
            || self.text.as_bytes()[at..].starts_with(b"/// ") && line.starts_with(b"   ")
    }
}

fn bare<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "//! Vectors.\n//!\n//! More.\n#![allow(unused)]\n\nuse kit::{A,\n    B};\n\n\
                        // Alone.\n\n/// A sum, `{`.\n///\n/// More.\n#[must_use]\npub fn add(x: [f64; 2]) -> f64\nwhere\n    X: Y,\n{\n    \
         let s = \"}\"; x\n}\n\nconst N: P = P { x: 1 };\nimpl<T> P<T> {\n    /// New.\n    pub fn new() -> \
         Self {\n        P\n    }\n\n    fn own(&self) {}\n}\n";

    #[test]
    fn a_file_is_cut_into_its_items() {
        let source = Source::new(FILE);
        assert_eq!(source.header_docs(), "Vectors.\n\nMore.");
        assert_eq!(source.header.last(), Some(&"#![allow(unused)]"));
        let names: Vec<_> =
            source.items.iter().map(|item| (item.kind, item.name.as_str(), item.public)).collect();
        assert_eq!(
            names,
            [
                (ItemKind::Use, "kit", false),
                (ItemKind::Fn, "add", true),
                (ItemKind::Other, "N", false),
                (ItemKind::Impl, "P", false),
            ]
        );
        assert_eq!(source.text(source.items[0].span.clone()), "use kit::{A,\n    B};");
        let add = source.function("add").unwrap();
        assert_eq!(source.docs(add), "A sum, `{`.\n\nMore.");
        assert_eq!(source.line(add.head), 15);
        assert_eq!(source.text(add.body.clone().unwrap()), "{\n    let s = \"}\"; x\n}");
        assert_eq!(source.text(source.items[2].span.clone()), "const N: P = P { x: 1 };");
        let methods = source.within(&source.items[3]);
        assert_eq!(methods.iter().map(|item| item.name.as_str()).collect::<Vec<_>>(), ["new", "own"]);
        assert_eq!(
            source.text(methods[0].span.clone()),
            "/// New.\n    pub fn new() -> Self {\n        P\n    }"
        );
    }

    #[test]
    fn a_missing_brace_costs_only_its_own_item() {
        let source =
            Source::new("/// One.\npub fn a() {\n    if x {\n}\n\n/// Two.\npub fn b() {\n    1\n}\n");
        let b = source.function("b").unwrap();
        assert_eq!((source.docs(b), source.line(b.head)), ("Two.".to_owned(), 7));
        assert!(source.items.iter().any(|item| item.name == "a"));
    }

    #[test]
    fn any_beginning_of_a_file_can_be_read() {
        for (end, _) in FILE.char_indices() {
            assert!(Source::new(&FILE[..end]).items.len() <= 4);
        }
    }
}
