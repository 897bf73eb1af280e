mod descent;
mod multinomial_fit;
mod softmax;
