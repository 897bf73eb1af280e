mod early_stopping;
mod label_smoothing;
mod smoothed_cross_entropy;
