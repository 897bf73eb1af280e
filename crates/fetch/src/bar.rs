use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How far a file is, on one line of standard error; nothing where that is no terminal.
pub(crate) struct Bar(ProgressBar);

const KNOWN: &str = "{msg:24} {bar:30.cyan} {decimal_bytes} of {decimal_total_bytes}";
const UNKNOWN: &str = "{msg:24} {spinner} {decimal_bytes}";

impl Bar {
    pub(crate) fn new() -> Self {
        Self(ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()))
    }

    pub(crate) fn show(&mut self, name: &str, have: u64, all: Option<u64>) {
        if self.0.message() != name {
            let style = ProgressStyle::with_template(if all.is_some() { KNOWN } else { UNKNOWN });
            self.0.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            self.0.set_message(name.to_owned());
        }
        all.into_iter().for_each(|all| self.0.set_length(all));
        self.0.set_position(have);
    }

    pub(crate) fn clear(&mut self) {
        self.0.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lines_are_templates() {
        assert!([KNOWN, UNKNOWN].into_iter().all(|line| ProgressStyle::with_template(line).is_ok()));
    }
}
