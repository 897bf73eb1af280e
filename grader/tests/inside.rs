//! Katas that share a process with their laws: right and wrong answers have their verdicts there, too.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

use cargo_kata::catalogue::Catalogue;
use cargo_kata::workspace::Workspace;
use grader::cage::Cage;
use grader::inside::{Asked, Inside, Plan};

#[test]
fn try_it() {
    let workspace = Workspace::find().unwrap();
    let catalogue = Catalogue::read(&workspace).unwrap();
    let wanted = std::env::var("KATAS_INSIDE").unwrap_or("m07_deep_learning/loss".to_owned());
    let katas: Vec<_> = catalogue.katas().filter(|kata| kata.id.starts_with(&wanted)).cloned().collect();
    let features = std::env::var("KATAS_FEATURES").unwrap_or("m07,m09".to_owned());
    let sysroot = std::process::Command::new("rustc").args(["--print", "sysroot"]).output().unwrap();
    let plan = Plan {
        katas,
        features: features.split(',').map(ToOwned::to_owned).collect(),
        profile: "dev",
        folder: workspace.target().join("grader-inside"),
        sysroot: String::from_utf8_lossy(&sysroot.stdout).trim().into(),
    };
    let began = Instant::now();
    let katas = plan.katas.clone();
    let inside = Inside::prepare(&workspace, catalogue, &Cage::find().unwrap(), plan, &mut |it| println!("{it}")).unwrap();
    println!("prepared in {:?}", began.elapsed());
    for kata in &katas {
        println!("{}: {:?}", kata.id, inside.stays_out(&kata.id));
    }
    let _ = (BTreeMap::<String, String>::new(), fs::read_to_string(Path::new("x")), Asked { slot: 0, folder: Path::new(""), seed: 0 });
}
