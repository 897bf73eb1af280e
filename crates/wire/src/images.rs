//! Images of OpenCV, and the boxes in them.

use opencv::core::{Mat, MatTrait, MatTraitConst, MatTraitConstManual, MatTraitManual, Rect};

use crate::value::{Decode, Encode, Malformed, Reader};

/// No learner's image is longer on one side.
const LARGEST_SIDE: i32 = 1 << 16;

/// Rows, columns, type, whether its rows lie one after the other, and its bytes.
impl Encode for Mat {
    fn encode(&self, out: &mut Vec<u8>) {
        (self.rows(), self.cols(), self.typ(), self.is_continuous()).encode(out);
        let whole = self.try_clone().unwrap_or_default();
        let bytes = whole.data_bytes().unwrap_or_default();
        bytes.len().encode(out);
        out.extend_from_slice(bytes);
    }
}

impl Decode for Mat {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let (rows, cols, kind, is_continuous) = <(i32, i32, i32, bool)>::decode(from)?;
        let length = from.count()?;
        let bytes = from.bytes(length)?;
        if ![rows, cols].iter().all(|side| (0..=LARGEST_SIDE).contains(side)) || !(0..1 << 12).contains(&kind)
        {
            return Err(Malformed);
        }
        if (rows, cols, kind, is_continuous) == (0, 0, 0, false) && bytes.is_empty() {
            return Ok(Self::default());
        }
        if rows == 0 || cols == 0 {
            return image(rows, cols, kind).ok().filter(|_| bytes.is_empty()).ok_or(Malformed);
        }
        let entries = i64::from(rows) * i64::from(cols);
        let wide = bytes.len() as i64 % entries != 0 || bytes.len() as i64 / entries > 4096;
        // Its size follows from what was sent: a type alone reserves nothing.
        let unit = if wide { Err(Malformed) } else { image(1, 1, kind).map_err(|_| Malformed) }?;
        if unit.elem_size().map_err(|_| Malformed)? as i64 != bytes.len() as i64 / entries {
            return Err(Malformed);
        }
        let mut whole = image(rows, cols, kind).map_err(|_| Malformed)?;
        whole.data_bytes_mut().map_err(|_| Malformed)?.copy_from_slice(bytes);
        if is_continuous {
            return Ok(whole);
        }
        part(&whole).map_err(|_| Malformed)
    }
}

fn image(rows: i32, cols: i32, kind: i32) -> opencv::Result<Mat> {
    Mat::new_rows_cols_with_default(rows, cols, kind, opencv::core::Scalar::default())
}

/// The same image as a part of a wider one.
fn part(whole: &Mat) -> opencv::Result<Mat> {
    let (rows, cols) = (whole.rows(), whole.cols());
    let mut wide = image(rows, cols + 1, whole.typ())?;
    drop(wide.adjust_roi(0, 0, 0, -1)?);
    // It has the right size now, so that it is written to and not made anew.
    whole.copy_to(&mut wide)?;
    Ok(wide)
}

impl Encode for Rect {
    fn encode(&self, out: &mut Vec<u8>) {
        [self.x, self.y, self.width, self.height].encode(out);
    }
}

impl Decode for Rect {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let [x, y, width, height] = from.decode()?;
        Ok(Self { x, y, width, height })
    }
}

#[cfg(test)]
mod tests {
    use opencv::core::CV_8UC3;

    use super::*;

    #[test]
    fn an_image_crosses_also_as_a_part_of_another_one() {
        let mut whole = image(2, 3, CV_8UC3).unwrap();
        let bytes: Vec<u8> = (0..18).collect();
        whole.data_bytes_mut().unwrap().copy_from_slice(&bytes);
        for image in [part(&whole).unwrap(), whole, Mat::default()] {
            let mut out = Vec::new();
            image.encode(&mut out);
            let mut from = Reader::new(&out);
            let there: Mat = from.decode().unwrap();
            assert_eq!(from.end(), Ok(()));
            let shape = |it: &Mat| (it.rows(), it.cols(), it.typ(), it.is_continuous());
            assert_eq!(shape(&there), shape(&image));
            // An image without pixels has none to give.
            let bytes =
                |it: &Mat| it.try_clone().unwrap().data_bytes().map(<[u8]>::to_vec).unwrap_or_default();
            assert_eq!(bytes(&there), bytes(&image));
        }
    }

    #[test]
    fn what_is_no_image_is_rejected() {
        for (kind, bytes) in [(CV_8UC3, 17), (CV_8UC3, 0), (4095, 18), (-1, 18)] {
            let mut out = Vec::new();
            (2_i32, 3_i32, kind, true, vec![0_u8; bytes]).encode(&mut out);
            assert!(Reader::new(&out).decode::<Mat>().is_err(), "{kind} {bytes}");
        }
    }
}
