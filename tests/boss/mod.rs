mod draw;
mod pca;
mod projection;
mod requests;
mod serve;
