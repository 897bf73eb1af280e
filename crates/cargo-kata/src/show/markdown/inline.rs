use pulldown_cmark::{Event, Tag, TagEnd};

use crate::show::Style;

/// What stands inside of a paragraph, a heading or a cell: words, code, links.
#[derive(Default)]
pub(super) struct Inline {
    text: String,
    /// The addresses of the links that are open.
    links: Vec<String>,
}

impl Inline {
    /// Takes in what is inside of a line; emphasis is plain words.
    pub(super) fn hear(&mut self, event: Event<'_>, style: Style) {
        match event {
            Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => self.text += &words,
            // Word by word, so that a line may be broken inside without losing the color.
            Event::Code(code) => {
                let words: Vec<_> = code.split(' ').map(|word| style.command(word)).collect();
                self.text += &words.join(" ");
            }
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            // A picture is represented by its description.
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                self.links.push(dest_url.into_string());
            }
            // The address is shown where it is one that a reader can open.
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(address) = self.links.pop().filter(|address| address.contains('/')) {
                    self.text += &format!(" ({address})");
                }
            }
            _ => {}
        }
    }

    /// What was heard since the last time.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }
}
