//! The book that mdBook read, changed before it is written: its protocol is JSON on standard input and output.

use std::collections::BTreeMap;

use engine::catalog::{Catalog, Kata, Milestone};
use serde_json::{Value, json};

use crate::{kata_page, links};

/// The book as it is to be written, of mdBook's `[context, book]`; `None` if it has another form.
#[must_use]
pub fn changed(input: &Value, catalog: &Catalog) -> Option<Value> {
    let mut book = input.get(1)?.clone();
    // mdBook calls its chapters `items` since 0.5, and called them `sections` before.
    let key = if book.get("items").is_some() { "items" } else { "sections" };
    for item in book.get_mut(key)?.as_array_mut()? {
        if let Some(chapter) = item.get_mut("Chapter") {
            change(chapter, catalog)?;
        }
    }
    Some(book)
}

fn change(chapter: &mut Value, catalog: &Catalog) -> Option<()> {
    let path = chapter["path"].as_str().unwrap_or_default().to_owned();
    let milestone = catalog.milestones.iter().find(|milestone| path == format!("{}.md", milestone.id));
    let text = chapter["content"].as_str()?;
    let katas = milestone.map(|milestone| names(milestone, "")).unwrap_or_default();
    chapter["content"] = links::for_site(text, &katas).into();
    if let Some(milestone) = milestone {
        let pages = milestone.katas().enumerate().map(|(k, kata)| sub_item(kata, k, milestone, chapter));
        let pages: Vec<Value> = pages.collect();
        chapter["sub_items"] = pages.into();
    }
    Some(())
}

/// The pages of a milestone's katas by the name that a text calls them.
fn names(milestone: &Milestone, up: &str) -> BTreeMap<String, String> {
    let page = |kata| format!("{up}{}", kata_page::path(kata));
    milestone.katas().map(|kata| (kata.item.clone(), page(kata))).collect()
}

/// A page as mdBook's chapter below the milestone's. Its number says how deep it lies; none is shown.
fn sub_item(kata: &Kata, place: usize, milestone: &Milestone, parent: &Value) -> Value {
    let up = "../".repeat(kata.id.matches('/').count() + 1);
    let mut others = names(milestone, &up);
    others.remove(&kata.item);
    let text = kata_page::page(kata, &milestone.id);
    let mut number = parent["number"].as_array().cloned().unwrap_or_default();
    number.push((place + 1).into());
    json!({ "Chapter": {
        "name": kata.item,
        "content": links::for_site(&text, &others),
        "number": number,
        "sub_items": [],
        "path": kata_page::path(kata),
        "source_path": null,
        "parent_names": [parent["name"]],
    }})
}
