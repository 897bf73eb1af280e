mod mean;
mod merge;
pub(crate) mod samples;
mod standard_deviation;
mod variance;
mod welford;
