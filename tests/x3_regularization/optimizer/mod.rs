mod adamw_step;
mod clip_gradients;
mod warmup_cosine;
