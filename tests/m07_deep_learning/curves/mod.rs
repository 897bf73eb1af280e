mod courses;
mod curves_figure;
mod history;
