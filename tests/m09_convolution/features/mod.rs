mod feature_figure;
mod feature_maps;
