mod decision_figure;
mod decision_line;
