use std::future::{Future, pending};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use tokio::time::{self, sleep};

use crate::reference::boss::serve as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Served = Pin<Box<dyn Future<Output = io::Result<()>> + Send>>;
type Serve = fn(TcpListener, Router, oneshot::Receiver<()>, Duration) -> Served;

/// The kata, answered by a specimen.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    stop: oneshot::Receiver<()>,
    timeout: Duration,
) -> io::Result<()> {
    let serve = answering::<Serve>(
        module_path!(),
        |listener, app, stop, timeout| Box::pin(reference::serve(listener, app, stop, timeout)),
        &[
            wheat(
                "watched",
                "a watch channel signals both the server and the timer",
                |listener, app, stop, timeout| {
                    Box::pin(async move {
                        let (tell, mut stopping_timer) = watch::channel(false);
                        let mut server_stopped = tell.subscribe();
                        let server = tokio::spawn(async move {
                            let stopping = async move {
                                let _stopped_or_dropped = server_stopped.wait_for(|stopped| *stopped).await;
                            };
                            axum::serve(listener, app).with_graceful_shutdown(stopping).await
                        });
                        let end = server.abort_handle();
                        tokio::spawn(async move {
                            drop(stopping_timer.wait_for(|stopped| *stopped).await);
                            sleep(timeout).await;
                            end.abort();
                        });
                        let _sent_or_dropped = stop.await;
                        let _heard = tell.send(true);
                        match server.await {
                            Err(error) if error.is_cancelled() => Ok(()),
                            ended => ended.map_err(io::Error::other)?,
                        }
                    })
                },
            ),
            wheat(
                "signal_handed_over",
                "the server waits for the signal itself, and passes it on",
                |listener, app, stop, timeout| {
                    Box::pin(async move {
                        let (pass_on, came) = oneshot::channel();
                        let stopping = async move {
                            let _sent_or_dropped = stop.await;
                            let _heard = pass_on.send(());
                        };
                        let server = axum::serve(listener, app).with_graceful_shutdown(stopping);
                        let mut server = tokio::spawn(server.into_future());
                        let _passed_on_or_dropped = came.await;
                        match time::timeout(timeout, &mut server).await {
                            Ok(ended) => ended.map_err(io::Error::other)?,
                            Err(_) => {
                                server.abort();
                                Ok(())
                            }
                        }
                    })
                },
            ),
            chaff("for_ever", "The server ignores the stop signal.", |listener, app, _stop, _| {
                Box::pin(async move { axum::serve(listener, app).await })
            }),
            chaff("at_once", "The stop signal aborts all requests at once.", |listener, app, stop, _| {
                Box::pin(async move {
                    let server = tokio::spawn(axum::serve(listener, app).into_future());
                    let _sent_or_dropped = stop.await;
                    server.abort();
                    Ok(())
                })
            }),
            chaff(
                "still_accepting",
                "New connections are accepted after the stop signal.",
                |listener, app, stop, _| {
                    Box::pin(async move {
                        let server = tokio::spawn(axum::serve(listener, app).into_future());
                        let _sent_or_dropped = stop.await;
                        sleep(Duration::from_millis(400)).await;
                        server.abort();
                        Ok(())
                    })
                },
            ),
            chaff("needs_a_timeout", "A timeout of 0 is an error.", |listener, app, stop, timeout| {
                Box::pin(async move {
                    if timeout.is_zero() {
                        return Err(io::Error::from(io::ErrorKind::InvalidInput));
                    }
                    reference::serve(listener, app, stop, timeout).await
                })
            }),
            chaff("no_timeout", "The remaining requests need no time limit.", |listener, app, stop, _| {
                Box::pin(async move {
                    let stopping = async move {
                        let _sent_or_dropped = stop.await;
                    };
                    axum::serve(listener, app).with_graceful_shutdown(stopping).await
                })
            }),
            chaff(
                "always_waits",
                "The server always waits for the whole timeout.",
                |listener, app, stop, timeout| {
                    Box::pin(async move {
                        reference::serve(listener, app, stop, timeout).await?;
                        sleep(timeout).await;
                        Ok(())
                    })
                },
            ),
            chaff(
                "dropped_is_nothing",
                "A dropped sender is no stop signal.",
                |listener, app, stop, timeout| {
                    Box::pin(async move {
                        let (pass_on, passed) = oneshot::channel();
                        let relay = tokio::spawn(async move {
                            match stop.await {
                                Ok(()) => drop(pass_on),
                                Err(_) => {
                                    let _kept = pass_on;
                                    pending::<()>().await;
                                }
                            }
                        });
                        let ended = reference::serve(listener, app, passed, timeout).await;
                        relay.abort();
                        ended
                    })
                },
            ),
            chaff(
                "ends_by_itself",
                "The server may end without a stop signal.",
                |listener, app, stop, timeout| {
                    Box::pin(async move {
                        let (pass_on, passed) = oneshot::channel();
                        tokio::spawn(async move {
                            let _sent_or_over = time::timeout(Duration::from_millis(60), stop).await;
                            drop(pass_on);
                        });
                        reference::serve(listener, app, passed, timeout).await
                    })
                },
            ),
            chaff(
                "a_twentieth_of_a_second",
                "The timeout is at most 60 ms.",
                |listener, app, stop, timeout| {
                    Box::pin(reference::serve(listener, app, stop, timeout.min(Duration::from_millis(60))))
                },
            ),
            chaff("not_served", "The server need not answer any request.", |_listener, _app, stop, _| {
                Box::pin(async move {
                    let _sent_or_dropped = stop.await;
                    Ok(())
                })
            }),
            chaff("one_second", "The timeout is always one second.", |listener, app, stop, _| {
                Box::pin(reference::serve(listener, app, stop, Duration::from_secs(1)))
            }),
            wheat(
                "listener_kept",
                "accepts no new connection, and releases the port when it has ended",
                |listener, app, stop, timeout| {
                    Box::pin(async move {
                        let port = Arc::new(listener);
                        let (end, mut ended) = watch::channel(());
                        let stopping = async move { drop(ended.changed().await) };
                        let door = Door(Arc::clone(&port));
                        let server = axum::serve(door, app).with_graceful_shutdown(stopping);
                        let server = tokio::spawn(server.into_future());
                        let _sent_or_dropped = stop.await;
                        drop(end);
                        let served = match time::timeout(timeout, server).await {
                            Ok(served) => served.map_err(io::Error::other)?,
                            Err(_) => Ok(()),
                        };
                        drop(port);
                        served
                    })
                },
            ),
        ],
    );
    serve(listener, app, stop, timeout).await
}

/// A listener that stays open and no longer accepts connections.
struct Door(Arc<TcpListener>);

impl Listener for Door {
    type Io = TcpStream;
    type Addr = <TcpListener as Listener>::Addr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            if let Ok(taken) = self.0.accept().await {
                return taken;
            }
            sleep(Duration::from_millis(10)).await;
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}
