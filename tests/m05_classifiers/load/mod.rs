mod load_digits;
mod parse_iris;
mod tables;
