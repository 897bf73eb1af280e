mod attention_figure;
mod explain_attention;
