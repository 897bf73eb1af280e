//! `cargo kata watch`: judges what the learner works on at each save.

mod at_work;
mod editor;
mod keys;
mod moment;
mod picker;

use std::thread;

use clap::{Arg, ArgAction, ArgMatches, Command};

use self::at_work::{Next, Watch};
use self::editor::Editor;
use self::keys::{Keys, PERIOD};
use super::{Context, Entry, id_argument, open};
use crate::show::RawKeys;
use engine::judging::interrupt;
use engine::problem::{Exit, Problem};
use engine::saves;

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    Command::new("watch")
        .about("Judge what you work on at each save")
        .arg(id_argument())
        .arg(
            Arg::new("edit-cmd")
                .long("edit-cmd")
                .value_name("COMMAND")
                .help("Open katas with this command; {path} and {line} stand for the place"),
        )
        .arg(
            Arg::new("open")
                .long("open")
                .action(ArgAction::SetTrue)
                .help("Show the verdicts on a page in the browser as well, as `cargo kata open` does"),
        )
        .after_help(
            "Keys:\n  Enter judge again · n next kata · p previous kata · l list of all katas, to search\n  \
             h next hint · s solution, once every law holds · x reset, after a question\n  \
             c check everything · e open in the editor · o open the page in the browser · q quit\n\n\
             The editor is Visual Studio Code in its own terminal, and $EDITOR in a pane of tmux or \
             Zellij.\n\n\
             Examples:\n  cargo kata watch\n  cargo kata watch dot\n  \
             cargo kata watch --open\n  \
             cargo kata watch --edit-cmd 'code --goto {path}:{line}'",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let kata = match matches.get_one::<String>("id") {
        Some(asked) => Some(context.catalog.find_kata(asked, "watch")?),
        None => context.next(),
    };
    interrupt::listen();
    let page = if matches.get_flag("open") { open::follower(context)? } else { None };
    let raw = RawKeys::on();
    let keys = raw.is_some().then(Keys::listen);
    let editor = Editor::of_this_terminal(matches.get_one::<String>("edit-cmd").map(String::as_str));
    let mut watch =
        Watch { context, kata, keys, editor, texts: saves::texts(context), note: String::new(), page };
    let mut times = saves::times(context);
    watch.open_by_itself();
    watch.judge();
    loop {
        let key = match &watch.keys {
            Some(keys) => keys.next(),
            None => {
                thread::sleep(PERIOD);
                None
            }
        };
        if key.is_some_and(|key| watch.press(key) == Next::Quit) {
            return Ok(Exit::Fine);
        }
        if interrupt::asked() {
            return Err(Problem::Interrupted);
        }
        let mut now = saves::times(context);
        if now != times {
            saves::settle(context, &mut now);
            watch.saved();
            times = now;
        }
    }
}
