//! The notebook that the pipeline writes is one for the real Jupyter, and runs again.

use engine::Progress as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{Findings, Ground};
use engine::judging::build::cargo;
use engine::judging::{Next, run_program};
use engine::problem::{Doing, Problem};

/// The penguins' notebook validates, runs from top to bottom with the kernel evcxr, and says what was written.
pub(super) fn check(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("facts");
    let out = ground.workspace.target().join("notebook");
    let mut pipeline = cargo();
    pipeline.args(["run", "--quiet", "--release", "--package", "programs", "--bin", "pipeline"]);
    pipeline
        .args(["--features", "pipeline,solutions", "--manifest-path"])
        .arg(ground.workspace.path("Cargo.toml"));
    pipeline.env("CARGO_TARGET_DIR", ground.workspace.target());
    pipeline.arg("--").arg("--repository").arg(ground.workspace.root()).arg("--out").arg(&out);
    if !runs(ground, &mut findings, "the pipeline", &mut pipeline)? {
        return Ok(findings);
    }
    let mut jupyter = Command::new("jupyter");
    jupyter.args(["nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=900"]);
    jupyter.args(["--output", "again.ipynb"]).arg(out.join("notebook.ipynb"));
    match runs(ground, &mut findings, "jupyter nbconvert --execute", &mut jupyter) {
        Ok(true) => compare(&out, &mut findings)?,
        Ok(false) => {}
        Err(Problem::Program { .. }) => {
            let remedy =
                "`pip install jupyter`, `cargo install --locked evcxr_jupyter`, `evcxr_jupyter --install`";
            findings.failed.push(format!("Jupyter and the kernel evcxr are needed for this:\n  {remedy}"));
        }
        Err(problem) => return Err(problem),
    }
    Ok(findings)
}

fn runs(
    ground: &mut Ground<'_>,
    findings: &mut Findings,
    what: &str,
    command: &mut Command,
) -> Result<bool, Problem> {
    let finished = run_program(command, |_| {
        ground.progress.tick();
        Next::On
    })?;
    let last: Vec<&str> = finished.stderr.trim().lines().rev().take(20).collect();
    let fine = finished.status.success();
    findings
        .count(fine, || format!("{what} failed:\n{}", last.into_iter().rev().collect::<Vec<_>>().join("\n")));
    Ok(fine)
}

/// Cell by cell: what was printed and drawn when the notebook was written, and when it ran again.
fn compare(out: &Path, findings: &mut Findings) -> Result<(), Problem> {
    let [written, again] = [out.join("notebook.ipynb"), out.join("again.ipynb")];
    let read = |path: &Path| -> Result<Vec<Value>, Problem> {
        let text = fs::read_to_string(path).doing("read", path)?;
        let notebook: Value = serde_json::from_str(&text).unwrap_or_default();
        Ok(notebook["cells"].as_array().cloned().unwrap_or_default())
    };
    let (written, again) = (read(&written)?, read(&again)?);
    findings.count(!written.is_empty() && written.len() == again.len(), || {
        format!("{} cells were written and {} ran", written.len(), again.len())
    });
    for (number, (before, after)) in
        written.iter().zip(&again).enumerate().filter(|(_, (cell, _))| cell["cell_type"] == "code")
    {
        for kind in ["stdout", "image/svg+xml"] {
            let same = shown(before, kind).trim() == shown(after, kind).trim();
            findings.count(same, || format!("cell {number} gave another {kind} when it ran again"));
        }
    }
    Ok(())
}

/// What a cell's outputs show of one kind: a text is one string or a list of lines.
fn shown(cell: &Value, kind: &str) -> String {
    let joined = |value: &Value| match value {
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        value => value.as_str().unwrap_or_default().to_owned(),
    };
    let outputs = cell["outputs"].as_array().into_iter().flatten();
    outputs
        .map(
            |output| {
                if output["name"] == kind { joined(&output["text"]) } else { joined(&output["data"][kind]) }
            },
        )
        .collect()
}
