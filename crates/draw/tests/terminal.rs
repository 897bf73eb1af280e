//! What stands in the terminal: whole drawings, and what holds for every one.

use std::fs;
use std::path::Path;

use draw::terminal::{Color, Screen, draw};
use insta::assert_snapshot;
use kit::Figure;

fn figure(name: &str) -> Figure {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/figures").join(format!("{name}.figure"));
    fs::read_to_string(path).expect("the figure is there").parse().expect("it is a figure")
}

fn all() -> Vec<(String, Figure)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/figures");
    let names = fs::read_dir(folder).expect("the folder is there").flatten().map(|entry| entry.path());
    let mut names: Vec<_> =
        names.filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), figure(&name))).collect()
}

fn drawn(name: &str, width: usize) -> String {
    draw(&figure(name), &Screen::plain(width))
}

#[test]
fn bars_and_a_line() {
    assert_snapshot!("histogram", drawn("histogram", 60));
    assert_snapshot!("bars_negative", drawn("bars_negative", 40));
}

#[test]
fn contours_points_and_a_note() {
    assert_snapshot!("descent", drawn("descent", 60));
}

#[test]
fn a_table_with_its_numbers() {
    assert_snapshot!("confusion", drawn("confusion", 60));
    assert_snapshot!("correlations_in_little_room", drawn("correlations", 36));
}

#[test]
fn a_field_with_points() {
    assert_snapshot!("boundary", drawn("boundary", 60));
}

#[test]
fn lines_on_logarithmic_axes() {
    assert_snapshot!("curves_log", drawn("curves_log", 50));
    assert_snapshot!("errors", drawn("errors", 50));
}

#[test]
fn arrows_on_equal_axes() {
    assert_snapshot!("transform", drawn("transform", 50));
}

#[test]
fn a_sheet_of_images() {
    assert_snapshot!("feature_maps", drawn("feature_maps", 60));
}

#[test]
fn what_has_no_place_is_left_out_and_counted() {
    assert_snapshot!("hostile", drawn("hostile", 48));
    assert_snapshot!("empty", drawn("empty", 40));
    assert_snapshot!("one_point", drawn("one_point", 30));
}

#[test]
fn where_only_ascii_arrives() {
    let ascii = Screen { width: 50, color: Color::None, unicode: false };
    assert_snapshot!("transform_in_ascii", draw(&figure("transform"), &ascii));
    for (name, figure) in all() {
        assert!(draw(&figure, &ascii).is_ascii(), "{name}");
    }
}

#[test]
fn no_line_is_wider_than_the_screen() {
    for (name, figure) in all() {
        for width in [24, 40, 80, 133] {
            for line in draw(&figure, &Screen::plain(width)).lines() {
                assert!(line.chars().count() <= width, "{name} at {width}: {line:?}");
            }
        }
    }
}

#[test]
fn colors_end_with_the_line_and_do_not_change_what_is_drawn() {
    for (name, figure) in all() {
        for color in [Color::Indexed, Color::Full] {
            let text = draw(&figure, &Screen { width: 60, color, unicode: true });
            for line in text.lines() {
                let last = line.rfind('\x1b').map(|at| &line[at..]);
                assert!(last.is_none_or(|code| code.starts_with("\x1b[0m")), "{name}: {line:?}");
            }
        }
        assert!(!draw(&figure, &Screen::plain(60)).contains('\x1b'), "{name}");
    }
}

#[test]
fn a_class_and_its_points_have_one_color() {
    let text = draw(&figure("classes"), &Screen { width: 60, color: Color::Full, unicode: true });
    assert!(text.contains("48;2;173;210;230"), "the region of class 0 is the pale blue of its points");
    assert!(text.contains("38;2;51;142;193"), "the points of class 0 are blue");
}
