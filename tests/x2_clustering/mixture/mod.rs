mod em;
mod em_step;
mod gaussian_mixture;
