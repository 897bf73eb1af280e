mod importance_figure;
mod permutation_importance;
mod tree_figure;
