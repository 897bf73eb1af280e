mod confusion_figure;
mod confusion_matrix;
mod precision_recall_f1;
