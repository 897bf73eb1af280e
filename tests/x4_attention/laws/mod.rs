mod accepts_attention;
mod claims;
