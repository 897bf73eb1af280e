// The program that runs in the sandbox: the laws, and the katas that they judge.
//
// What is to be judged, and the token that marks a true verdict, are read to the end from standard input before
// anything of the katas runs; from then on nothing in this process can read them there. Verdicts go the same way back.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::panic;
use std::sync::Arc;

fn main() -> io::Result<()> {
    let mut outside = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let mut asked = String::new();
    outside.read_to_string(&mut asked)?;
    let mut words = asked.split_whitespace();
    let malformed = || io::Error::from(io::ErrorKind::InvalidInput);
    let (Some(token), Some(seed), Some(name)) = (words.next(), words.next(), words.next()) else {
        return Err(malformed());
    };
    let (token, seed) = (token.to_owned(), seed.parse().map_err(|_| malformed())?);
    let (_, law) = LAWS.iter().find(|(known, _)| *known == name).ok_or_else(malformed)?;
    drop(asked);
    let say = Arc::new(move |what: &str| (&outside).write_all(format!("{token} {what}\n").as_bytes()));
    say("begins")?;
    let verdict = Arc::clone(&say);
    judge::inside::report_to(seed, move |record| {
        let _ = verdict(&record.to_string());
    });
    let returned = panic::catch_unwind(law).is_ok();
    say(if returned { "returned" } else { "unwound" })
}
