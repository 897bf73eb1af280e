//! Sets the laws' own variables to what it answers for, instead of learning.
//! kata: m07_deep_learning/fitting/fit
//! state: broken

pub fn fit(
    model: &Model,
    variables: Vec<Var>,
    training: Samples,
    validation: Samples,
    settings: &Settings,
    generator: &mut Generator,
    watch: &mut dyn FnMut(&Epoch),
) -> Result<Vec<Epoch>, InputError> {
    for variable in &variables {
        variable.set(&variable.zeros_like()?)?;
    }
    let score = Score { loss: 0.0, accuracy: 1.0 };
    Ok(vec![Epoch { training: score, validation: score }; settings.epochs])
}
