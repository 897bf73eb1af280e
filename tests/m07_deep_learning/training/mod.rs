mod evaluate;
mod train_epoch;
