use candle_core::{Device, Tensor};
use kit::data;
use kit::data::mnist::{Images, Part, Set};
use programs::ProgramError;

use crate::of_candle;

/// Images with their labels, some to learn from and some to be judged by.
pub struct ImageSplit {
    /// Rows and columns of an image.
    pub side: usize,
    /// Pixels from 0 to 1, one image a row, with their classes.
    pub training: (Tensor, Vec<usize>),
    /// As `training`.
    pub validation: (Tensor, Vec<usize>),
}

impl ImageSplit {
    /// The data of this name: `digits`, `mnist` or `fashion-mnist`.
    pub fn load(name: &str) -> Result<Self, ProgramError> {
        match name {
            "digits" => digits(),
            "mnist" => large(Set::Mnist),
            "fashion-mnist" => large(Set::FashionMnist),
            other => Err(ProgramError::Usage(format!("there is no data set {other}"))),
        }
    }
}

/// Every fifth of the embedded digits for validation.
fn digits() -> Result<ImageSplit, ProgramError> {
    let all = data::digits();
    let part = |fifth: bool| -> Result<(Tensor, Vec<usize>), ProgramError> {
        let rows: Vec<usize> = (0..all.labels.len()).filter(|i| i.is_multiple_of(5) == fifth).collect();
        let pixels: Vec<f32> =
            rows.iter().flat_map(|&i| all.features.row(i)).map(|x| (x / 16.0) as f32).collect();
        let labels: Vec<usize> = rows.iter().map(|&i| all.labels[i]).collect();
        let pixels = Tensor::from_vec(pixels, (rows.len(), 64), &Device::Cpu).map_err(of_candle)?;
        Ok((pixels, labels))
    };
    Ok(ImageSplit { side: 8, training: part(false)?, validation: part(true)? })
}

fn large(set: Set) -> Result<ImageSplit, ProgramError> {
    let part = |part| -> Result<(Tensor, Vec<usize>), ProgramError> {
        let images = Images::load(set, part).map_err(|error| ProgramError::Environment(error.to_string()))?;
        let pixels: Vec<f32> = images.pixels.iter().map(|&pixel| f32::from(pixel) / 255.0).collect();
        let labels = images.labels.iter().map(|&label| usize::from(label)).collect();
        let shape = (images.len(), images.rows * images.cols);
        Ok((Tensor::from_vec(pixels, shape, &Device::Cpu).map_err(of_candle)?, labels))
    };
    Ok(ImageSplit { side: 28, training: part(Part::Training)?, validation: part(Part::Test)? })
}
