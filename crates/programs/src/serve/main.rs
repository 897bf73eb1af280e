//! A model of the embedded digits that answers over HTTP, with the katas of the boss. `cargo kata serve` runs this.

#[path = "../unwritten.rs"]
mod unwritten;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use katas::boss::serve::{Limits, app, serve};
use katas::m10_pipeline::model::train;
use kit::{Matrix, Softmax, data};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

/// What the server puts up with.
const LIMITS: Limits = Limits { body: 1 << 20, samples: 1000, patience: Duration::from_secs(10) };

fn main() -> ExitCode {
    let port = match port(std::env::args().skip(1)) {
        Ok(port) => port,
        Err(wrong) => {
            eprintln!("serve: {wrong}");
            return ExitCode::from(2);
        }
    };
    match trained().and_then(|model| unwritten::run(|| answer(model, port))?) {
        Ok(()) => ExitCode::SUCCESS,
        Err(wrong) => {
            eprintln!("serve: {wrong}");
            ExitCode::FAILURE
        }
    }
}

fn port(mut words: impl Iterator<Item = String>) -> Result<u16, String> {
    match (words.next().as_deref(), words.next()) {
        (None, _) => Ok(8080),
        (Some("--port"), Some(port)) => {
            port.parse().map_err(|_| format!("--port wants 0 to 65535, got {port:?}"))
        }
        (Some(other), _) => Err(format!("there is no option {other}; --port PORT is the only one")),
    }
}

/// Softmax regression on the digits' pixels, from 0 to 1.
fn trained() -> Result<Softmax, String> {
    let digits = data::digits();
    let (n, d) = digits.features.shape();
    let x = Matrix::from_fn(n, d, |i, j| digits.features[(i, j)] / 16.0);
    eprintln!("training on {n} digits …");
    let fitted = unwritten::run(|| train(&x, &digits.labels, &digits.class_names, 0.5, 200))?;
    let (model, losses) = fitted.map_err(|refused| refused.to_string())?;
    eprintln!("mean cross-entropy {:.3}", losses.last().copied().unwrap_or_default());
    Ok(model)
}

fn answer(model: Softmax, port: u16) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("no threads to serve with: {error}"))?;
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", port)).await;
        let taken = |error| {
            format!(
                "cannot listen on port {port}: {error}. Is it taken? --port takes another; 0 any free one."
            )
        };
        let listener = listener.map_err(taken)?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let (stop, stopped) = oneshot::channel();
        tokio::spawn(async move {
            told_to_stop().await;
            eprintln!("\nfinishing what has begun …");
            let _served_already = stop.send(());
        });
        println!(
            "serving on http://{address} until Ctrl-C. Try, in another window:\n\n{}\n",
            curl(&address.to_string())
        );
        serve(listener, app(Arc::new(model), LIMITS), stopped, Duration::from_secs(5))
            .await
            .map_err(|error| error.to_string())
    })
}

/// Waits for Ctrl-C, or for what a service manager sends.
async fn told_to_stop() {
    let (tell, mut told) = mpsc::channel(1);
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let tell = tell.clone();
        tokio::spawn(async move {
            if let Ok(mut terminated) = signal(SignalKind::terminate()) {
                terminated.recv().await;
                let _told_already = tell.try_send(());
            }
        });
    }
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            let _told_already = tell.try_send(());
        }
    });
    if told.recv().await.is_none() {
        // Nothing can be heard on this system: serve on.
        std::future::pending().await
    }
}

/// The line that asks for the first of the digits, a zero.
fn curl(address: &str) -> String {
    let pixels: Vec<String> = data::digits().features.row(0).iter().map(|x| (x / 16.0).to_string()).collect();
    format!(
        "curl -s http://{address}/predict -H 'content-type: application/json' -d '{{\"sample\": [{}]}}'",
        pixels.join(",")
    )
}
