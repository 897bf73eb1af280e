/// What is informed how far a file is: its name, the bytes that are there, and how many there will be, if that is known.
pub type Watch<'a> = &'a mut dyn FnMut(&str, u64, Option<u64>);
