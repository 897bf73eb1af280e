use super::font;
use crate::palette::{INK, Rgb};

/// A picture as a list of simple marks, back to front, in units of one CSS pixel from the upper left corner.
#[derive(Debug, Default)]
pub(crate) struct Scene {
    pub title: String,
    pub size: [f64; 2],
    pub marks: Vec<Mark>,
}

#[derive(Debug)]
pub(crate) enum Mark {
    /// A line through points, with round ends and corners.
    Line { points: Vec<[f64; 2]>, width: f64, ink: Rgb },
    /// A filled convex polygon.
    Area { points: Vec<[f64; 2]>, fill: Rgb },
    /// A filled circle.
    Disc { at: [f64; 2], radius: f64, fill: Rgb },
    /// Words in one line.
    Text { words: String, at: [f64; 2], size: f64, anchor: Anchor, upright: bool, ink: Rgb },
    /// Red, green and blue, row after row; sharp where each pixel is to be seen.
    Bitmap { at: [f64; 2], size: [f64; 2], shape: [usize; 2], pixels: Vec<u8>, sharp: bool },
}

/// Which part of the words stands at their place; the foot of the letters is always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// The height of a digit, in units of the font's size: half of it centers words on a line.
pub(crate) const DIGIT: f64 = 0.73;

impl Scene {
    pub(crate) fn line(&mut self, points: Vec<[f64; 2]>, width: f64, ink: Rgb) {
        self.marks.push(Mark::Line { points, width, ink });
    }

    pub(crate) fn area(&mut self, points: Vec<[f64; 2]>, fill: Rgb) {
        self.marks.push(Mark::Area { points, fill });
    }

    pub(crate) fn disc(&mut self, at: [f64; 2], radius: f64, fill: Rgb) {
        self.marks.push(Mark::Disc { at, radius, fill });
    }

    pub(crate) fn rectangle(&mut self, frame: Frame, fill: Rgb) {
        self.area(frame.corners().to_vec(), fill);
    }

    pub(crate) fn outline(&mut self, frame: Frame, width: f64, ink: Rgb) {
        let [a, b, c, d] = frame.corners();
        self.line(vec![a, b, c, d, a], width, ink);
    }

    /// Puts another picture into this one, its upper left corner at a place.
    pub(crate) fn place(&mut self, other: Scene, [left, top]: [f64; 2]) {
        let moved = |[x, y]: [f64; 2]| [x + left, y + top];
        self.marks.extend(other.marks.into_iter().map(|mut mark| {
            match &mut mark {
                Mark::Line { points, .. } | Mark::Area { points, .. } => {
                    points.iter_mut().for_each(|point| *point = moved(*point));
                }
                Mark::Disc { at, .. } | Mark::Text { at, .. } | Mark::Bitmap { at, .. } => *at = moved(*at),
            }
            mark
        }));
    }

    /// Dark words whose feet stand at a place.
    pub(crate) fn words(&mut self, words: &str, at: [f64; 2], size: f64, anchor: Anchor) {
        self.text(words, at, size, anchor, INK);
    }

    pub(crate) fn text(&mut self, words: &str, at: [f64; 2], size: f64, anchor: Anchor, ink: Rgb) {
        if !words.is_empty() {
            self.marks.push(Mark::Text { words: words.to_owned(), at, size, anchor, upright: false, ink });
        }
    }

    /// Words that run upwards around the middle of a place.
    pub(crate) fn upwards(&mut self, words: &str, at: [f64; 2], size: f64, anchor: Anchor) {
        if !words.is_empty() {
            self.marks.push(Mark::Text {
                words: words.to_owned(),
                at,
                size,
                anchor,
                upright: true,
                ink: INK,
            });
        }
    }

    /// Words in the middle of a place, on a patch of paper so that lines do not run through them.
    pub(crate) fn label(&mut self, words: &str, at: [f64; 2], size: f64, paper: Option<Rgb>, ink: Rgb) {
        if let Some(paper) = paper {
            self.rectangle(Frame::around(words, at, size), paper);
        }
        self.text(words, [at[0], at[1] + size * DIGIT / 2.0], size, Anchor::Middle, ink);
    }
}

/// An upright rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Frame {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Frame {
    /// What words cover around their middle.
    pub(crate) fn around(words: &str, [x, y]: [f64; 2], size: f64) -> Self {
        let width = font::width(words, size) + 6.0;
        Self { left: x - width / 2.0, top: y - 0.65 * size, width, height: 1.3 * size }
    }

    pub(crate) fn right(&self) -> f64 {
        self.left + self.width
    }

    pub(crate) fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// The point at a place from 0 to 1 across and up.
    pub(crate) fn at(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [self.left + x * self.width, self.top + (1.0 - y) * self.height]
    }

    pub(crate) fn holds(&self, [x, y]: [f64; 2]) -> bool {
        (self.left..=self.right()).contains(&x) && (self.top..=self.bottom()).contains(&y)
    }

    pub(crate) fn meets(&self, other: &Frame) -> bool {
        self.left < other.right()
            && other.left < self.right()
            && self.top < other.bottom()
            && other.top < self.bottom()
    }

    /// The part that two have in common.
    pub(crate) fn shared_with(&self, other: &Frame) -> Option<Frame> {
        let (left, top) = (self.left.max(other.left), self.top.max(other.top));
        let (right, bottom) = (self.right().min(other.right()), self.bottom().min(other.bottom()));
        (left < right && top < bottom).then_some(Frame {
            left,
            top,
            width: right - left,
            height: bottom - top,
        })
    }

    pub(crate) fn grown_by(&self, margin: f64) -> Frame {
        Frame {
            left: self.left - margin,
            top: self.top - margin,
            width: self.width + 2.0 * margin,
            height: self.height + 2.0 * margin,
        }
    }

    fn corners(&self) -> [[f64; 2]; 4] {
        let (right, bottom) = (self.right(), self.bottom());
        [[self.left, self.top], [right, self.top], [right, bottom], [self.left, bottom]]
    }
}
