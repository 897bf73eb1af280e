mod histogram;
mod samples;
