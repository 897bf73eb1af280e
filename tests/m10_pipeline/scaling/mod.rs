mod fit_scaler;
