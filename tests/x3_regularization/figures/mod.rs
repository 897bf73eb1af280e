mod bias_variance_figure;
mod learning_curve_figure;
