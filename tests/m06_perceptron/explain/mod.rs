mod explain_step;
mod wording;
