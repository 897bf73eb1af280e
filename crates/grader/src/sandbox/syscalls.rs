//! System calls that no kata needs and that no namespace separates.

use std::collections::BTreeMap;
use std::io;

use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch, apply_filter};

/// The kernel's keyrings belong to a session or a user, not to a sandbox: one submission could leave there what the next one reads.
const BARRED: [i64; 3] = [libc::SYS_add_key, libc::SYS_request_key, libc::SYS_keyctl];

/// Takes them away from this process and all that it starts: they fail as if they were not permitted.
///
/// # Errors
///
/// If the kernel filters no system calls: then nothing must be run.
pub fn restrict() -> io::Result<()> {
    let architecture = TargetArch::try_from(std::env::consts::ARCH).map_err(io::Error::other)?;
    // A rule without conditions matches every call.
    let rules: BTreeMap<i64, Vec<_>> = BARRED.iter().map(|number| (*number, Vec::new())).collect();
    let not_permitted = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, not_permitted, architecture);
    let program: BpfProgram = filter.and_then(TryInto::try_into).map_err(io::Error::other)?;
    apply_filter(&program).map_err(io::Error::other)
}
