//! The images that a figure of an adversarial example shows.

use judge::{Broken, equal};
use kit::figure::Layer;
use kit::{Figure, Matrix};

/// One image of the figure: its label, corner, size and pixels.
pub type Picture<'a> = (&'a str, [f64; 2], [f64; 2], &'a Matrix);

/// The three images of the figure, in their order.
pub fn pictures(figure: &Figure) -> Result<[Picture<'_>; 3], Broken> {
    let look = "Three gray images: the image, the perturbation, the attacked image.";
    equal("the number of layers", figure.layers.len(), 3, look)?;
    let picture = |k: usize| match &figure.layers[k] {
        Layer::Image { label, at, size, pixels, color: false } => Ok((label.as_str(), *at, *size, pixels)),
        other => Err(Broken::answer(format!("layer {k} is {other:?}"), "a gray image", look)),
    };
    Ok([picture(0)?, picture(1)?, picture(2)?])
}
