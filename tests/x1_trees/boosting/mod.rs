mod boosted_predict;
mod gradient_boosting_fit;
mod logistic_boosting_fit;
mod rates;
