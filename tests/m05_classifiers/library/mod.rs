mod gaussian_naive_bayes;
mod k_nearest_neighbours;
mod logistic_regression;
