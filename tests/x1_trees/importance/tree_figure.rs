use judge::{
    Answer, Broken, Verdict, any, ensure, equal, example, figure_reads_as, for_all, rejected, rounding,
};
use katas::x1_trees::importance::tree_figure;
use kit::figure::Layer;
use kit::{InputError, Tree};
use proptest::prelude::*;

use super::super::draw::asked;
use super::super::walk::first_largest;
use super::names::{NAMES, names};

const CALL: &str = "tree_figure(tree, names)";

/// What stands where: arrows and notes in the order of the page.
#[derive(Default)]
struct Places {
    leaves: usize,
    deepest: f64,
    arrows: Vec<[[f64; 2]; 2]>,
    notes: Vec<([f64; 2], String)>,
}

impl Places {
    /// The x of the node.
    fn of(&mut self, tree: &Tree, names: &[String], depth: f64) -> f64 {
        self.deepest = self.deepest.max(depth);
        match tree {
            Tree::Leaf { samples, value } => {
                let x = self.leaves as f64;
                self.leaves += 1;
                let class = first_largest(value);
                self.notes.push(([x, -depth], format!("class {class} (n = {samples})")));
                x
            }
            Tree::Split { feature, threshold, left, right } => {
                let (arrow, note) = (self.arrows.len(), self.notes.len());
                self.arrows.extend([[[0.0; 2]; 2]; 2]);
                self.notes.push(([0.0; 2], format!("{} ≤ {threshold:.2}", names[*feature])));
                let sides = [self.of(left, names, depth + 1.0), self.of(right, names, depth + 1.0)];
                let x = (sides[0] + sides[1]) / 2.0;
                self.notes[note].0 = [x, -depth];
                for (k, below) in sides.into_iter().enumerate() {
                    self.arrows[arrow + k] = [[x, -depth - 0.1], [below, -depth - 0.9]];
                }
                x
            }
        }
    }
}

fn near(got: [f64; 2], want: [f64; 2]) -> bool {
    // A mean of means, once per level.
    (0..2).all(|k| (got[k] - want[k]).abs() <= rounding(64, 1.0 + want[k].abs()))
}

fn agrees(tree: &Tree, names: &[String]) -> Verdict {
    let borrowed: Vec<&str> = names.iter().map(String::as_str).collect();
    let figure = tree_figure(tree, &borrowed).accepted(CALL)?;
    let words = [figure.title.as_str(), figure.x.label.as_str(), figure.y.label.as_str()];
    equal("title and axes", words, ["Decision tree", "", ""], "As the page says.")?;
    let mut places = Places::default();
    places.of(tree, names, 0.0);
    let look = "The frame, the arrows, then one note for each node.";
    equal("the number of layers", figure.layers.len(), 2 + places.notes.len(), look)?;
    let (right, bottom) = (places.leaves as f64 - 0.25, -places.deepest - 0.5);
    let frame = [[-0.75, 0.5], [right, 0.5], [right, bottom], [-0.75, bottom], [-0.75, 0.5]];
    let is_frame = match &figure.layers[0] {
        Layer::Line { label, through } => {
            label.is_empty() && through.len() == 5 && (0..5).all(|k| near(through[k], frame[k]))
        }
        _ => false,
    };
    ensure(is_frame, || {
        let got = format!("the first layer = {:?}", figure.layers[0]);
        let want = format!("a line without a label through {frame:?}");
        Broken::answer(got, want, "The frame leaves room for the notes.")
    })?;
    let arrows = match &figure.layers[1] {
        Layer::Arrows { label, arrows } if label.is_empty() => arrows.as_slice(),
        other => {
            let got = format!("the second layer = {other:?}");
            return Err(Broken::answer(got, "arrows without a label", "All arrows are in one layer."));
        }
    };
    equal("the number of arrows", arrows.len(), places.arrows.len(), "Two for each split.")?;
    for (k, (got, want)) in arrows.iter().zip(&places.arrows).enumerate() {
        ensure((0..2).all(|end| near(got[end], want[end])), || {
            let look = "From a tenth below a split to a tenth above its left and its right part; first those \
                        of the split above, then all on the left, then all on the right.";
            Broken::answer(format!("arrow {k} = {got:?}"), format!("{want:?}"), look)
        })?;
    }
    let notes = &figure.layers[2..];
    for (k, (got, (at, words))) in notes.iter().zip(&places.notes).enumerate() {
        let is_right = matches!(got, Layer::Note { at: place, text } if near(*place, *at) && text == words);
        ensure(is_right, || {
            let look = "Leaves at x = 0, 1, 2, … from left to right, a split halfway between its parts; one \
                        level is one unit; the text as the page says.";
            Broken::answer(format!("note {k} = {got:?}"), format!("a note at {at:?}: {words}"), look)
        })?;
    }
    Ok(())
}

fn leaf(samples: usize, value: &[f64]) -> Box<Tree> {
    Box::new(Tree::Leaf { samples, value: value.to_vec() })
}

fn split(feature: usize, threshold: f64, left: Box<Tree>, right: Box<Tree>) -> Box<Tree> {
    Box::new(Tree::Split { feature, threshold, left, right })
}

