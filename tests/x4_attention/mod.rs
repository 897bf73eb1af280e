mod block;
mod cache;
mod definition;
mod generation;
mod gpt;
mod variables;
