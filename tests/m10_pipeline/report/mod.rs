mod figures;
mod finished;
mod write_notebook;
