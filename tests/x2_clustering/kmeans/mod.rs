mod inertia;
#[expect(clippy::module_inception, reason = "the kata is named like its file")]
mod kmeans;
mod kmeans_plus_plus;
mod lloyd_step;
