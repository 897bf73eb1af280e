mod cross_entropy;
