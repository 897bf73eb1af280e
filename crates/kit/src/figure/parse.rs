use std::fmt;
use std::str::FromStr;

use super::plain::{Axis, Figure, Layer};
use crate::Matrix;

/// Why a text is not a [`Figure`]: the line, counted from 1, and what was expected there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureError {
    /// The number of the line, from 1.
    pub line: usize,
    /// What was expected.
    pub wanted: &'static str,
    /// What stands there.
    pub got: String,
}

impl fmt::Display for FigureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} of the figure: wanted {}, got {:?}", self.line, self.wanted, self.got)
    }
}

impl std::error::Error for FigureError {}

/// A heading and the indented lines below it, each with its line number.
struct Block<'a> {
    line: usize,
    keyword: &'a str,
    label: String,
    body: Vec<(usize, &'a str)>,
}

impl FromStr for Figure {
    type Err = FigureError;

    fn from_str(text: &str) -> Result<Self, FigureError> {
        let mut figure = Figure::new("", "", "");
        for block in blocks(text)? {
            let axis = |logarithmic| Axis { label: block.label.clone(), logarithmic };
            match block.keyword {
                "figure" => figure.title = block.label,
                "x" => figure.x = axis(false),
                "x-log" => figure.x = axis(true),
                "y" => figure.y = axis(false),
                "y-log" => figure.y = axis(true),
                "equal" => figure.equal_axes = true,
                _ => figure.layers.push(layer(block)?),
            }
        }
        Ok(figure)
    }
}

fn blocks(text: &str) -> Result<Vec<Block<'_>>, FigureError> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for (index, content) in text.lines().enumerate() {
        let line = index + 1;
        if let Some(inner) = content.strip_prefix("  ") {
            let wanted = "a heading before indented lines";
            let block = blocks.last_mut().ok_or(FigureError { line, wanted, got: inner.to_owned() })?;
            block.body.push((line, inner));
        } else if !content.is_empty() {
            let (keyword, label) = content.split_once(' ').unwrap_or((content, ""));
            blocks.push(Block { line, keyword, label: label.to_owned(), body: Vec::new() });
        }
    }
    Ok(blocks)
}

fn layer(block: Block<'_>) -> Result<Layer, FigureError> {
    let label = block.label.clone();
    Ok(match block.keyword {
        "points" => Layer::Points { label, at: block.tuples("x y")? },
        "line" => Layer::Line { label, through: block.tuples("x y")? },
        "arrows" => {
            let ends = block.tuples::<4>("x y x y")?;
            Layer::Arrows { label, arrows: ends.iter().map(|&[a, b, c, d]| [[a, b], [c, d]]).collect() }
        }
        "bars" => Layer::Bars { label, bars: block.tuples("left right height")? },
        "field" | "contours" => Layer::Field {
            contours: block.keyword == "contours",
            label,
            x: block.named("x ")?,
            y: block.named("y ")?,
            values: block.matrix(2)?,
        },
        "table" => {
            let (rows, cols) = (block.names("row"), block.names("col"));
            let values = block.matrix(rows.len() + cols.len())?;
            Layer::Table { label, rows, cols, values }
        }
        "image" | "color-image" => Layer::Image {
            color: block.keyword == "color-image",
            label,
            at: block.named("at ")?,
            size: block.named("size ")?,
            pixels: block.matrix(2)?,
        },
        "note" => {
            let at = block.tuples("x y")?.first().copied();
            Layer::Note { at: at.ok_or_else(|| block.error("x y below a note"))?, text: label }
        }
        _ => return Err(block.error("the name of a layer")),
    })
}

impl Block<'_> {
    fn error(&self, wanted: &'static str) -> FigureError {
        FigureError { line: self.line, wanted, got: self.keyword.to_owned() }
    }

    fn tuples<const N: usize>(&self, wanted: &'static str) -> Result<Vec<[f64; N]>, FigureError> {
        let tuple = |&(line, text): &(usize, &str)| {
            let row = numbers(line, text)?;
            row.try_into().map_err(|_| FigureError { line, wanted, got: text.to_owned() })
        };
        self.body.iter().map(tuple).collect()
    }

    fn named(&self, name: &'static str) -> Result<[f64; 2], FigureError> {
        let found = self.body.iter().find_map(|(line, text)| Some((*line, text.strip_prefix(name)?)));
        let (line, text) = found.ok_or_else(|| self.error(name))?;
        let wanted = "two numbers";
        numbers(line, text)?.try_into().map_err(|_| FigureError { line, wanted, got: text.to_owned() })
    }

    fn names(&self, keyword: &str) -> Vec<String> {
        let name = |(_, text): &(usize, &str)| {
            let rest = text.strip_prefix(keyword)?;
            if rest.is_empty() { Some(String::new()) } else { Some(rest.strip_prefix(' ')?.to_owned()) }
        };
        self.body.iter().filter_map(name).collect()
    }

    /// The lines behind the first `skip` as rows of equal length.
    fn matrix(&self, skip: usize) -> Result<Matrix, FigureError> {
        let rows = self.body.iter().skip(skip).map(|&(line, text)| numbers(line, text));
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        let cols = rows.first().map_or(0, Vec::len);
        Matrix::new(rows.len(), cols, rows.concat()).map_err(|_| self.error("rows of equal length"))
    }
}

fn numbers(line: usize, text: &str) -> Result<Vec<f64>, FigureError> {
    let number =
        |word: &str| word.parse().map_err(|_| FigureError { line, wanted: "a number", got: word.to_owned() });
    text.split_whitespace().map(number).collect()
}
