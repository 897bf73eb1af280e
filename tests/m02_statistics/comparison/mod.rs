mod compare_normal_and_uniform;
mod comparison_figure;
mod samples;
