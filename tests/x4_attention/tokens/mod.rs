mod byte_pair_merges;
mod decode;
mod encode;
mod texts;
