mod draw;
mod pca;
mod projection;