#[test]
fn puts_every_node_in_its_place() {
    for_all("tree, x", asked([4, 3, 3], 3)).cases(192).holds(|(tree, x)| agrees(tree, &names(x.cols())));
}

#[test]
fn one_leaf_is_a_note() {
    for_all("samples, value", (any::part(0..=300_usize), any::vector(1..=4)))
        .cases(64)
        .holds(|(samples, value)| agrees(&Tree::Leaf { samples: *samples, value: value.clone() }, &[]));
}

#[test]
fn draws_a_tree_of_the_irises() {
    example(|| {
        // Grown on all flowers to a depth of 3.
        let last =
            split(2, 4.95, leaf(48, &[0.0, 47.0 / 48.0, 1.0 / 48.0]), leaf(6, &[0.0, 1.0 / 3.0, 2.0 / 3.0]));
        let right = split(2, 4.85, leaf(3, &[0.0, 1.0 / 3.0, 2.0 / 3.0]), leaf(43, &[0.0, 0.0, 1.0]));
        let tree = split(2, 2.45, leaf(50, &[1.0, 0.0, 0.0]), split(3, 1.75, last, right));
        let figure = tree_figure(&tree, &NAMES).accepted(CALL)?;
        figure_reads_as("x1_trees/importance/tree_figure", &figure, "Title, frame, arrows, notes.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x1_trees::importance::tree_figure;
        use kit::Tree;
        use kit::figure::Layer;
        let tree = Tree::Leaf { samples: 7, value: vec![0.25, 0.75] };
        let figure = tree_figure(&tree, &[])?;
        assert_eq!(figure.layers[2], Layer::Note { at: [0.0, 0.0], text: "class 1 (n = 7)".to_owned() });
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn draws_trees_of_any_size() {
        for_all("tree, x", asked([41, 101, 151], 8))
            .cases(96)
            .holds(|(tree, x)| agrees(tree, &names(x.cols())));
    }

    #[test]
    fn draws_a_chain_of_splits() {
        let inputs = (any::select(vec![17_usize, 60, 300]), any::seed());
        for_all("depth, seed", inputs).cases(8).holds(|&(depth, seed)| {
            let mut tree = leaf(5, &[0.0, 1.0]);
            for level in 0..depth {
                let other = leaf(level, &[1.0, 0.0]);
                let sides = if (seed >> (level % 64)) % 2 == 0 { (other, tree) } else { (tree, other) };
                tree = split(level % 3, level as f64 / 4.0, sides.0, sides.1);
            }
            agrees(&tree, &names(3))
        });
    }

    #[test]
    fn shows_the_largest_of_many_classes() {
        let inputs = (any::many(2..=5, 301), any::magnitude(-120, 120))
            .prop_flat_map(|(classes, size)| (Just(classes), any::place(classes), Just(size)));
        for_all("classes, largest, size", inputs).cases(96).holds(|&(classes, largest, size)| {
            let value = |class: usize| size.abs() * if class == largest { 2.0 } else { 1.0 };
            let side = || leaf(7, &(0..classes).map(value).collect::<Vec<_>>());
            agrees(&split(0, size, side(), side()), &names(1))
        });
    }

    #[test]
    fn rounds_thresholds_to_two_decimals() {
        for_all("threshold", prop_oneof![any::wide(), any::magnitude(-300, 300)])
            .cases(96)
            .holds(|&threshold| agrees(&split(0, threshold, leaf(1, &[1.0]), leaf(2, &[1.0])), &names(1)));
    }

    #[test]
    fn keeps_any_names() {
        example(|| {
            let long = "the length of the longest of all petals, in millimeters, as measured in the field";
            for name in ["", " ", "naïve", "a\nb", "x[0]", long] {
                agrees(
                    &split(0, 0.5, leaf(12_345, &[1.0]), leaf(1_234_567_890, &[1.0])),
                    &[name.to_owned(), "other".to_owned()],
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_features_without_a_name() {
        let inputs = (any::several(1..=3), any::select(vec![0_usize, 1, 300]), any::part(0..3_usize));
        for_all("d, more, place", inputs).cases(64).holds(|&(d, more, place)| {
            let wrong = split(d + more, 0.0, leaf(1, &[1.0]), leaf(1, &[1.0]));
            let tree = match place {
                0 => wrong,
                1 => split(0, 0.0, wrong, leaf(1, &[1.0])),
                _ => split(d - 1, 0.0, leaf(1, &[1.0]), wrong),
            };
            let (names, wanted) = (vec!["same"; d], "a feature of the samples");
            let want = InputError::OutOfRange { name: "feature", got: (d + more) as f64, wanted };
            rejected(CALL, tree_figure(&tree, &names), want, "Names count from 0, as features do.")
        });
    }

    #[test]
    fn rejects_leaves_without_a_value() {
        example(|| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            let tree = split(0, 0.0, leaf(1, &[1.0]), leaf(1, &[]));
            rejected(CALL, tree_figure(&tree, &["a"]), want, "There is no largest of no values.")
        });
    }
}
