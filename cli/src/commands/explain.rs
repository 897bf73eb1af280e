use super::{Context, Entry};
use crate::problem::{Exit, Problem};
use clap::{ArgMatches, Command};
pub(super) const ENTRY: Entry = Entry { describe, run };
fn describe() -> Command {
    Command::new("explain")
}
fn run(_: &Context, _: &ArgMatches) -> Result<Exit, Problem> {
    Ok(Exit::Fine)
}
