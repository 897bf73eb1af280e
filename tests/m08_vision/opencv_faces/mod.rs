mod annotate;
mod detect_faces;
