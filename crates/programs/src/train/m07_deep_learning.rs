use candle_core::DType;
use katas::m07_deep_learning::checkpoint::save;
use katas::m07_deep_learning::curves::curves_figure;
use katas::m07_deep_learning::fitting::{Settings, fit};
use katas::m07_deep_learning::mlp::Mlp;
use kit::Generator;

use programs::ProgramError;

use crate::images::ImageSplit;
use crate::{Lines, Task};

/// A perceptron with 128 hidden units.
pub fn train(task: &Task) -> Result<(), ProgramError> {
    let data = ImageSplit::load(&task.data)?;
    let mut generator = Generator::from_seed(task.seed);
    let side = data.side;
    let mlp = Mlp::new(&[side * side, 128, 10], DType::F32, &mut generator)?;
    // Few samples want small batches: otherwise there are hardly any steps.
    let (batch_size, learning_rate) = if side == 8 { (32, 0.002) } else { (128, 0.001) };
    let settings = Settings { epochs: task.epochs, batch_size, learning_rate };
    let ((x, labels), (v, truth)) = (&data.training, &data.validation);
    let mut lines = Lines::begin()?;
    let epochs = fit(
        &|x| mlp.forward(x),
        mlp.variables().all_vars(),
        (x, labels),
        (v, truth),
        &settings,
        &mut generator,
        &mut |e| {
            lines.line([e.training.loss, e.training.accuracy, e.validation.loss, e.validation.accuracy]);
        },
    )?;
    save(mlp.variables(), &task.out.checkpoint())?;
    task.out.leave(&curves_figure(&epochs)?, "curves")
}
