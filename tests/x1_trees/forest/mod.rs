mod bootstrap_sample;
mod fit_forest;
mod out_of_bag_score;
mod predict_forest;
mod votes;
