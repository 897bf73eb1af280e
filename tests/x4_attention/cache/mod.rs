mod cached_step;
