mod given;
mod transformer_block;
