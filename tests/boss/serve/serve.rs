use std::io::Read;
use std::net::SocketAddr;
use std::time::Duration;

use judge::{Broken, ensure, equal, example};
use katas::boss::serve::serve;

use super::client::{connect, head, reply, say, send};
use super::gate::{Visit, serving};

/// The timeout after the signal, unless a law uses another.
const TIMEOUT: Duration = Duration::from_secs(3);

/// An immediate end, on a busy machine. A client gives up after three seconds, and that would end it as well.
const SOON: Duration = Duration::from_secs(2);

#[test]
fn serves_until_the_signal() {
    example(|| {
        let (served_for, answers) = serving(serve, TIMEOUT, |visit| {
            let mut answers = Vec::new();
            for _ in 0..3 {
                std::thread::sleep(Duration::from_millis(30));
                answers.push(send(visit.address, "GET", "/", "", b"")?.body);
            }
            visit.signal();
            Ok(answers)
        })?;
        equal(
            "answers before the signal",
            answers,
            vec!["here".to_owned(); 3],
            "The router answers; the kata only serves it.",
        )?;
        let look = "It serves until the signal, not for a fixed time.";
        ensure(served_for >= Duration::from_millis(90), || {
            Broken::answer(format!("served for {served_for:?}"), "90 ms and more", look)
        })
    });
}

#[test]
fn ends_at_once_when_idle() {
    example(|| {
        let (served_for, ()) = serving(serve, TIMEOUT, |visit| {
            send(visit.address, "GET", "/", "", b"")?;
            visit.signal();
            Ok(())
        })?;
        let look = "`timeout` is a maximum, not a delay: without open requests, end at once.";
        ensure(served_for < SOON, || {
            Broken::answer(format!("served for {served_for:?}"), "an end at once", look)
        })
    });
}

#[test]
fn finishes_requests_and_accepts_no_more() {
    example(|| {
        let (_, answer) = serving(serve, TIMEOUT, |visit| {
            let waiting = visit.ask_at_the_gate();
            visit.wait_until_begun(1)?;
            visit.signal();
            let closed = (0..40).any(|_| {
                std::thread::sleep(Duration::from_millis(50));
                is_not_taken(visit.address)
            });
            let look = "While the last requests are finished, no new connections are accepted.";
            ensure(closed, || {
                Broken::answer("answers to new clients, 2 s after the signal", "no connection", look)
            })?;
            visit.open_the_gate();
            Visit::answered(waiting)
        })?;
        let look = "Graceful shutdown: a request that was in progress at the signal gets its response.";
        equal("the answer to a request that was in progress", answer, "done".to_owned(), look)
    });
}

/// Whether no response comes: the port is closed, or open and not accepted from.
fn is_not_taken(address: SocketAddr) -> bool {
    let Ok(mut stream) = connect(address) else { return true };
    let request = head("GET", "/", "", 0) + "\r\n";
    let waits = stream.set_read_timeout(Some(Duration::from_millis(700)));
    waits.is_err() || say(&mut stream, &request).is_err() || reply(&mut stream).is_err()
}

#[test]
fn handles_requests_concurrently() {
    example(|| {
        let (_, answers) = serving(serve, TIMEOUT, |visit| {
            let waiting: Vec<_> = (0..4).map(|_| visit.ask_at_the_gate()).collect();
            // All four are at the gate before it opens: none waits for another.
            visit.wait_until_begun(4)?;
            visit.open_the_gate();
            let answers = waiting.into_iter().map(Visit::answered).collect::<Result<Vec<_>, _>>();
            visit.signal();
            answers
        })?;
        equal("four answers", answers, vec!["done".to_owned(); 4], "Each of the four gets its response.")
    });
}

mod robust {
    use super::*;

    #[test]
    fn uses_the_given_timeout() {
        example(|| {
            let look = "One server has a timeout of a minute, another of 150 ms. When the other has ended, \
                the first still waits: use `timeout`.";
            // Two servers, each with a request that is not done. With one fixed timeout the first would have ended before the
            // second.
            let (_, answer) = serving(serve, Duration::from_secs(60), |long| {
                let waiting = long.ask_at_the_gate();
                long.wait_until_begun(1)?;
                long.signal();
                let (served_for, ()) = serving(serve, Duration::from_millis(150), |short| {
                    let aborted = short.ask_at_the_gate();
                    short.wait_until_begun(1)?;
                    short.signal();
                    let _aborted = aborted.join();
                    Ok(())
                })?;
                ensure(served_for < SOON, || {
                    Broken::answer(
                        format!("the server with a timeout of 150 ms served for {served_for:?}"),
                        "about 150 ms",
                        look,
                    )
                })?;
                long.open_the_gate();
                Visit::answered(waiting).map_err(|broken| Broken { look: look.to_owned(), ..broken })
            })?;
            equal("the response of the server with a timeout of a minute", answer, "done".to_owned(), look)
        });
    }

    #[test]
    fn closes_idle_connections() {
        example(|| {
            let (served_for, ()) = serving(serve, Duration::from_millis(300), |visit| {
                let mut idle = connect(visit.address)?;
                send(visit.address, "GET", "/", "", b"")?;
                visit.signal();
                let _closed = idle.read(&mut [0]);
                Ok(())
            })?;
            let look = "A connection without a request has nothing to finish.";
            ensure(served_for < SOON, || {
                Broken::answer(format!("an end after {served_for:?}"), "after 300 ms at most", look)
            })
        });
    }

    #[test]
    fn dropped_sender_is_a_signal() {
        example(|| {
            let (served_for, ()) = serving(serve, TIMEOUT, |visit| {
                send(visit.address, "GET", "/", "", b"")?;
                visit.leave();
                Ok(())
            })?;
            let look = "The sender is dropped without a signal. The receiver then returns an Err, which \
                counts as the signal.";
            ensure(served_for < SOON, || {
                Broken::answer(format!("an end after {served_for:?}"), "an end at once", look)
            })
        });
    }

    #[test]
    fn aborts_after_the_timeout() {
        example(|| {
            let timeout = Duration::from_millis(200);
            let (served_for, ()) = serving(serve, timeout, |visit| {
                let waiting = visit.ask_at_the_gate();
                visit.wait_until_begun(1)?;
                visit.signal();
                let _aborted = waiting.join();
                Ok(())
            })?;
            let (without_delay, ()) = serving(serve, Duration::ZERO, |visit| {
                send(visit.address, "GET", "/", "", b"")?;
                visit.signal();
                Ok(())
            })?;
            let look = "A timeout of 0 is allowed: nothing is waited for.";
            ensure(without_delay < SOON, || {
                Broken::answer(format!("an end after {without_delay:?}"), "an end at once", look)
            })?;
            let look = "A request that never ends must not keep the server alive: after `timeout` it ends \
                anyway, and not before.";
            ensure((timeout..SOON).contains(&served_for), || {
                Broken::answer(format!("an end after {served_for:?}"), "an end after 200 ms", look)
            })
        });
    }
}
