//! A server with a client that decides when a request is done, so that no law depends on the speed of the machine.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use judge::Broken;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};

use super::client::send;

/// What the client of a law can do.
pub struct Visit {
    pub address: SocketAddr,
    stop: Mutex<Option<oneshot::Sender<()>>>,
    gate: watch::Sender<bool>,
    begun: Receiver<()>,
}

impl Visit {
    /// Gives the signal to stop.
    pub fn signal(&self) {
        let stop = self.stop.lock().map(|mut stop| stop.take());
        let _received = stop.ok().flatten().map(|stop| stop.send(()));
    }

    /// Drops the signal without giving it.
    pub fn leave(&self) {
        drop(self.stop.lock().map(|mut stop| stop.take()));
    }

    /// Asks for what is answered only when the gate is open.
    pub fn ask_at_the_gate(&self) -> JoinHandle<Result<String, Broken>> {
        let address = self.address;
        std::thread::spawn(move || send(address, "GET", "/gate", "", b"").map(|reply| reply.body))
    }

    /// Waits until so many requests are at the gate.
    pub fn wait_until_begun(&self, count: usize) -> Result<(), Broken> {
        for number in 1..=count {
            self.begun.recv_timeout(Duration::from_secs(5)).map_err(|_| {
                let look =
                    "The other requests wait inside a handler. No other request may have to wait for them.";
                Broken::answer(
                    format!("request {number} of {count} has not begun after 5 s"),
                    "all begin",
                    look,
                )
            })?;
        }
        Ok(())
    }

    /// Lets all requests be answered.
    pub fn open_the_gate(&self) {
        self.gate.send_replace(true);
    }

    /// The answer to a request at the gate.
    pub fn answered(asking: JoinHandle<Result<String, Broken>>) -> Result<String, Broken> {
        asking.join().unwrap_or_else(|panic| resume_unwind(panic))
    }
}

/// Runs the kata with a client; returns how long it served, and what the client saw.
pub fn serving<T: Send, F: Future<Output = io::Result<()>>>(
    serve: impl Fn(TcpListener, Router, oneshot::Receiver<()>, Duration) -> F,
    timeout: Duration,
    client: impl FnOnce(&Visit) -> Result<T, Broken> + Send,
) -> Result<(Duration, T), Broken> {
    let failed = |error: io::Error| Broken::answer(format!("an error: {error}"), "Ok(())", "It could serve.");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().map_err(failed)?;
    let ((stop, stopped), (gate, _), (arrived, begun)) =
        (oneshot::channel(), watch::channel(false), channel());
    let at_the_gate = gate.clone();
    let router = Router::new().route("/", get(|| async { "here" })).route(
        "/gate",
        get(move || {
            let (mut gate, arrived) = (at_the_gate.subscribe(), arrived.clone());
            async move {
                let _somebody_listens = arrived.send(());
                drop(gate.wait_for(|open| *open).await);
                "done"
            }
        }),
    );
    let visit = Visit { address, stop: Mutex::new(Some(stop)), gate, begun };
    std::thread::scope(|scope| {
        let asking = scope.spawn(move || client(&visit));
        let since = Instant::now();
        // Caught, so that the runtime ends and its connections close before the client is waited for.
        let served = catch_unwind(AssertUnwindSafe(|| {
            runtime.block_on(async {
                let listener = TcpListener::from_std(listener)?;
                let serving = serve(listener, router, stopped, timeout);
                Ok(tokio::time::timeout(Duration::from_secs(5), serving).await)
            })
        }));
        let served_for = since.elapsed();
        runtime.shutdown_background();
        let seen = asking.join();
        let ended = served.unwrap_or_else(|panic| resume_unwind(panic)).map_err(failed)?;
        let seen = seen.unwrap_or_else(|panic| resume_unwind(panic))?;
        match ended {
            Ok(ended) => ended.map_err(failed).map(|()| (served_for, seen)),
            Err(_) => {
                let look = "Does the signal reach the server? Does it end when no request is left, and in \
                    any case after `timeout`?";
                Err(Broken::answer("still serving after 5 s", "an end after the signal", look))
            }
        }
    })
}
