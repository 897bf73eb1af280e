mod predict;
mod predict_proba;
