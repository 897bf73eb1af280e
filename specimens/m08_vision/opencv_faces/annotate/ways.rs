//! Other ways to compute it, right and wrong, for the specimens of `annotate`.

use kit::InputError;
use opencv::core::{Mat, Point, Rect, Scalar, Vec3b};
use opencv::imgproc;
use opencv::prelude::*;

use crate::reference::m08_vision::opencv_faces as reference;
use crate::reference::m08_vision::opencv_faces::Annotation;

/// So near that no sum of its numbers overflows.
pub(super) fn near(place: Rect) -> Rect {
    let least = |k: i32| k.clamp(-1_000_000, 1_000_000);
    Rect::new(least(place.x), least(place.y), least(place.width), least(place.height))
}

pub(super) fn drawn(
    image: &Mat,
    annotations: &[Annotation],
    place: impl Fn(Rect) -> Rect,
    color: Scalar,
    thickness: i32,
    line: i32,
) -> Result<Mat, InputError> {
    reference::annotate(image, annotations)?;
    let mut drawn = image.clone();
    for it in annotations {
        let place = near(place(near(it.place)));
        if place.width > 0 && place.height > 0 {
            imgproc::rectangle(&mut drawn, place, color, thickness, line, 0)?;
        }
        if !it.words.is_empty() {
            let (at, font) = (Point::new(place.x, place.y - 4), imgproc::FONT_HERSHEY_SIMPLEX);
            imgproc::put_text(&mut drawn, &it.words, at, font, 0.5, color, 1, line, false)?;
        }
    }
    Ok(drawn)
}

pub(super) fn other(
    image: &Mat,
    annotations: &[Annotation],
    words: impl Fn(&mut Rect),
    font: Option<(i32, f64)>,
) -> Result<Mat, InputError> {
    reference::annotate(image, annotations)?;
    let mut out = image.clone();
    for it in annotations {
        out = reference::annotate(&out, &[Annotation { words: String::new(), ..it.clone() }])?;
        let mut place = Rect { width: 0, height: 0, ..it.place };
        words(&mut place);
        match font {
            None => out = reference::annotate(&out, &[Annotation { place, words: it.words.clone() }])?,
            Some((font, scale)) => {
                let place = near(place);
                if !it.words.is_empty() {
                    imgproc::put_text(
                        &mut out,
                        &it.words,
                        Point::new(place.x, place.y - 4),
                        font,
                        scale,
                        Scalar::new(0.0, 255.0, 0.0, 0.0),
                        1,
                        imgproc::LINE_8,
                        false,
                    )
                    .map_err(|e| InputError::Library { name: "OpenCV", says: e.to_string() })?;
                }
            }
        }
    }
    Ok(out)
}

pub(super) fn stamped(image: &Mat, annotations: &[Annotation]) -> Result<Mat, InputError> {
    let bare: Vec<_> =
        annotations.iter().map(|it| Annotation { words: String::new(), ..it.clone() }).collect();
    reference::annotate(image, annotations)?;
    let mut out = reference::annotate(image, &bare)?;
    let (rows, cols) = (i64::from(out.rows()), i64::from(out.cols()));
    let green = Vec3b::from([0, 255, 0]);
    for it in annotations {
        let wide = 40 + 24 * it.words.len() as i32;
        let mut sheet = Mat::new_rows_cols_with_default(60, wide, image.typ(), Scalar::all(0.0))?;
        let (font, color) = (imgproc::FONT_HERSHEY_SIMPLEX, Scalar::new(0.0, 255.0, 0.0, 0.0));
        let at = Point::new(20, 40);
        imgproc::put_text(&mut sheet, &it.words, at, font, 0.5, color, 1, imgproc::LINE_8, false)?;
        for (i, j) in (0..60).flat_map(|i| (0..wide).map(move |j| (i, j))) {
            let (row, col) =
                (i64::from(i) - 44 + i64::from(it.place.y), i64::from(j) - 20 + i64::from(it.place.x));
            let inside = (0..rows).contains(&row) && (0..cols).contains(&col);
            if inside && *sheet.at_2d::<Vec3b>(i, j)? == green {
                *out.at_2d_mut(row as i32, col as i32)? = green;
            }
        }
    }
    Ok(out)
}

pub(super) fn pixel_by_pixel(image: &Mat, annotations: &[Annotation]) -> Result<Mat, InputError> {
    let words: Vec<_> = annotations
        .iter()
        .map(|it| Annotation {
            place: Rect { width: it.place.width.min(0), height: it.place.height.min(0), ..it.place },
            words: it.words.clone(),
        })
        .collect();
    let mut out = reference::annotate(image, &words)?;
    for it in annotations.iter().map(|it| it.place) {
        let (x, y) = (i64::from(it.x), i64::from(it.y));
        let (right, bottom) = (x + i64::from(it.width) - 1, y + i64::from(it.height) - 1);
        for i in 0..image.rows() {
            for j in 0..image.cols() {
                let (s, t) = (i64::from(j), i64::from(i));
                if (x..=right).contains(&s)
                    && (y..=bottom).contains(&t)
                    && (s == x || s == right || t == y || t == bottom)
                    && let Ok(p) = out.at_2d_mut::<opencv::core::Vec3b>(i, j)
                {
                    *p = [0, 255, 0].into();
                }
            }
        }
    }
    Ok(out)
}
