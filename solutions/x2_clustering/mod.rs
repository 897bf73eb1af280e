//! Extra milestone 2: clusters without labels, and densities, from scratch.
//!
//! Points are a [`kit::Matrix`], one per row, and no label says where they belong. A cluster is a number from 0 on. Which
//! cluster gets which number says nothing: two answers that differ only in the numbers are the same clustering.
//!
//! Builds on milestones 1 and 2, and needs no library.

pub mod kmeans;
pub mod density;
pub mod mixture;
pub mod silhouette;
pub mod dbscan;
pub mod figures;
pub mod laws;
