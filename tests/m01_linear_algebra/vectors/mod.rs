mod dot;
