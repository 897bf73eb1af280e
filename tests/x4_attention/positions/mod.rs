mod embedding;
mod rotary_positions;
mod sinusoidal_positions;
