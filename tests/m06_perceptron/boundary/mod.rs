mod decision_figure;
mod pictures;
mod decision_line;
mod lines;
