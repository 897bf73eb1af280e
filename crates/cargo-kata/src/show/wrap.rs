/// How many columns a text takes; color codes and accents take none.
pub(crate) fn columns(text: &str) -> usize {
    let mut columns = 0;
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '\x1b' => drop(characters.by_ref().find(|c| *c == 'm')),
            '\u{300}'..='\u{36f}' | '\u{200b}' | '\u{fe0f}' => {}
            '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => columns += 2,
            '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}' => columns += 2,
            _ => columns += 1,
        }
    }
    columns
}

/// The text in lines of at most `width` columns, broken at blanks; a word that is longer is cut only where `width` ends
/// it. A text that fits keeps its blanks. `first` stands before the first line, as many blanks before the others.
pub(crate) fn wrap(text: &str, first: &str, width: usize) -> String {
    let indent = " ".repeat(columns(first));
    let room = width.saturating_sub(indent.len()).max(10);
    if columns(text) <= room {
        return format!("{first}{text}").trim_end().to_owned();
    }
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        if !line.is_empty() && columns(&line) + 1 + columns(word) > room {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
        while columns(&line) > room && !line.contains('\x1b') {
            let cut = line.char_indices().nth(room).map_or(line.len(), |(at, _)| at);
            let rest = line.split_off(cut);
            lines.push(std::mem::replace(&mut line, rest));
        }
    }
    lines.push(line);
    let rest = lines.split_off(1);
    let head = format!("{first}{}", lines.concat());
    rest.iter().fold(head.trim_end().to_owned(), |text, line| format!("{text}\n{indent}{line}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_blanks_and_hang() {
        assert_eq!(wrap("one two three four", "* ", 13), "* one two\n  three four");
        assert_eq!(wrap("", "got  ", 20), "got");
        assert_eq!(wrap("abcdefghijklmnop", "", 10), "abcdefghij\nklmnop");
    }

    #[test]
    fn color_and_accents_take_no_room() {
        assert_eq!(columns("\x1b[31mrot\x1b[0m"), 3);
        assert_eq!(columns("x\u{304} ‖x‖"), 5);
    }
}
