use super::ascii;
use super::screen::{Color, Screen};
use crate::palette::{INK, Rgb};

/// A rectangle of characters, each 2 dots wide and 4 dots high.
pub(crate) struct Canvas {
    pub cols: usize,
    pub rows: usize,
    /// How many dots of a line are drawn and then left out, in turn; nothing is left out where there is none.
    pub dashes: Option<[usize; 2]>,
    cells: Vec<Cell>,
}

#[derive(Clone, Default)]
struct Cell {
    /// A character; where there is none, the dots.
    glyph: Option<char>,
    /// Bit k is dot k of the braille alphabet.
    dots: u8,
    /// Whether the character is a sign or a letter, which later lines do not cross out.
    firm: bool,
    /// The terminal's own color where there is none.
    ink: Option<Rgb>,
    paper: Option<Rgb>,
}

/// The bit of each dot, by row and column.
pub(crate) const BRAILLE: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

impl Canvas {
    pub(crate) fn new(cols: usize, rows: usize) -> Self {
        Self { cols, rows, dashes: None, cells: vec![Cell::default(); cols * rows] }
    }

    /// The cell at a place from 0 to 1 across and up.
    pub(crate) fn cell(&self, [x, y]: [f64; 2]) -> (i64, i64) {
        let place = |t: f64, n: usize| {
            ((t * n as f64).floor() as i64).clamp(-1000, 1000).min(n as i64 - i64::from(t <= 1.0))
        };
        (place(x, self.cols), self.rows as i64 - 1 - place(y, self.rows))
    }

    /// Writes a character over what is there.
    pub(crate) fn put(&mut self, col: i64, row: i64, glyph: char, ink: Option<Rgb>) {
        let Some(cell) = self.at(col, row) else { return };
        if cell.glyph == Some('▀') {
            // Two half cells of color become one behind the character.
            cell.paper = cell.ink.zip(cell.paper).map(|(top, bottom)| top.mix(bottom, 0.5));
        }
        (cell.glyph, cell.dots, cell.ink, cell.firm) = (Some(glyph), 0, ink, true);
    }

    /// Fills a cell with a character of some density.
    pub(crate) fn shade(&mut self, col: i64, row: i64, glyph: char) {
        if let Some(cell) = self.at(col, row) {
            *cell = Cell { glyph: Some(glyph), ..Cell::default() };
        }
    }

    /// Writes words around their middle, within the canvas if they fit.
    pub(crate) fn write(&mut self, col: i64, row: i64, words: &str) {
        let length = words.chars().count() as i64;
        let first = (col - length / 2).min(self.cols as i64 - length).max(0);
        words.chars().zip(first..).for_each(|(glyph, col)| self.put(col, row, glyph, None));
    }

    /// Colors the upper and the lower half of a cell.
    pub(crate) fn halves(&mut self, col: i64, row: i64, [top, bottom]: [Rgb; 2]) {
        if let Some(cell) = self.at(col, row) {
            *cell = Cell { glyph: Some('▀'), ink: Some(top), paper: Some(bottom), ..Cell::default() };
        }
    }

    /// Fills a cell from below, in eighths.
    pub(crate) fn fill(&mut self, col: i64, row: i64, eighths: usize, block: char, ink: Rgb) {
        const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
        let glyph = if block == '█' { BLOCKS[eighths.min(8)] } else { block };
        if let Some(cell) = self.at(col, row).filter(|_| eighths > 0) {
            *cell = Cell { glyph: Some(glyph), ink: Some(ink), paper: cell.paper, ..Cell::default() };
        }
    }

    /// A straight line between two places from 0 to 1.
    pub(crate) fn line(&mut self, from: [f64; 2], to: [f64; 2], ink: Option<Rgb>) {
        self.path(&[from, to], ink);
    }

    /// Straight lines from place to place.
    pub(crate) fn path(&mut self, places: &[[f64; 2]], ink: Option<Rgb>) {
        let mut drawn = 0;
        for ends in places.windows(2) {
            drawn = self.piece(ends[0], ends[1], drawn, ink);
        }
    }

    /// One piece of a path, given how many dots came before it; returns how many there are behind it.
    fn piece(&mut self, from: [f64; 2], to: [f64; 2], before: usize, ink: Option<Rgb>) -> usize {
        let (a, b) = (self.dot_at(from), self.dot_at(to));
        let steps = (b.0 - a.0).abs().max((b.1 - a.1).abs()).ceil().max(1.0);
        for k in 0..=steps as usize {
            let t = k as f64 / steps;
            if self.dashes.is_some_and(|[on, off]| (before + k) % (on + off) >= on) {
                continue;
            }
            self.dot((a.0 + (b.0 - a.0) * t).round() as i64, (a.1 + (b.1 - a.1) * t).round() as i64, ink);
        }
        before + steps as usize
    }

