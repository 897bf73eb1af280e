use std::path::PathBuf;

use clap::builder::{NonEmptyStringValueParser, RangedU64ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use engine::Progress as _;
use serde_json::json;

use super::{Context, Entry, id_argument};
use crate::show::{self, Progress};
use engine::catalog::Kata;
use engine::plotting::{self, Drawn, Plotted};
use engine::problem::{Exit, Problem};
use protocol::{State, Status};

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    let file = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name("FILE").value_parser(value_parser!(PathBuf)).help(help)
    };
    let columns = RangedU64ValueParser::<usize>::new().range(24..=400);
    Command::new("plot")
        .about("Draw what a kata pictures: here, or into an SVG or PNG file")
        .arg(id_argument().value_parser(NonEmptyStringValueParser::new()))
        .arg(
            Arg::new("solutions")
                .long("solutions")
                .action(ArgAction::SetTrue)
                .help("As the reference draws it"),
        )
        .arg(file("svg", "Write an SVG picture"))
        .arg(file("png", "Write a PNG picture, two pixels a unit"))
        .arg(Arg::new("width").long("width").value_name("COLS").value_parser(columns).help(
            "Columns of the drawing in the terminal, 24 to 400 \
             [default: as many as there are, at most 100]",
        ))
        .after_help(
            "Several pictures are numbered: curve-1.svg, curve-2.svg. The first SVG or PNG builds the \
             library that draws it.\n\n\
             Exit codes: 0 drawn, and the kata's laws hold · 1 a law is broken (what there is is drawn), not \
             written, or nothing to draw\n\n\
             Examples:\n  cargo kata plot transform_figure\n  \
             cargo kata plot transform_figure --solutions\n  \
             cargo kata plot transform_figure --svg square.svg",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let kata = match matches.get_one::<String>("id") {
        Some(asked) => context.catalog.find_kata(asked, "plot")?,
        None => context.next().ok_or_else(super::prompt::all_done)?,
    };
    if !kata.shows_figure() {
        return Ok(nothing_to_draw(context, kata));
    }
    let solutions = matches.get_flag("solutions");
    if !solutions && context.is_unwritten(kata) {
        return Ok(not_written(context, kata));
    }
    let mut progress = Progress::new(context.style);
    let drawn = plotting::figures(&context.workspace, kata, solutions, context.style.color, &mut progress)?;
    let drawn = match drawn {
        Plotted::Drawn(drawn) => drawn,
        Plotted::Rejected(rejected) => {
            context.print(&format!("\n{}", show::rejected(&rejected, context.style)));
            return Ok(Exit::Broken);
        }
    };
    let mut files = Vec::new();
    for kind in ["svg", "png"] {
        if let (Some(file), false) = (matches.get_one::<PathBuf>(kind), drawn.figures.is_empty()) {
            files.extend(plotting::write(&context.workspace, kind, file, &drawn, &mut progress)?);
        }
    }
    progress.clear();
    if context.json {
        let figures = drawn.figures.iter().map(|(name, figure)| json!({ "name": name, "figure": figure }));
        let answer = json!({
            "kata": kata.id,
            "figures": figures.collect::<Vec<_>>(),
            "files": files,
            "verdict": drawn.verdict.to_json(),
        });
        context.print(&format!("{answer:#}\n"));
    } else {
        let width = matches.get_one::<usize>("width").copied().unwrap_or(context.style.width);
        context.print("\n");
        if files.is_empty() && !drawn.figures.is_empty() {
            plotting::show(&context.workspace, &drawn, width, &mut progress)?;
        }
        context.print(&in_words(context, kata, &drawn, &files));
    }
    let fine = drawn.verdict.state() == State::Holds && !drawn.figures.is_empty();
    Ok(if fine { Exit::Fine } else { Exit::Broken })
}

/// Where the pictures were written, and what the laws say about them.
fn in_words(context: &Context, kata: &Kata, drawn: &Drawn, files: &[String]) -> String {
    let style = context.style;
    let mut out = String::new();
    for file in files {
        out += &format!("{} {file}\n", style.good("✓"));
    }
    if drawn.verdict.state() == State::NotWritten {
        return out + &show::not_written(kata, &context.place(kata), style);
    }
    let broken = drawn
        .verdict
        .laws
        .iter()
        .filter(|law| !matches!(law.status, Status::Held | Status::Unjudged | Status::Skipped))
        .count();
    let laws = match broken {
        0 => return out,
        1 => "A law is".to_owned(),
        _ => format!("{broken} laws are"),
    };
    let words = match drawn.figures.len() {
        0 => format!("{laws} broken, and no picture was drawn."),
        _ => format!("{laws} broken: this is what the kata draws, not what it should draw."),
    };
    out += &format!("\n{} {words}\n\n", style.bad("✗"));
    let solution = style.command(&format!("cargo kata plot {} --solutions", context.catalog.short(kata)));
    let lines = [
        (context.command("test", kata), "which law, and what it wants".to_owned()),
        (solution, "as the reference draws it".to_owned()),
    ];
    out + &super::context::table(&lines)
}

fn not_written(context: &Context, kata: &Kata) -> Exit {
    if context.json {
        let answer =
            json!({ "kata": kata.id, "figures": [], "files": [], "verdict": State::NotWritten.words() });
        context.print(&format!("{answer:#}\n"));
    } else {
        let solution =
            context.style.command(&format!("cargo kata plot {} --solutions", context.catalog.short(kata)));
        let text = show::not_written(kata, &context.place(kata), context.style);
        context.print(&format!(
            "\n{text}\n  There is nothing to draw yet. {solution} draws what the reference does.\n"
        ));
    }
    Exit::Broken
}

fn nothing_to_draw(context: &Context, kata: &Kata) -> Exit {
    let with_pictures = context.catalog.katas().filter(|it| it.shows_figure());
    let with_pictures: Vec<_> = with_pictures.map(|it| context.catalog.short(it)).collect();
    if context.json {
        let answer =
            json!({ "kata": kata.id, "figures": [], "files": [], "katas_with_figures": with_pictures });
        context.print(&format!("{answer:#}\n"));
        return Exit::Broken;
    }
    let others = match with_pictures[..] {
        [] => "No kata does yet.".to_owned(),
        _ => format!("These do: {}.", with_pictures.join(", ")),
    };
    let text = format!("{} draws nothing: it returns no figure. {others}", kata.id);
    context.print(&format!("\n{}\n", show::wrap(&text, "", context.style.width)));
    Exit::Broken
}
