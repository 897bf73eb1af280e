mod blur;
mod edges;
