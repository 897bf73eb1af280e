mod cluster_figure;
mod elbow_figure;
