mod contour_figure;
mod descent_figure;
mod layers;
