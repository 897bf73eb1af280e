mod knn_predict;
