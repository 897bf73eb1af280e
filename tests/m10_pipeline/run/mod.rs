mod file;
mod run;
