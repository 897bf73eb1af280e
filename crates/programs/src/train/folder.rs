use std::fs;
use std::path::{Path, PathBuf};

use kit::Figure;
use programs::ProgramError;

/// Where a training leaves its output.
pub struct Folder(PathBuf);

impl Folder {
    /// This folder, made if it is not there, if a file can be made in it.
    pub fn writable(folder: PathBuf) -> Result<Self, ProgramError> {
        fs::create_dir_all(&folder).map_err(|error| cannot("make the folder", &folder, &error))?;
        let probe = folder.join(".katas-probe");
        let probed = fs::write(&probe, []).and_then(|()| fs::remove_file(&probe));
        probed.map_err(|error| cannot("write into", &folder, &error))?;
        Ok(Self(folder))
    }

    /// Where the network goes.
    pub fn checkpoint(&self) -> PathBuf {
        self.0.join("checkpoint.safetensors")
    }

    /// Leaves a figure for anyone who draws it.
    pub fn leave(&self, figure: &Figure, name: &str) -> Result<(), ProgramError> {
        let file = self.0.join(format!("{name}.figure"));
        fs::write(&file, figure.to_string()).map_err(|error| cannot("write", &file, &error))
    }
}

fn cannot(what: &str, path: &Path, error: &std::io::Error) -> ProgramError {
    ProgramError::Environment(format!(
        "cannot {what} {}: {error}. `--out` takes another directory",
        path.display()
    ))
}
