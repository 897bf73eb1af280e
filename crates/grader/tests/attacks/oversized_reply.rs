//! Sends a length that no memory holds, then sends for ever.
//! dot: broken
//! others: holds
//! enforced: the kata

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    use std::io::Write;
    use std::os::fd::FromRawFd;
    let mut channel = unsafe { std::fs::File::from_raw_fd(0) };
    let _rejected = channel.write_all(b"r\xff\xff\xff\xff");
    loop {
        if channel.write_all(&[0; 4096]).is_err() {
            std::process::exit(0);
        }
    }
}
