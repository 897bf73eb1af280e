mod coverage_within;
mod normal_pdf;
mod sample_normal;
mod uniform_pdf;
