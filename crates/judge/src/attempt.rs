//! One call of a law, with whatever the kata does in it caught.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use protocol::Place;

use crate::broken::{Broken, Kind, Verdict};
use crate::elsewhere::Failure;

thread_local! {
    /// What a panic said and where it was raised; `None` outside an attempt, where panics are not ours to silence.
    static SAID: RefCell<Option<(String, String)>> = const { RefCell::new(None) };
}

/// Runs the law; a panic inside becomes a broken law, and is not printed.
pub(crate) fn attempt(law: impl FnOnce() -> Verdict) -> Verdict {
    listen();
    SAID.set(Some(Default::default()));
    let outcome = panic::catch_unwind(AssertUnwindSafe(law));
    let said = SAID.take().unwrap_or_default();
    outcome.unwrap_or_else(|payload| {
        Err(match payload.downcast::<Failure>() {
            Ok(failure) => failure.into_broken(panicked),
            Err(_) => panicked(said),
        })
    })
}

fn panicked((message, place): (String, String)) -> Broken {
    if message.starts_with("not yet implemented") {
        let (got, look) = ("todo!(): not written yet".to_owned(), format!("Write it: {place}"));
        return Broken { kind: Kind::Todo, got, want: String::new(), look, place: Place::parse(&place) };
    }
    Broken {
        kind: Kind::Panic,
        got: format!("a panic: {message}"),
        want: "a value, or an Err where the documentation says so; never a panic".to_owned(),
        place: Place::parse(&place),
        look: inside_a_library(&place).unwrap_or(place),
    }
}

/// A panic of a library is raised in a file that the learner has never seen: the call that led there is what counts.
fn inside_a_library(place: &str) -> Option<String> {
    let place = place.replace('\\', "/");
    let (_, file) = place.split_once("/registry/src/")?.1.split_once('/')?;
    Some(format!(
        "It was raised in {file}. Which of your calls hands the library something that it does not take?"
    ))
}

fn listen() {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let otherwise = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let said = (info.payload_as_str().unwrap_or("no message").to_owned(), info.location());
            let heard = SAID.with_borrow_mut(|slot| {
                let slot = slot.as_mut()?;
                *slot = (said.0, said.1.map(ToString::to_string).unwrap_or_default());
                Some(())
            });
            if heard.is_none() {
                otherwise(info);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_a_library_leads_back_to_the_call() {
        let look = inside_a_library("/home/ada/.cargo/registry/src/index-1/ndarray-0.17.2/src/dot.rs:77:9");
        assert!(
            look.is_some_and(|look| look.starts_with("It was raised in ndarray-0.17.2/src/dot.rs:77:9."))
        );
        assert_eq!(inside_a_library("katas/m01_linear_algebra/vectors.rs:25:5"), None);
    }
}
