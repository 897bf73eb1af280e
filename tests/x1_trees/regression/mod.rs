mod fit_regression_tree;
