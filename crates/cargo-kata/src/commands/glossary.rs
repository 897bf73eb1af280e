//! Terms of the field, for `cargo kata explain`.

use serde_json::json;

use super::Context;
use crate::show::markdown;
use engine::catalog::{Glossary, Term};
use engine::problem::{Exit, Problem};

/// The entry of a term; all terms where none is asked for.
pub(super) fn look_up(context: &Context, asked: &str) -> Result<Exit, Problem> {
    let glossary = Glossary::read(context.workspace.root())?;
    if asked.is_empty() {
        let names: Vec<&str> = glossary.terms.iter().map(|term| term.name.as_str()).collect();
        if context.json {
            context.print(&format!("{:#}\n", json!({ "terms": names })));
        } else {
            context.print(&format!("{}\n", names.join("\n")));
        }
        return Ok(Exit::Fine);
    }
    match glossary.find(asked) {
        Some(term) => Ok(show(context, term)),
        None => {
            let near = glossary.nearest(asked);
            let remedy = match near.is_empty() {
                true => "`cargo kata explain --glossary` lists all terms.".to_owned(),
                false => format!("Do you mean {}?", near.join(", ")),
            };
            Err(Problem::Usage { what: format!("the glossary has no `{asked}`"), remedy })
        }
    }
}

/// The entry of a term, where what was asked for names no kata.
pub(super) fn instead(context: &Context, asked: &str, problem: Problem) -> Result<Exit, Problem> {
    let glossary = Glossary::read(context.workspace.root())?;
    match (&problem, glossary.find(asked)) {
        (Problem::UnknownId { .. }, Some(term)) => Ok(show(context, term)),
        (Problem::UnknownId { nearest, .. }, None) if nearest.is_empty() => look_up(context, asked),
        _ => Err(problem),
    }
}

fn show(context: &Context, term: &Term) -> Exit {
    if context.json {
        context.print(&format!("{:#}\n", json!({ "term": term.name, "text": term.text })));
    } else {
        let text = markdown(&term.text, context.style, "  ");
        context.print(&format!("\n{}\n\n{text}\n", context.style.strong(&term.name)));
    }
    Exit::Fine
}
