use pulldown_cmark::CodeBlockKind;

use super::inline::Inline;
use super::table::table;
use crate::show::Style;
use crate::show::wrap::wrap;

/// What is laid out so far, and where in lists, quotations, code or a table the reader is.
pub(super) struct Page {
    style: Style,
    indent: String,
    out: Vec<String>,
    pub(super) inline: Inline,
    /// For each open list the number of its next item, where it counts.
    lists: Vec<Option<u64>>,
    /// What stands before the first line of the next paragraph, in an item that has just begun.
    mark: Option<String>,
    /// The language of the code at hand.
    code: Option<String>,
    rows: Option<Vec<Vec<String>>>,
    row: Vec<String>,
}

impl Page {
    pub(super) fn new(style: Style, indent: &str) -> Self {
        Self {
            style,
            indent: indent.to_owned(),
            out: Vec::new(),
            inline: Inline::default(),
            lists: Vec::new(),
            mark: None,
            code: None,
            rows: None,
            row: Vec::new(),
        }
    }

    /// Whatever was open is laid out.
    pub(super) fn finish(mut self) -> String {
        self.end_paragraph();
        self.out.join("\n").trim_matches('\n').to_owned()
    }

    /// Blocks are separated by an empty line, items of a list by none.
    fn part(&mut self) {
        if self.lists.is_empty() && self.out.last().is_some_and(|line| !line.is_empty()) {
            self.out.push(String::new());
        }
    }

    fn line(&mut self, line: &str) {
        self.out.push(format!("{}{line}", self.indent).trim_end().to_owned());
    }

    pub(super) fn end_paragraph(&mut self) {
        let words = self.inline.take();
        if words.trim().is_empty() {
            return;
        }
        self.part();
        let hang = " ".repeat(self.hang());
        let first = match self.mark.take() {
            Some(mark) => format!("{}{mark}", self.indent),
            None => format!("{}{hang}", self.indent),
        };
        self.out.push(wrap(&words, &first, self.style.width));
    }

    /// How far the lines of an item stand behind its mark.
    fn hang(&self) -> usize {
        self.lists.iter().map(|number| if number.is_some() { 3 } else { 2 }).sum()
    }

    pub(super) fn end_heading(&mut self) {
        let words = self.inline.take();
        self.part();
        let heading = self.style.strong(&words);
        self.line(&heading);
    }

    pub(super) fn rule(&mut self) {
        self.part();
    }

    pub(super) fn begin_quote(&mut self) {
        self.end_paragraph();
        self.indent += "    ";
    }

    pub(super) fn end_quote(&mut self) {
        self.end_paragraph();
        self.indent.truncate(self.indent.len() - 4);
    }

    pub(super) fn begin_list(&mut self, first: Option<u64>) {
        self.end_paragraph();
        self.part();
        self.lists.push(first);
    }

    pub(super) fn end_list(&mut self) {
        self.end_paragraph();
        self.lists.pop();
    }

    pub(super) fn begin_item(&mut self) {
        let before =
            " ".repeat(self.lists.iter().rev().skip(1).map(|it| if it.is_some() { 3 } else { 2 }).sum());
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "• ".to_owned(),
        };
        self.mark = Some(before + &mark);
    }

    pub(super) fn begin_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.end_paragraph();
        self.part();
        self.code = Some(match kind {
            CodeBlockKind::Fenced(language) => language.to_string(),
            CodeBlockKind::Indented => "text".to_owned(),
        });
    }

    /// Code is laid out as it is, as soon as it is heard.
    pub(super) fn take_code(&mut self) {
        let Some(language) = &self.code else { return };
        let is_example = language != "text";
        let code = self.inline.take();
        for line in code.lines() {
            let is_hidden = is_example && (line.trim() == "#" || line.trim_start().starts_with("# "));
            if !is_hidden {
                let shown = format!("    {}", self.style.command(line));
                self.line(&shown);
            }
        }
    }

    pub(super) fn end_code(&mut self) {
        self.code = None;
    }

    pub(super) fn begin_table(&mut self) {
        self.end_paragraph();
        self.part();
        self.rows = Some(Vec::new());
    }

    pub(super) fn end_cell(&mut self) {
        self.row.push(self.inline.take());
    }

    pub(super) fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        self.rows.get_or_insert_default().push(row);
    }

    pub(super) fn end_table(&mut self) {
        let rows = self.rows.take().unwrap_or_default();
        self.out.extend(table(&rows, self.style, &self.indent));
    }
}
