mod backward;
mod forward;
mod loss;
