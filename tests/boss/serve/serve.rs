use std::io::Read;
use std::net::SocketAddr;
use std::time::Duration;

use judge::{Broken, ensure, equal, example};
use katas::boss::serve::serve;

use super::client::{connect, head, reply, say, send};
use super::gate::{Visit, serving};

/// How long after the signal the server may take at most, unless a law says otherwise.
const PATIENCE: Duration = Duration::from_secs(3);

/// An end that waited for nobody, on a busy machine. A client gives up after three seconds, and that would end it as well.
const SOON: Duration = Duration::from_secs(2);

#[test]
fn it_answers_until_it_is_told_to_stop() {
    example(|| {
        let (served_for, answers) = serving(serve, PATIENCE, |visit| {
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
            "The router answers; you only serve it.",
        )?;
        let look = "It serves until the signal, not for a fixed time.";
        ensure(served_for >= Duration::from_millis(90), || {
            Broken::answer(format!("served for {served_for:?}"), "90 ms and more", look)
        })
    });
}

#[test]
fn it_ends_soon_when_nobody_is_left() {
    example(|| {
        let (served_for, ()) = serving(serve, PATIENCE, |visit| {
            send(visit.address, "GET", "/", "", b"")?;
            visit.signal();
            Ok(())
        })?;
        let look = "`timeout` is the longest it may take, not how long to wait: without anybody to finish, \
            end at once.";
        ensure(served_for < SOON, || {
            Broken::answer(format!("served for {served_for:?}"), "an end at once", look)
        })
    });
}

#[test]
fn who_has_begun_is_answered_and_nobody_new_is_taken() {
    example(|| {
        let (_, answer) = serving(serve, PATIENCE, |visit| {
            let waiting = visit.ask_at_the_gate();
            visit.wait_until_begun(1)?;
            visit.signal();
            let closed = (0..40).any(|_| {
                std::thread::sleep(Duration::from_millis(50));
                is_not_taken(visit.address)
            });
            let look = "While the last ones are served, the door is closed: somebody else may be waiting \
                for the port.";
            ensure(closed, || {
                Broken::answer("answers to new clients, 2 s after the signal", "no connection", look)
            })?;
            visit.open_the_gate();
            Visit::answered(waiting)
        })?;
        let look = "The request was under way when the signal came: graceful means that it gets its answer.";
        equal("the answer to a request that was under way", answer, "done".to_owned(), look)
    });
}

/// Whether nobody answers: the port is closed, or open and nobody comes to the door.
fn is_not_taken(address: SocketAddr) -> bool {
    let Ok(mut stream) = connect(address) else { return true };
    let request = head("GET", "/", "", 0) + "\r\n";
    let waits = stream.set_read_timeout(Some(Duration::from_millis(700)));
    waits.is_err() || say(&mut stream, &request).is_err() || reply(&mut stream).is_err()
}

#[test]
fn whoever_takes_too_long_is_left_behind() {
    example(|| {
        let timeout = Duration::from_millis(200);
        let (served_for, ()) = serving(serve, timeout, |visit| {
            let waiting = visit.ask_at_the_gate();
            visit.wait_until_begun(1)?;
            visit.signal();
            let _left_behind = waiting.join();
            Ok(())
        })?;
        let look = "A request that never ends must not keep the server: after `timeout` it ends all the \
            same, and not before.";
        ensure((timeout..SOON).contains(&served_for), || {
            Broken::answer(format!("an end after {served_for:?}"), "200 ms for those who are not done", look)
        })
    });
}

#[test]
fn patience_is_what_the_caller_says() {
    example(|| {
        let look = "One server has a minute for its last request, another 150 ms. When the other has ended, \
            the first still waits: `timeout` says how long.";
        // Two servers, each with a request that is not done. Who waits equally long for both has left the first behind when
        // the second ends.
        let (_, answer) = serving(serve, Duration::from_secs(60), |patient| {
            let waiting = patient.ask_at_the_gate();
            patient.wait_until_begun(1)?;
            patient.signal();
            let (served_for, ()) = serving(serve, Duration::from_millis(150), |hasty| {
                let left_behind = hasty.ask_at_the_gate();
                hasty.wait_until_begun(1)?;
                hasty.signal();
                let _left_behind = left_behind.join();
                Ok(())
            })?;
            ensure(served_for < SOON, || {
                Broken::answer(
                    format!("the hasty one served for {served_for:?}"),
                    "150 ms and a little",
                    look,
                )
            })?;
            patient.open_the_gate();
            Visit::answered(waiting).map_err(|broken| Broken { look: look.to_owned(), ..broken })
        })?;
        equal("the answer of the patient one", answer, "done".to_owned(), look)
    });
}

#[test]
fn an_idle_connection_does_not_keep_it() {
    example(|| {
        let (served_for, ()) = serving(serve, Duration::from_millis(300), |visit| {
            let mut idle = connect(visit.address)?;
            send(visit.address, "GET", "/", "", b"")?;
            visit.signal();
            let _closed = idle.read(&mut [0]);
            Ok(())
        })?;
        let look = "A connection on which nothing was asked has nothing to finish.";
        ensure(served_for < SOON, || {
            Broken::answer(format!("an end after {served_for:?}"), "after 300 ms at most", look)
        })
    });
}

#[test]
fn a_dropped_sender_is_a_signal() {
    example(|| {
        let (served_for, ()) = serving(serve, PATIENCE, |visit| {
            send(visit.address, "GET", "/", "", b"")?;
            visit.leave();
            Ok(())
        })?;
        let look = "Whoever could have given the signal is gone. The receiver's answer is then an Err, and \
            as good as a signal.";
        ensure(served_for < SOON, || {
            Broken::answer(format!("an end after {served_for:?}"), "an end at once", look)
        })
    });
}

#[test]
fn requests_are_served_side_by_side() {
    example(|| {
        let (_, answers) = serving(serve, PATIENCE, |visit| {
            let waiting: Vec<_> = (0..4).map(|_| visit.ask_at_the_gate()).collect();
            // All four are at the gate before it opens: none waits for another.
            visit.wait_until_begun(4)?;
            visit.open_the_gate();
            let answers = waiting.into_iter().map(Visit::answered).collect::<Result<Vec<_>, _>>();
            visit.signal();
            answers
        })?;
        equal("four answers", answers, vec!["done".to_owned(); 4], "Each of the four gets its own.")
    });
}
