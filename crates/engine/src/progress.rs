/// Who wants to know how far a long piece of work is: a line on the terminal, or no one.
pub trait Progress {
    /// What is done now.
    fn say(&mut self, what: &str);
    /// Some time has passed; called about ten times a second.
    fn tick(&mut self);
    /// The terminal is needed for something else.
    fn clear(&mut self);
}

/// No one wants to know.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn say(&mut self, _what: &str) {}

    fn tick(&mut self) {}

    fn clear(&mut self) {}
}
