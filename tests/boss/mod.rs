mod adversarial;
mod draw;
mod laws;
mod networks;
mod pca;
mod projection;
mod robustness;
mod trained;
