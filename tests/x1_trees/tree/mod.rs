mod fit_tree;
mod predict_tree;
