mod accuracy;
mod log_loss;
mod roc_auc;
