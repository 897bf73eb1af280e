use candle_core::{DType, Tensor};
use katas::m09_convolution::cnn::Cnn;
use katas::m09_convolution::features::{feature_figure, feature_maps};
use katas::m09_convolution::training::{Epoch, Settings, train as learn};
use kit::figure::Layer;
use kit::{Figure, Generator, InputError, Matrix};

use programs::ProgramError;

use crate::images::ImageSplit;
use crate::{Lines, Task, of_candle};

/// Two blocks of 8 and 16 channels.
pub fn train(task: &Task) -> Result<(), ProgramError> {
    let data = ImageSplit::load(&task.data)?;
    let (side, mut generator) = (data.side, Generator::from_seed(task.seed));
    let cnn = Cnn::new(side, &[1, 8, 16], 10, DType::F32, &mut generator)?;
    let images = |x: &Tensor| x.reshape((x.dim(0)?, 1, side, side));
    let ((x, labels), (v, truth)) = (&data.training, &data.validation);
    let (x, v) = (images(x).map_err(of_candle)?, images(v).map_err(of_candle)?);
    let (batch_size, max_learning_rate) = if side == 8 { (16, 0.01) } else { (64, 0.004) };
    let settings = Settings { epochs: task.epochs, batch_size, max_learning_rate };
    let mut lines = Lines::begin()?;
    let epochs = learn(
        &|x| cnn.forward(x),
        cnn.variables().all_vars(),
        (&x, labels),
        (&v, truth),
        &settings,
        &mut generator,
        &mut |e| lines.line([e.loss, e.accuracy, e.validation.loss, e.validation.accuracy]),
    )?;
    cnn.variables().save(task.out.checkpoint()).map_err(of_candle)?;
    task.out.leave(&curves(&epochs), "curves")?;
    task.out.leave(&features(&cnn, &v, side)?, "features")
}

fn curves(epochs: &[Epoch]) -> Figure {
    let line = |label: &str, of: fn(&Epoch) -> f64| {
        let through = epochs.iter().enumerate().map(|(i, epoch)| [(i + 1) as f64, of(epoch)]).collect();
        Layer::Line { label: label.to_owned(), through }
    };
    Figure::new("Training", "epoch", "loss and accuracy")
        .with(line("training loss", |epoch| epoch.loss))
        .with(line("validation loss", |epoch| epoch.validation.loss))
        .with(line("training accuracy", |epoch| epoch.accuracy))
        .with(line("validation accuracy", |epoch| epoch.validation.accuracy))
}

/// What the first layer sees in the first validation image.
fn features(cnn: &Cnn, images: &Tensor, side: usize) -> Result<Figure, InputError> {
    let pixels: Vec<f64> = images.narrow(0, 0, 1)?.flatten_all()?.to_dtype(DType::F64)?.to_vec1()?;
    let image = Matrix::new(side, side, pixels)?;
    let read = |name: &str, shape: &[usize]| {
        cnn.variables().get(shape, name, candle_nn::Init::Const(0.0), DType::F32, images.device())
    };
    let (weight, bias) = (read("block1.weight", &[8, 1, 3, 3])?, read("block1.bias", &[8])?);
    let numbers: Vec<Vec<f64>> = weight.flatten_from(1)?.to_dtype(DType::F64)?.to_vec2()?;
    let kernels =
        numbers.into_iter().map(|kernel| Matrix::new(3, 3, kernel)).collect::<Result<Vec<_>, _>>()?;
    feature_figure(&image, &kernels, &feature_maps(&image, &weight, &bias)?)
}
