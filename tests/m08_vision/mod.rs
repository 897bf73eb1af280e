#[cfg(feature = "opencv")]
mod agreement;
mod blur;
mod colour;
mod edges;
mod images;
#[cfg(feature = "opencv")]
mod oracle;
mod shapes;
