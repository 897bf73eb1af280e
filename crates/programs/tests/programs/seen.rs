//! The katas of milestone 8 on a picture.

use std::fs;

use image::ImageReader;

use crate::called::{folder, program, repository, said};

const STEPS: [&str; 7] = ["0-picture", "1-gray", "2-blur", "3-sobel", "4-canny", "5-lines", "6-corners"];

#[test]
fn each_step_leaves_its_picture() {
    let out = folder("vision");
    let house = repository().join("crates/programs/tests/pictures/house.png");
    let said = said(program("vision").expect("it is built").arg(&house).arg("--out").arg(&out));
    assert_eq!(said.code, Some(0), "{said:?}");
    let size_of = |name: &str| {
        let path = out.join(format!("{name}.png"));
        ImageReader::open(path).expect("a file").into_dimensions().expect("a picture")
    };
    for name in STEPS {
        assert_eq!(size_of(name), (96, 72), "{name}");
        assert!(said.out.contains(name), "{said:?}");
    }
    let (width, height) = size_of("sheet");
    assert!(width > 300 && height > 300, "{width} × {height}");
    // The walls are straight: the edges are white, and some lines are drawn.
    let canny = image::open(out.join("4-canny.png")).expect("a picture").to_luma8();
    assert!(canny.pixels().filter(|pixel| pixel[0] == 255).count() > 100);
    let lines = image::open(out.join("5-lines.png")).expect("a picture").to_rgb8();
    assert!(lines.pixels().filter(|pixel| pixel.0 == [230, 60, 30]).count() > 50);
}

#[test]
fn what_is_no_picture_is_named() {
    let place = folder("vision-wrong");
    let text = place.join("notes.png");
    fs::write(&text, "no picture").expect("a file");
    for (file, words) in [(text, "is no picture"), (place.join("nothing.png"), "cannot read")] {
        let said =
            said(program("vision").expect("it is built").arg(&file).arg("--out").arg(place.join("out")));
        assert_eq!(said.code, Some(3), "{said:?}");
        assert!(said.err.contains(words) && said.err.contains(".png"), "{said:?}");
    }
}
