mod perceptron_fit;
mod separable;
