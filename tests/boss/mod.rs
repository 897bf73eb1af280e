mod requests;
mod serve;
