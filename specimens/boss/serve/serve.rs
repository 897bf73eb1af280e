use std::future::{Future, pending};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use tokio::time::{sleep, timeout};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::boss::serve as reference;

type Served = Pin<Box<dyn Future<Output = io::Result<()>> + Send>>;
type Serve = fn(TcpListener, Router, oneshot::Receiver<()>, Duration) -> Served;

/// The kata, answered by a specimen.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    stop: oneshot::Receiver<()>,
    patience: Duration,
) -> io::Result<()> {
    let serve = answering::<Serve>(
        module_path!(),
        |listener, app, stop, patience| Box::pin(reference::serve(listener, app, stop, patience)),
        &[
            wheat(
                "watched",
                "a watch channel tells both, the server and the clock",
                |listener, app, stop, patience| {
                    Box::pin(async move {
                        let (tell, mut told) = watch::channel(false);
                        let mut server_told = tell.subscribe();
                        let server = tokio::spawn(async move {
                            let stopping = async move {
                                let _told_or_dropped = server_told.wait_for(|stopped| *stopped).await;
                            };
                            axum::serve(listener, app).with_graceful_shutdown(stopping).await
                        });
                        let end = server.abort_handle();
                        tokio::spawn(async move {
                            drop(told.wait_for(|stopped| *stopped).await);
                            sleep(patience).await;
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
                "the server waits for the signal itself, and passes on that it came",
                |listener, app, stop, patience| {
                    Box::pin(async move {
                        let (pass_on, came) = oneshot::channel();
                        let stopping = async move {
                            let _sent_or_dropped = stop.await;
                            let _heard = pass_on.send(());
                        };
                        let server = axum::serve(listener, app).with_graceful_shutdown(stopping);
                        let mut server = tokio::spawn(server.into_future());
                        let _passed_on_or_dropped = came.await;
                        match timeout(patience, &mut server).await {
                            Ok(ended) => ended.map_err(io::Error::other)?,
                            Err(_) => {
                                server.abort();
                                Ok(())
                            }
                        }
                    })
                },
            ),
            chaff("for_ever", "a server serves", |listener, app, _stop, _| {
                Box::pin(async move { axum::serve(listener, app).await })
            }),
            chaff("at_once", "stop means stop", |listener, app, stop, _| {
                Box::pin(async move {
                    let server = tokio::spawn(axum::serve(listener, app).into_future());
                    let _sent_or_dropped = stop.await;
                    server.abort();
                    Ok(())
                })
            }),
            chaff("door_left_open", "who waits a little has been graceful", |listener, app, stop, _| {
                Box::pin(async move {
                    let server = tokio::spawn(axum::serve(listener, app).into_future());
                    let _sent_or_dropped = stop.await;
                    sleep(Duration::from_millis(400)).await;
                    server.abort();
                    Ok(())
                })
            }),
            chaff("patience_without_end", "everybody finishes some day", |listener, app, stop, _| {
                Box::pin(async move {
                    let stopping = async move {
                        let _sent_or_dropped = stop.await;
                    };
                    axum::serve(listener, app).with_graceful_shutdown(stopping).await
                })
            }),
            chaff(
                "always_waits",
                "patience is how long to wait after the signal",
                |listener, app, stop, patience| {
                    Box::pin(async move {
                        reference::serve(listener, app, stop, patience).await?;
                        sleep(patience).await;
                        Ok(())
                    })
                },
            ),
            chaff(
                "dropped_is_nothing",
                "a signal that was not sent did not come",
                |listener, app, stop, patience| {
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
                        let ended = reference::serve(listener, app, passed, patience).await;
                        relay.abort();
                        ended
                    })
                },
            ),
            chaff("ends_by_itself", "nobody asks for longer than that", |listener, app, stop, patience| {
                Box::pin(async move {
                    let (pass_on, passed) = oneshot::channel();
                    tokio::spawn(async move {
                        let _sent_or_over = timeout(Duration::from_millis(60), stop).await;
                        drop(pass_on);
                    });
                    reference::serve(listener, app, passed, patience).await
                })
            }),
            chaff(
                "a_twentieth_of_a_second",
                "whoever is not done in 60 ms never will be",
                |listener, app, stop, patience| {
                    Box::pin(reference::serve(listener, app, stop, patience.min(Duration::from_millis(60))))
                },
            ),
            chaff("not_served", "somebody else will answer", |_listener, _app, stop, _| {
                Box::pin(async move {
                    let _sent_or_dropped = stop.await;
                    Ok(())
                })
            }),
            chaff(
                "one_second",
                "a second is patience enough, and everybody gets it",
                |listener, app, stop, _| {
                    Box::pin(reference::serve(listener, app, stop, Duration::from_secs(1)))
                },
            ),
            wheat(
                "door_kept",
                "takes nobody new, and lets go of the port when it has ended",
                |listener, app, stop, patience| {
                    Box::pin(async move {
                        let port = Arc::new(listener);
                        let (end, mut ended) = watch::channel(());
                        let stopping = async move { drop(ended.changed().await) };
                        let door = Door(Arc::clone(&port));
                        let server = axum::serve(door, app).with_graceful_shutdown(stopping);
                        let server = tokio::spawn(server.into_future());
                        let _sent_or_dropped = stop.await;
                        drop(end);
                        let served = match timeout(patience, server).await {
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
    serve(listener, app, stop, patience).await
}

/// A door that stays in the wall when nobody is let in any more.
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
