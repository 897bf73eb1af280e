mod figures;
mod finished;
mod rust;
mod toml;
mod write_notebook;
