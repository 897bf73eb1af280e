use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Style;

/// What is going on, on one line of standard error, once it takes longer than a second. The line is gone afterwards, and
/// there is none where standard error is no terminal.
pub struct Progress {
    began: Instant,
    /// Of what the work at hand is a part.
    stage: String,
    what: String,
    bar: Option<ProgressBar>,
    color: bool,
    is_hidden: bool,
}

impl Progress {
    /// Nothing is drawn yet.
    #[must_use]
    pub fn new(style: Style) -> Self {
        let mut shown = Self::hidden();
        (shown.color, shown.is_hidden) = (style.color, false);
        shown
    }

    /// Nothing is ever drawn: of what is done at the same time one line shows one.
    #[must_use]
    pub fn hidden() -> Self {
        Self {
            began: Instant::now(),
            stage: String::new(),
            what: String::new(),
            bar: None,
            color: false,
            is_hidden: true,
        }
    }

    /// Of what the work at hand is a part; stands before it.
    pub fn stage(&mut self, stage: &str) {
        stage.clone_into(&mut self.stage);
        self.what.clear();
    }

    fn message(&self) -> String {
        let parts: Vec<&str> =
            [&self.stage, &self.what].into_iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
        parts.join(" · ")
    }

    fn draw(&self) -> ProgressBar {
        let spinner = if self.color { "{spinner:.cyan}" } else { "{spinner}" };
        let style = ProgressStyle::with_template(&format!("{spinner} {{wide_msg}} {{elapsed}}"));
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
            .with_message(self.message())
            .with_elapsed(self.began.elapsed())
    }
}

impl engine::Progress for Progress {
    fn say(&mut self, what: &str) {
        what.clone_into(&mut self.what);
        if let Some(bar) = &self.bar {
            bar.set_message(self.message());
        }
    }

    fn tick(&mut self) {
        if self.bar.is_none() && !self.is_hidden && self.began.elapsed() > Duration::from_secs(1) {
            self.bar = Some(self.draw());
        }
        if let Some(bar) = &self.bar {
            bar.tick();
        }
    }

    fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        self.began = Instant::now();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        engine::Progress::clear(self);
    }
}
