mod central_difference;
mod forward_difference;
mod gradient;
mod jacobian;
mod richardson;
mod scheme;
mod second_derivative;
mod partials;
