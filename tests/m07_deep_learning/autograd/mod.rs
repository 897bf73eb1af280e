mod program;
mod value;
