mod install;
mod needs;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use super::{Context, Entry, prompt};
use crate::show::wrap;
use engine::judging::nextest;
use engine::machine::opencv;
use engine::problem::{Exit, Problem};
use install::{RUNNER, agreed, install};
pub(super) use install::{bring_bubblewrap, bring_opencv, require_mdbook, require_runner};
use needs::Requirement;

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    Command::new("setup")
        .about("What is missing on this machine; installs it if you agree")
        .arg(Arg::new("yes").long("yes").action(ArgAction::SetTrue).help("Install without asking"))
        .after_help(
            "Exit code 3 if something is missing and was not installed. OpenCV, which half a milestone \
             needs, counts only\nwith --yes, which asks for it; mdBook, for `cargo kata book`, never \
             counts.\n\nExamples:\n  cargo kata setup\n  cargo kata setup --yes",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let needs = [
        needs::rust(context)?,
        needs::runner(context),
        needs::writable(context),
        needs::library(),
        needs::book(),
    ];
    if context.json {
        let all: Vec<_> = needs
            .iter()
            .map(|it| {
                let Requirement { name, there, optional, what, remedy } = it;
                json!({ "name": name, "there": there, "optional": optional, "what": what, "remedy": remedy })
            })
            .collect();
        context.print(&format!("{:#}\n", json!({ "needs": all })));
    } else {
        context.print(&needs.iter().map(|need| line(context, need)).collect::<String>());
    }
    let mut missing = needs.iter().filter(|it| !it.there && !it.optional).count();
    let yes = matches.get_flag("yes");
    if !needs[1].there && !context.json && (yes || agreed(RUNNER)?) {
        install()?;
        missing -= usize::from(nextest::installed().is_some());
    }
    let is_wanted = !needs[3].there && !context.json && !opencv::is_declined();
    if is_wanted && !bring_opencv(context, yes)? && yes {
        missing += 1;
    }
    if !needs[4].there && !context.json && (yes || prompt::can_ask()) {
        // Who says no to it reads the book in the terminal.
        let _no_is_an_answer = require_mdbook(context, yes);
    }
    Ok(if missing == 0 { Exit::Fine } else { Exit::Environment })
}

fn line(context: &Context, need: &Requirement) -> String {
    let style = context.style;
    let mark = match need {
        Requirement { there: true, .. } => style.good("✓"),
        Requirement { optional: true, .. } => style.faint("·"),
        _ => style.bad("✗"),
    };
    let mut out = wrap(&format!("{}: {}", need.name, need.what), &format!("{mark} "), style.width) + "\n";
    if !need.there {
        out += &(wrap(need.remedy, "  ", style.width) + "\n");
    }
    out
}
