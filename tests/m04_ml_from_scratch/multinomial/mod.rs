mod multinomial_fit;
mod softmax;
