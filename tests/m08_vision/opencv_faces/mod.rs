mod annotate;
mod drawings;
mod detect_faces;
mod faces;
