mod boundary;
mod draw;
mod explain;
mod laws;
mod neuron;
mod rosenblatt;
mod training;
mod two_layers;
