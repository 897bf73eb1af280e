mod encode;
mod tables;
