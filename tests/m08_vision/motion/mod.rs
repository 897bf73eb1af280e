mod definition;
mod optical_flow;
