//! Has the assembler read what lies where it is compiled: libraries, the grader's own files, the machine's.
//! dot: does not compile
//! others: does not compile
//! enforced: the file

core::arch::global_asm!(".incbin \"/proc/self/environ\"", ".incbin \"/etc/passwd\"", ".incbin \"/solutions/lib.rs\"");

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    Ok(0.0)
}
