mod best_split;
mod entropy;
mod gini;
