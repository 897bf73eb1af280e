mod gaussian_nb_fit;
mod gaussian_nb_predict;
pub mod models;
mod moments;
