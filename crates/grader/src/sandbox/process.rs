use std::io::{self, Read};
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// As much is read of what a program writes to standard error.
const LONGEST: u64 = 4 << 20;

/// A program that is killed with this value.
#[derive(Debug)]
pub struct GuardedProcess(Child);

impl Drop for GuardedProcess {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl GuardedProcess {
    /// Starts a program. The command is consumed: it holds ends of pipes, which must be closed when the program ends.
    ///
    /// # Errors
    ///
    /// As the system's.
    pub fn spawn(mut command: Command) -> io::Result<Self> {
        command.spawn().map(Self)
    }

    /// Waits until the program ends; whether it did in time. The time begins again when `newest` changes.
    ///
    /// # Errors
    ///
    /// As the system's.
    pub fn ends_within(
        &mut self,
        timeout: Duration,
        newest: &dyn Fn() -> Option<SystemTime>,
    ) -> io::Result<bool> {
        let (mut since, mut seen, mut pause) = (Instant::now(), None, Duration::from_millis(1));
        loop {
            if self.0.try_wait()?.is_some() {
                return Ok(true);
            }
            if since.elapsed() > timeout {
                let newest = newest();
                if newest == seen {
                    return Ok(false);
                }
                (since, seen) = (Instant::now(), newest);
            }
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(16));
        }
    }

    /// Whether it succeeded within this time, and what it wrote to standard error.
    ///
    /// # Errors
    ///
    /// As the system's.
    pub fn succeeds_within(mut self, timeout: Duration) -> io::Result<(bool, String)> {
        let mut stderr = self.0.stderr.take();
        let reader = thread::spawn(move || {
            let mut said = Vec::new();
            if let Some(stderr) = stderr.as_mut() {
                let _ = stderr.take(LONGEST).read_to_end(&mut said);
                // The rest is read and forgotten: a flood shall not hold the program up.
                let _ = io::copy(stderr, &mut io::sink());
            }
            said
        });
        let in_time = self.ends_within(timeout, &|| None)?;
        let success = in_time && self.0.wait()?.success();
        drop(self);
        let said = reader.join().unwrap_or_default();
        Ok((success, String::from_utf8_lossy(&said).into_owned()))
    }
}
