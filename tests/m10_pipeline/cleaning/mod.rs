mod clean;
mod definition;
