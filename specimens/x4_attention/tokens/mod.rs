//! Specimens of `tokens`.

mod byte_pair_merges;
mod decode;
mod encode;

pub use byte_pair_merges::byte_pair_merges;
pub use decode::decode;
pub use encode::encode;
