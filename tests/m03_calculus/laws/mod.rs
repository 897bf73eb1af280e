mod accepts_gradient;
mod landscape;
