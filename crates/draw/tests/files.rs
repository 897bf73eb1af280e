//! What stands in the files.
#![cfg(feature = "files")]

use std::fs;
use std::path::Path;

use kit::Figure;
use kit::figure::Layer;

fn figures() -> Vec<(String, Figure)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/figures");
    let paths = fs::read_dir(folder).expect("the folder is there").flatten().map(|entry| entry.path());
    let read = |path: std::path::PathBuf| {
        let text = fs::read_to_string(&path).expect("a text");
        (path.display().to_string(), text.parse().expect("a figure"))
    };
    paths.map(read).collect()
}

fn named(name: &str) -> Figure {
    let ending = format!("/{name}.figure");
    figures().into_iter().find(|(path, _)| path.ends_with(&ending)).expect("the figure is there").1
}

fn count(text: &str, part: &str) -> usize {
    text.matches(part).count()
}

#[test]
fn every_figure_becomes_a_whole_document() {
    for (name, figure) in figures() {
        let svg = draw::svg(&figure).expect("a document");
        assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n"), "{name}");
        for tag in ["svg", "text", "title"] {
            assert_eq!(count(&svg, &format!("<{tag}")), count(&svg, &format!("</{tag}>")), "{name}: {tag}");
        }
        assert!(!svg.contains("NaN\"") && !svg.contains("inf\""), "{name}: a place is not a number");
    }
}

#[test]
fn text_stays_text() {
    let svg = draw::svg(&named("descent")).expect("a document");
    assert!(svg.contains("<title>Gradient descent on f(x, y) = x² + 6y², η = 0.15</title>"));
    for words in ["start", "path", "\n20\n", "\n−4\n"] {
        assert!(svg.contains(words), "{words:?} is missing");
    }
    let label = Layer::Note { at: [0.0, 0.0], text: "a < b & \"c\"".to_owned() };
    let svg = draw::svg(&Figure::new("<script>", "x", "y").with(label)).expect("a document");
    assert!(svg.contains("<title>&lt;script&gt;</title>") && svg.contains("a &lt; b &amp; &quot;c&quot;"));
}

#[test]
fn every_mark_is_there() {
    let count_in = |name: &str, tag: &str| count(&draw::svg(&named(name)).expect("a document"), tag);
    // 35 points with a rim each, and the one in the legend.
    assert_eq!(count_in("boundary", "<circle"), 2 * 36);
    // Two samples, two lines; their corners are not drawn one by one.
    assert_eq!(count_in("curves", "stroke=\"#0072B2\""), 2);
    assert_eq!(count_in("curves", "stroke=\"#D55E00\""), 2);
    assert_eq!(count_in("feature_maps", "image-rendering:pixelated"), 8);
    // A hundred cells and the sheet's white.
    assert_eq!(count_in("confusion", "<polygon"), 100);
}

#[test]
fn a_png_has_two_pixels_a_unit_and_is_the_same_twice() {
    for name in ["feature_maps", "empty"] {
        let figure = named(name);
        let file = draw::png(&figure).expect("a picture");
        let svg = draw::svg(&figure).expect("a document");
        let reader = png::Decoder::new(std::io::Cursor::new(&file)).read_info().expect("a PNG");
        let info = reader.info();
        let size = format!("width=\"{}\" height=\"{}\"", info.width / 2, info.height / 2);
        assert!(svg.contains(&size), "{name}: {size}");
        assert_eq!(file, draw::png(&figure).expect("a picture"), "{name}");
        assert_eq!(svg, draw::svg(&figure).expect("a document"), "{name}");
    }
}

#[test]
fn an_image_is_not_blurred() {
    let pixels = kit::Matrix::from_rows([[0.0, 1.0], [1.0, 0.0]]);
    let image = Layer::Image { label: String::new(), at: [0.0, 0.0], size: [2.0, 2.0], pixels, color: false };
    let file = draw::png(&Figure::new("", "", "").with(image)).expect("a picture");
    let mut reader = png::Decoder::new(std::io::Cursor::new(&file)).read_info().expect("a PNG");
    let mut bytes = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut bytes).expect("pixels");
    let gray = bytes.chunks(3).filter(|rgb| rgb[0] == rgb[1] && (20..235).contains(&rgb[0])).count();
    // Only the frame's edge is neither black nor white.
    assert!(gray < 6 * (info.width + info.height) as usize, "{gray} gray pixels");
}

#[test]
fn numbers_at_the_ends_of_their_range_stop_nothing() {
    let ends = [f64::MAX, -f64::MAX, f64::MIN_POSITIVE, 0.0, f64::NAN, f64::INFINITY, -f64::INFINITY];
    let at: Vec<_> = ends.iter().flat_map(|a| ends.map(|b| [*a, b])).collect();
    let values = kit::Matrix::from_fn(7, 7, |i, j| if i == j { ends[i] } else { ends[(i + j) % 7] });
    for logarithmic in [false, true] {
        for equal in [false, true] {
            let mut figure = Figure::new("The ends", "x", "y")
                .with(Layer::Field {
                    label: "f".into(),
                    x: [ends[1], ends[0]],
                    y: [1.0, 1.0],
                    values: values.clone(),
                    contours: equal,
                })
                .with(Layer::Bars { label: "b".into(), bars: at.iter().map(|[a, b]| [*a, *b, *a]).collect() })
                .with(Layer::Points { label: "p".into(), at: at.clone() })
                .with(Layer::Line { label: "l".into(), through: at.clone() })
                .with(Layer::Arrows {
                    label: "a".into(),
                    arrows: at.windows(2).map(|w| [w[0], w[1]]).collect(),
                })
                .with(Layer::Image {
                    label: "i".into(),
                    at: [0.0, 0.0],
                    size: [f64::MAX, -1.0],
                    pixels: values.clone(),
                    color: true,
                })
                .with(Layer::Table {
                    label: "t".into(),
                    rows: vec!["one".into()],
                    cols: vec![],
                    values: values.clone(),
                })
                .with(Layer::Note { at: [1e308, -1e308], text: "here".into() });
            (figure.x.logarithmic, figure.y.logarithmic, figure.equal_axes) =
                (logarithmic, logarithmic, equal);
            draw::svg(&figure).expect("a document");
            if equal {
                draw::png(&figure).expect("a picture");
            }
            let text = draw::terminal::draw(&figure, &draw::terminal::Screen::plain(80));
            assert!(text.starts_with("The ends\n"));
        }
    }
}
