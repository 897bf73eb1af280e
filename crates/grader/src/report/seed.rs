//! What the laws of an assignment draw from: a secret until the marks are out, and the same again for an appeal.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use engine::problem::{Doing, Problem};

/// Where it is kept, in the folder of the results.
pub const KEPT_IN: &str = "seed.txt";

/// The seed of the results in this folder: the one asked for, else the one that they began with, else a new one.
///
/// # Errors
///
/// [`Problem`] if it can be neither read nor kept, or if what is kept is no seed.
pub fn of(out: &Path, asked: Option<u64>) -> Result<u64, Problem> {
    let path = out.join(KEPT_IN);
    let kept = match fs::read_to_string(&path) {
        Ok(text) => Some(text.trim().parse().map_err(|_| Problem::Usage {
            what: format!("{} holds no seed: {}", path.display(), text.trim()),
            remedy: "`--seed N` names the one that the marks were given with.".to_owned(),
        })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).doing("read", &path),
    };
    if let (None, Some(kept)) = (asked, kept) {
        return kept;
    }
    let seed = match asked {
        Some(seed) => seed,
        None => drawn().doing("draw from", Path::new("/dev/urandom"))?,
    };
    fs::create_dir_all(out).doing("make the folder", out)?;
    keep(&path, seed).doing("write", &path)?;
    Ok(seed)
}

fn drawn() -> io::Result<u64> {
    let mut bytes = [0; 8];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

/// For its owner alone, and whole or not at all: a lost seed would grade half of a class in another way.
fn keep(path: &Path, seed: u64) -> io::Result<()> {
    let half = path.with_extension("half");
    // There may be none.
    let _ = fs::remove_file(&half);
    let mut file = File::options().write(true).create_new(true).mode(0o600).open(&half)?;
    writeln!(file, "{seed}")?;
    file.sync_all()?;
    fs::rename(half, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_drawn_once_and_kept() {
        let out = std::env::temp_dir().join(format!("katas-seed-{}", std::process::id()));
        let first = of(&out, None).unwrap();
        assert_eq!(of(&out, None).unwrap(), first);
        assert_eq!(of(&out, Some(7)).unwrap(), 7);
        assert_eq!(of(&out, None).unwrap(), 7);
        fs::write(out.join(KEPT_IN), "seven").unwrap();
        assert!(of(&out, None).is_err());
        fs::remove_dir_all(out).unwrap();
    }
}
