//! A GPT that learns to sort digits, or to write the sentences of a small grammar.

mod lesson;
mod pictures;
mod sentences;
mod sorting;
mod steps;

use candle_core::DType;
use katas::x4_attention::gpt::Gpt;
use kit::Generator;
use programs::ProgramError;

use crate::{Lines, Task};
use lesson::Lesson;
use steps::{Epoch, Schedule};

pub fn train(task: &Task) -> Result<(), ProgramError> {
    let mut generator = Generator::from_seed(task.seed);
    let lesson: Box<dyn Lesson> = match task.data.as_str() {
        "sentences" => Box::new(sentences::Sentences::new(&mut generator)),
        _ => Box::new(sorting::Sorting::new(&mut generator)),
    };
    let settings = lesson.settings();
    let gpt = Gpt::new(&settings, DType::F32, &mut generator)?;
    let mut lines = Lines::silent();
    lines.output.print(&format!("untrained:\n{}", lesson.sample(&gpt, task.seed)?))?;
    lines.head()?;
    let mut schedule = Schedule::new(&gpt, task.epochs)?;
    let mut epochs = Vec::new();
    for _ in 0..task.epochs {
        let epoch = steps::epoch(&gpt, lesson.as_ref(), &mut schedule, &mut generator)?;
        let Epoch { training: [loss, accuracy], validation: [unseen_loss, unseen_accuracy] } = epoch;
        lines.line([loss, accuracy, unseen_loss, unseen_accuracy]);
        epochs.push(epoch);
    }
    lines.output.print(&format!("trained:\n{}", lesson.sample(&gpt, task.seed)?))?;
    gpt.variables().save(task.out.checkpoint()).map_err(crate::of_candle)?;
    task.out.leave(&pictures::curves(&epochs), "curves")?;
    pictures::attention(&gpt, lesson.as_ref(), &task.out)
}
