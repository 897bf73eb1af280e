mod draw;
mod pca;
