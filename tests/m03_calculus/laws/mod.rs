mod accepts_gradient;
