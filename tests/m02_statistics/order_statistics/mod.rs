mod median;
mod quantile;
