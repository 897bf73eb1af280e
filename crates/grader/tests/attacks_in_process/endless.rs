//! Never answers. It takes a minute and is tried when it is named.
//! scanned: broken
//! channel: broken
//! slow

pub fn cross_entropy(logits: &Tensor, labels: &[usize]) -> Result<Tensor, InputError> {
    loop {
        std::thread::sleep(std::time::Duration::from_secs(3600));
    }
}
