/// Longer archives are not even opened.
pub(super) const LARGEST_ARCHIVE: u64 = 32 << 20;
/// No file of a learner is longer.
pub(super) const LONGEST: u64 = 256 << 10;
/// As many entries of a submission are looked at.
const MOST_ENTRIES: usize = 10_000;
/// As many bytes of an archive are unpacked.
pub(super) const MOST_BYTES: u64 = 64 << 20;

/// Whether reading continues: no submission makes the grader look at more than this.
pub(super) fn too_many(seen: usize) -> Result<(), String> {
    if seen > MOST_ENTRIES { Err(format!("more than {MOST_ENTRIES} entries")) } else { Ok(()) }
}
