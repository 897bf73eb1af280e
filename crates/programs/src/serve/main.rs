//! A model of the embedded digits that answers over HTTP, with the katas of the boss. `cargo kata serve` runs this.

mod page;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Arg, Command, value_parser};
use katas::boss::serve::{Limits, app, serve};
use katas::m10_pipeline::model::train;
use kit::{Matrix, Softmax, data};
use programs::output::{Output, tell};
use programs::{ProgramError, unwritten};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

/// What the server puts up with.
const LIMITS: Limits = Limits { body: 1 << 20, samples: 1000, timeout: Duration::from_secs(10) };

fn main() -> ExitCode {
    let matches = match programs::arguments::parse(command(), programs::arguments::words()) {
        Ok(matches) => matches,
        Err(code) => return code,
    };
    let port = matches.get_one::<u16>("port").copied().unwrap_or(8080);
    let outcome = trained().and_then(|model| unwritten::run(|| answer(model, port))?);
    programs::finish("serve", outcome)
}

fn command() -> Command {
    let port = Arg::new("port").long("port").value_name("PORT").value_parser(value_parser!(u16));
    Command::new("serve")
        .bin_name("cargo kata serve")
        .about("Serve a model of the embedded digits over HTTP")
        .arg(port.default_value("8080").help("The port, on this machine only; 0 takes any free one"))
        .after_help("Examples:\n  cargo kata serve\n  cargo kata serve --port 9000 --solutions")
}

/// Softmax regression on the digits' pixels, from 0 to 1.
fn trained() -> Result<Softmax, ProgramError> {
    let digits = data::digits();
    let (n, d) = digits.features.shape();
    let x = Matrix::from_fn(n, d, |i, j| digits.features[(i, j)] / 16.0);
    tell(&format!("training on {n} digits …"));
    let fitted = unwritten::run(|| train(&x, &digits.labels, &digits.class_names, 0.5, 200))?;
    let (model, losses) = fitted?;
    tell(&format!("mean cross-entropy {:.3}", losses.last().copied().unwrap_or_default()));
    Ok(model)
}

fn answer(model: Softmax, port: u16) -> Result<(), ProgramError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| ProgramError::Environment(format!("no threads to serve with: {error}")))?;
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", port)).await;
        let taken = |error| {
            ProgramError::Environment(format!(
                "cannot listen on port {port}: {error}. Is it taken? --port takes another; 0 any free one."
            ))
        };
        let listener = listener.map_err(taken)?;
        let address = listener.local_addr().map_err(taken)?;
        let (stop, stopped) = oneshot::channel();
        tokio::spawn(async move {
            asked_to_stop().await;
            tell("\nfinishing the requests that have begun …");
            let _served_already = stop.send(());
        });
        let mut output = Output::default();
        output.print(&format!(
            "serving on http://{address} until Ctrl-C: draw a digit there. \
             Or try, in another window:\n\n{}\n\n",
            curl(&address.to_string())
        ))?;
        if output.is_closed() {
            return Ok(());
        }
        let network = model.clone();
        let site = page::around(app(Arc::new(model), LIMITS), &network);
        serve(listener, site, stopped, Duration::from_secs(5))
            .await
            .map_err(|error| ProgramError::Kata(error.to_string()))
    })
}

/// Waits for Ctrl-C, or for what a service manager sends.
async fn asked_to_stop() {
    let (tell, mut asked) = mpsc::channel(1);
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let tell = tell.clone();
        tokio::spawn(async move {
            if let Ok(mut terminated) = signal(SignalKind::terminate()) {
                terminated.recv().await;
                let _reported_already = tell.try_send(());
            }
        });
    }
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            let _reported_already = tell.try_send(());
        }
    });
    if asked.recv().await.is_none() {
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
