mod shuffled_batches;
