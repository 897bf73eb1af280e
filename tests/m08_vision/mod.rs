#[cfg(feature = "opencv")]
mod agreement;
mod blur;
mod colour;
mod corners;
mod edges;
#[cfg(feature = "opencv")]
mod files;
mod hough;
mod images;
mod laws;
mod motion;
#[cfg(feature = "opencv")]
mod opencv_faces;
#[cfg(feature = "opencv")]
mod opencv_filters;
#[cfg(feature = "opencv")]
mod opencv_images;
#[cfg(feature = "opencv")]
mod opencv_sheet;
#[cfg(feature = "opencv")]
mod oracle;
mod shapes;
