mod cosine_rate;
