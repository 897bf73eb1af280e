mod adam;
mod momentum;
