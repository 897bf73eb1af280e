//! The katas of milestone 8 on a picture of one's own. `cargo kata vision` runs this.

mod picture;
mod steps;
#[cfg(feature = "opencv")]
mod faces;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::RangedU64ValueParser;
use clap::{Arg, Command, value_parser};
use kit::figure::{Figure, Layer};
use programs::ProgramError;
use programs::output::{Output, tell};

use self::picture::Picture;
use self::steps::Step;

fn main() -> ExitCode {
    let matches = match programs::arguments::parse(command(), programs::arguments::words()) {
        Ok(matches) => matches,
        Err(code) => return code,
    };
    let file = matches.get_one::<PathBuf>("picture").cloned().unwrap_or_default();
    let out = matches.get_one::<PathBuf>("out").cloned().unwrap_or_default();
    let most = matches.get_one::<u64>("size").and_then(|size| u32::try_from(*size).ok()).unwrap_or(320);
    let mut output = Output::default();
    programs::finish("vision", run(&file, &out, most, &mut output))
}

fn command() -> Command {
    let size = RangedU64ValueParser::<u64>::new().range(16..=2000);
    Command::new("vision")
        .bin_name("cargo kata vision")
        .about("What your katas of milestone 8 make of a picture: edges, lines, corners, faces")
        .arg(Arg::new("picture").required(true).value_name("FILE").value_parser(value_parser!(PathBuf)))
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .default_value("vision")
                .help("The output directory"),
        )
        .arg(
            Arg::new("size")
                .long("size")
                .value_name("PIXELS")
                .value_parser(size)
                .default_value("320")
                .help("The longer side that the picture is reduced to, 16 to 2000"),
        )
        .after_help(
            "Writes a PNG file for each step, and sheet.png with all of them. Steps whose kata is not \
             written are left out, and said. The picture is a PNG or JPEG file.\n\n\
             Examples:\n  cargo kata vision photo.jpg\n  cargo kata vision photo.jpg --size 640 --solutions",
        )
}

fn run(file: &Path, out: &Path, most: u32, output: &mut Output) -> Result<(), ProgramError> {
    let picture = Picture::read(file, most)?;
    fs::create_dir_all(out).map_err(|error| picture::cannot("make the folder", out, &error))?;
    tell(&format!("{} × {} pixels", picture.width(), picture.height()));
    let mut drawn: Vec<(Step, Picture)> = vec![(Step::named("picture"), picture.clone())];
    for step in steps::all() {
        match step.run(&picture) {
            Ok(made) => drawn.push((step, made)),
            Err(why) => tell(&format!("– {}: {}", step.name, why.lines().next().unwrap_or_default())),
        }
    }
    if drawn.len() == 1 {
        return Err(ProgramError::Kata(
            "no kata of milestone 8 is written yet; --solutions shows what they do".to_owned(),
        ));
    }
    for (number, (step, made)) in drawn.iter().enumerate() {
        let path = out.join(format!("{number}-{}.png", step.name));
        made.write(&path)?;
        output.print(&format!("{}\n", path.display()))?;
    }
    let sheet = out.join("sheet.png");
    let png =
        draw::png(&contact_sheet(&drawn)).map_err(|error| ProgramError::Environment(error.to_string()))?;
    fs::write(&sheet, png).map_err(|error| picture::cannot("write", &sheet, &error))?;
    output.print(&format!("{}\n", sheet.display()))
}

/// All pictures next to each other, three in a row, each with the name of its step.
fn contact_sheet(drawn: &[(Step, Picture)]) -> Figure {
    const COLUMNS: usize = 3;
    let (width, height) =
        drawn.first().map_or((1.0, 1.0), |(_, it)| (f64::from(it.width()), f64::from(it.height())));
    let (across, down) = (width * 1.06, height * 1.16);
    let layer = |(k, (step, made)): (usize, &(Step, Picture))| Layer::Image {
        label: step.words.to_owned(),
        at: [across * (k % COLUMNS) as f64, -down * (k / COLUMNS) as f64],
        size: [width, height],
        pixels: made.brightness(),
        color: true,
    };
    let empty = Figure::new("", "", "").with_equal_axes();
    drawn.iter().enumerate().map(layer).fold(empty, Figure::with)
}
