mod gaussian_log_density;
