//! Ctrl-C: noted, passed on to the children, and obeyed when they have ended.

use std::process::Child;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once, OnceLock};

static ASKED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

fn flag() -> &'static Arc<AtomicBool> {
    ASKED.get_or_init(Arc::default)
}

/// Listens to Ctrl-C and to requests to end, from now on. A second one ends at once.
pub fn listen() {
    static LISTENING: Once = Once::new();
    #[cfg(unix)]
    LISTENING.call_once(register);
}

#[cfg(unix)]
fn register() {
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
        // The order matters: the first signal finds the flag down and only raises it.
        let at_once = signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(flag()));
        let noted = signal_hook::flag::register(signal, Arc::clone(flag()));
        if at_once.and(noted).is_err() {
            return; // Then the system's own way of ending a program holds.
        }
    }
}

/// Whether somebody pressed Ctrl-C.
pub fn asked() -> bool {
    flag().load(Ordering::Relaxed)
}

/// As if somebody had: `watch` reads the key itself.
pub fn ask() {
    flag().store(true, Ordering::Relaxed);
}

/// Asks a program to end; nextest then ends its tests.
pub fn end(child: &Child) {
    #[cfg(unix)]
    if let Some(process) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _it_has_ended = rustix::process::kill_process(process, rustix::process::Signal::INT);
    }
    #[cfg(not(unix))]
    let _ = child;
}