    /// One dot at a place from 0 to 1.
    pub(crate) fn point(&mut self, at: [f64; 2], ink: Option<Rgb>) {
        let (x, y) = self.dot_at(at);
        self.dot(x.round() as i64, y.round() as i64, ink);
    }

    fn dot_at(&self, [x, y]: [f64; 2]) -> (f64, f64) {
        let reach = |n: usize| (n - 1) as f64;
        (x.clamp(-2.0, 3.0) * reach(2 * self.cols), (1.0 - y.clamp(-2.0, 3.0)) * reach(4 * self.rows))
    }

    fn dot(&mut self, x: i64, y: i64, ink: Option<Rgb>) {
        let cell = self.at(x.div_euclid(2), y.div_euclid(4)).filter(|cell| !cell.firm);
        let Some(cell) = cell else { return };
        if let Some(glyph) = cell.glyph.take() {
            // A line before a bar or a field: what was ink becomes the paper it stands on.
            cell.paper = match glyph {
                '▀' => cell.ink.zip(cell.paper).map(|(top, bottom)| top.mix(bottom, 0.5)),
                '█' | '▅' | '▆' | '▇' => cell.ink,
                _ => cell.paper,
            };
            cell.dots = 0;
        }
        cell.dots |= BRAILLE[y.rem_euclid(4) as usize][x.rem_euclid(2) as usize];
        cell.ink = ink;
    }

    fn at(&mut self, col: i64, row: i64) -> Option<&mut Cell> {
        let (col, row) = (usize::try_from(col).ok()?, usize::try_from(row).ok()?);
        if col < self.cols { self.cells.get_mut(row * self.cols + col) } else { None }
    }

    /// One row as text, with its colors.
    pub(crate) fn row(&self, row: usize, screen: &Screen) -> String {
        let mut text = String::new();
        let mut last = (None, None);
        for cell in &self.cells[row * self.cols..(row + 1) * self.cols] {
            let glyph = match cell.glyph {
                Some(glyph) => glyph,
                None if cell.dots == 0 => ' ',
                None if screen.unicode => char::from_u32(0x2800 + u32::from(cell.dots)).unwrap_or(' '),
                None => ascii::stroke(cell.dots),
            };
            let ink = cell.ink.or(cell.paper.map(|_| INK));
            if screen.color != Color::None && (ink, cell.paper) != last {
                text += &paint(ink, cell.paper, screen.color);
                last = (ink, cell.paper);
            }
            text.push(glyph);
        }
        if last == (None, None) {
            text.trim_end().to_owned()
        } else {
            format!("{}\x1b[0m", text.trim_end_matches(' '))
        }
    }
}

/// The sequence that sets both colors.
pub(crate) fn paint(ink: Option<Rgb>, paper: Option<Rgb>, color: Color) -> String {
    let code = |place: u8, rgb: Rgb| match color {
        Color::None => String::new(),
        Color::Full => format!(";{place};2;{};{};{}", rgb.0, rgb.1, rgb.2),
        Color::Indexed => format!(";{place};5;{}", nearest(rgb)),
    };
    let (ink, paper) = (ink.map(|rgb| code(38, rgb)), paper.map(|rgb| code(48, rgb)));
    format!("\x1b[0{}{}m", ink.unwrap_or_default(), paper.unwrap_or_default())
}

/// The number of the nearest of xterm's 216 colors and 24 grays.
fn nearest(rgb: Rgb) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let step = |x: u8| (0..6u8).min_by_key(|&k| STEPS[usize::from(k)].abs_diff(x)).unwrap_or(0);
    let (r, g, b) = (step(rgb.0), step(rgb.1), step(rgb.2));
    let cube = Rgb(STEPS[usize::from(r)], STEPS[usize::from(g)], STEPS[usize::from(b)]);
    let mean = (u16::from(rgb.0) + u16::from(rgb.1) + u16::from(rgb.2)) / 3;
    let k = u8::try_from((mean.saturating_sub(3) / 10).min(23)).unwrap_or(23);
    let gray = Rgb(8 + 10 * k, 8 + 10 * k, 8 + 10 * k);
    let far = |c: Rgb| {
        [(c.0, rgb.0), (c.1, rgb.1), (c.2, rgb.2)]
            .iter()
            .map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2))
            .sum::<u32>()
    };
    if far(gray) < far(cube) { 232 + k } else { 16 + 36 * r + 6 * g + b }
}
