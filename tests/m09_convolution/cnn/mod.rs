mod cnn;
