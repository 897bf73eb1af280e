mod bowl;
mod gradient_descent;
mod is_stable_learning_rate;
mod line_search;
mod minimum_of_quadratic;
