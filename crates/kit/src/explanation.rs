use std::fmt;

/// A calculation explained step by step: each step has a name, its formula, the numbers put in, and what comes out.
///
/// ```
/// # use kit::{Explanation, Step};
/// let mean = Explanation {
///     title: "The mean of two numbers".to_owned(),
///     steps: vec![Step {
///         name: "mean".to_owned(),
///         formula: "(a + b) / 2".to_owned(),
///         numbers: "(1 + 4) / 2".to_owned(),
///         result: vec![2.5],
///     }],
/// };
/// assert_eq!(mean.to_string(), "The mean of two numbers\nmean  (a + b) / 2  =  (1 + 4) / 2  =  2.5000\n");
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Explanation {
    /// What is calculated.
    pub title: String,
    /// In the order in which they are done.
    pub steps: Vec<Step>,
}

/// One line of an [`Explanation`].
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The symbol or the word for what comes out.
    pub name: String,
    /// How it is calculated, in symbols.
    pub formula: String,
    /// The same with the numbers put in.
    pub numbers: String,
    /// What comes out; several numbers for a vector.
    pub result: Vec<f64>,
}

impl Step {
    /// A step from its parts.
    ///
    /// ```
    /// # use kit::Step;
    /// let step = Step::new("mean", "(a + b) / 2", "(1 + 4) / 2", &[2.5]);
    /// assert_eq!((step.name.as_str(), step.result), ("mean", vec![2.5]));
    /// ```
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        formula: impl Into<String>,
        numbers: impl Into<String>,
        result: &[f64],
    ) -> Self {
        Self { name: name.into(), formula: formula.into(), numbers: numbers.into(), result: result.to_vec() }
    }
}

impl Explanation {
    /// The result of the step with this name, if there is one.
    #[must_use]
    pub fn result(&self, name: &str) -> Option<&[f64]> {
        let step = self.steps.iter().find(|step| step.name == name)?;
        Some(&step.result)
    }
}

/// As a person reads it: four decimals, columns aligned, −0 printed as 0.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        let widest =
            |of: fn(&Step) -> &str| self.steps.iter().map(|s| of(s).chars().count()).max().unwrap_or(0);
        let (name, formula, numbers) = (widest(|s| &s.name), widest(|s| &s.formula), widest(|s| &s.numbers));
        for step in &self.steps {
            let result: Vec<_> = step.result.iter().map(|&x| four_decimals(x)).collect();
            let result = match result.as_slice() {
                [one] => one.clone(),
                many => format!("[{}]", many.join(", ")),
            };
            writeln!(
                f,
                "{:name$}  {:formula$}  =  {:numbers$}  =  {result}",
                step.name, step.formula, step.numbers
            )?;
        }
        Ok(())
    }
}

/// A number as explanations print it: four decimals, and −0 as 0.
///
/// ```
/// # use kit::four_decimals;
/// assert_eq!((four_decimals(2.0 / 3.0), four_decimals(-1e-9)), ("0.6667".to_owned(), "0.0000".to_owned()));
/// ```
#[must_use]
pub fn four_decimals(x: f64) -> String {
    let text = format!("{x:.4}");
    if text == "-0.0000" { "0.0000".to_owned() } else { text }
}
