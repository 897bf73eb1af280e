mod files;
mod load;
mod save;
