mod importance_figure;
mod names;
mod permutation_importance;
mod tree_figure;
