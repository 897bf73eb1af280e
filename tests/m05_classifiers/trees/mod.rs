mod decision_tree;
mod random_forest;
