//! The preprocessor of mdBook: reads the book on standard input, writes it changed on standard output.

use std::io::{Read, Write};
use std::process::ExitCode;

use engine::catalog::Catalog;
use engine::workspace::Workspace;
use serde_json::Value;
use site::preprocessor;

fn main() -> ExitCode {
    // mdBook asks for each renderer first whether it is supported. HTML is.
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some("supports") {
        return if arguments.next().as_deref() == Some("html") {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        };
    }
    match preprocess() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("book-pages: {why}");
            ExitCode::FAILURE
        }
    }
}

fn preprocess() -> Result<(), String> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|error| error.to_string())?;
    let input: Value = serde_json::from_str(&text).map_err(|_| {
        "standard input is no book. `mdbook build` calls this program; `cargo kata book` calls mdBook"
            .to_owned()
    })?;
    let workspace = Workspace::find().map_err(|problem| problem.to_string())?;
    let catalog = Catalog::read(&workspace).map_err(|problem| problem.to_string())?;
    let book =
        preprocessor::changed(&input, &catalog).ok_or("this version of mdBook sends another form of book")?;
    let mut out = std::io::stdout().lock();
    out.write_all(book.to_string().as_bytes()).and_then(|()| out.flush()).map_err(|error| error.to_string())
}
