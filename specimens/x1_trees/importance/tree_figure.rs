use kit::figure::{Figure, Layer};
use kit::{InputError, Tree};

use super::super::growing::{first_largest, with_leaves};
use crate::reference::x1_trees::importance as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Drawn = Result<Figure, InputError>;
type TreeFigure = fn(&Tree, &[&str]) -> Drawn;

/// The kata, answered by a specimen.
pub fn tree_figure(tree: &Tree, names: &[&str]) -> Result<Figure, InputError> {
    answering::<TreeFigure>(
        module_path!(),
        reference::tree_figure,
        &[
            wheat("parts_joined", "joins the pictures of the parts", |tree, names| {
                drawn(tree, names, &PLAIN)
            }),
            wheat("two_passes", "first finds the place of each node, then draws", |tree, names| {
                reference::tree_figure(tree, names)?;
                // In preorder: node, depth, number of leaves before.
                let (mut nodes, mut open, mut leaves) = (Vec::new(), vec![(tree, 0_usize)], 0);
                while let Some((node, depth)) = open.pop() {
                    nodes.push((node, depth, leaves));
                    match node {
                        Tree::Leaf { .. } => leaves += 1,
                        Tree::Split { left, right, .. } => {
                            open.extend([(&**right, depth + 1), (left, depth + 1)])
                        }
                    }
                }
                let xs = nodes.iter().map(|(node, _, before)| middle(node, *before).0).collect::<Vec<_>>();
                let place = |k: usize| [xs[k], 0.0 - nodes[k].1 as f64];
                let mut parts = Parts::default();
                for (k, (node, depth, _)) in nodes.iter().enumerate() {
                    if let Tree::Split { left, .. } = node {
                        let arrow = |below: usize| (PLAIN.arrow)(place(k), place(below));
                        parts.arrows.extend([k + 1, k + 1 + size(left)].map(arrow));
                    }
                    parts.notes.push((place(k), (PLAIN.text)(node, names)));
                    parts.deepest = parts.deepest.max(*depth as f64);
                }
                Ok(parts.figure(leaves as f64))
            }),
            chaff("long_names_cut", "A name has room for twenty characters.", |tree, names| {
                let cut: Vec<String> = names.iter().map(|name| name.chars().take(20).collect()).collect();
                reference::tree_figure(tree, &cut.iter().map(String::as_str).collect::<Vec<_>>())
            }),
            chaff("root_at_the_bottom", "A tree grows upwards.", |tree, names| {
                drawn(tree, names, &Plan { y: |depth| depth, ..PLAIN })
            }),
            chaff("depth_from_one", "The root is at depth 1.", |tree, names| {
                drawn(tree, names, &Plan { y: |depth| -1.0 - depth, ..PLAIN })
            }),
            chaff("leaves_from_one", "The first leaf is number 1.", |tree, names| {
                drawn(tree, names, &Plan { leaf: |before| before + 1.0, ..PLAIN })
            }),
            chaff("above_the_left", "A split stands above its left part.", |tree, names| {
                drawn(tree, names, &Plan { split: |left, _| left, ..PLAIN })
            }),
            chaff("above_the_right", "A split stands above its right part.", |tree, names| {
                drawn(tree, names, &Plan { split: |_, right| right, ..PLAIN })
            }),
            chaff("mirrored", "The right part is drawn on the left.", |tree, names| {
                reference::tree_figure(tree, names)?;
                drawn(&mirrored(tree), names, &PLAIN)
            }),
            chaff("notes_first", "The order of the layers does not matter.", |tree, names| {
                let mut figure = reference::tree_figure(tree, names)?;
                figure.layers.rotate_left(2);
                Ok(figure)
            }),
            chaff("postorder", "A node is drawn after its parts.", |tree, names| {
                let mut figure = reference::tree_figure(tree, names)?;
                figure.layers[2..].rotate_left(1);
                Ok(figure)
            }),
            chaff("from_the_child", "An arrow goes from a part to its split.", |tree, names| {
                let arrow = |above: [f64; 2], below: [f64; 2]| {
                    let [from, to] = (PLAIN.arrow)(above, below);
                    [to, from]
                };
                drawn(tree, names, &Plan { arrow, ..PLAIN })
            }),
            chaff("touching", "An arrow goes from place to place.", |tree, names| {
                drawn(tree, names, &Plan { arrow: |above, below| [above, below], ..PLAIN })
            }),
            chaff("right_first", "The arrow to the right part comes first.", |tree, names| {
                let mut figure = reference::tree_figure(tree, names)?;
                if let Layer::Arrows { arrows, .. } = &mut figure.layers[1] {
                    arrows.chunks_exact_mut(2).for_each(<[_]>::reverse);
                }
                Ok(figure)
            }),
            chaff("no_frame", "The frame is part of every figure already.", |tree, names| {
                let mut figure = reference::tree_figure(tree, names)?;
                figure.layers.remove(0);
                Ok(figure)
            }),
            chaff("open_frame", "Four corners make a frame.", |tree, names| {
                let mut figure = reference::tree_figure(tree, names)?;
                if let Layer::Line { through, .. } = &mut figure.layers[0] {
                    through.pop();
                }
                Ok(figure)
            }),
            chaff("narrow_frame", "The frame goes through the outermost places.", |tree, names| {
                let mut figure = reference::tree_figure(tree, names)?;
                if let Layer::Line { through, .. } = &mut figure.layers[0] {
                    let (right, bottom) = (through[1][0] - 0.75, through[2][1] + 0.5);
                    *through = vec![[0.0, 0.0], [right, 0.0], [right, bottom], [0.0, bottom], [0.0, 0.0]];
                }
                Ok(figure)
            }),
            chaff("yes_and_no", "The arrows are labeled.", |tree, names| {
                let mut figure = reference::tree_figure(tree, names)?;
                if let Layer::Arrows { label, .. } = &mut figure.layers[1] {
                    *label = "yes, no".to_owned();
                }
                Ok(figure)
            }),
            chaff(
                "strictly_below",
                "A split asks whether the feature is less than the threshold.",
                |tree, names| {
                    drawn(
                        tree,
                        names,
                        &Plan { text: |node, names| (PLAIN.text)(node, names).replace('≤', "<"), ..PLAIN },
                    )
                },
            ),
            chaff("all_decimals", "Thresholds are printed with all decimals.", |tree, names| {
                let text = |node: &Tree, names: &[&str]| match node {
                    Tree::Split { feature, threshold, .. } => format!("{} ≤ {threshold}", names[*feature]),
                    leaf @ Tree::Leaf { .. } => (PLAIN.text)(leaf, names),
                };
                drawn(tree, names, &Plan { text, ..PLAIN })
            }),
            chaff("cut_off", "Thresholds are truncated to two decimals.", |tree, names| {
                let text = |node: &Tree, names: &[&str]| match node {
                    Tree::Split { feature, threshold, .. } if threshold.abs() < 1e12 => {
                        format!("{} ≤ {:.2}", names[*feature], (threshold * 100.0).trunc() / 100.0)
                    }
                    other => (PLAIN.text)(other, names),
                };
                drawn(tree, names, &Plan { text, ..PLAIN })
            }),
            chaff("numbered_features", "A feature is named by its number.", |tree, names| {
                let text = |node: &Tree, names: &[&str]| match node {
                    Tree::Split { feature, threshold, .. } => format!("x[{feature}] ≤ {threshold:.2}"),
                    leaf @ Tree::Leaf { .. } => (PLAIN.text)(leaf, names),
                };
                drawn(tree, names, &Plan { text, ..PLAIN })
            }),
            chaff("last_of_equals", "Of several largest classes the last one is shown.", |tree, names| {
                let text = |node: &Tree, names: &[&str]| match node {
                    Tree::Leaf { samples, value } => {
                        let last = (1..value.len())
                            .fold(0, |best, k| if value[k] >= value[best] { k } else { best });
                        format!("class {last} (n = {samples})")
                    }
                    split @ Tree::Split { .. } => (PLAIN.text)(split, names),
                };
                drawn(tree, names, &Plan { text, ..PLAIN })
            }),
            chaff("classes_from_one", "The first class is class 1.", |tree, names| {
                let text = |node: &Tree, names: &[&str]| match node {
                    Tree::Leaf { samples, value } => {
                        format!("class {} (n = {samples})", first_largest(value) + 1)
                    }
                    split @ Tree::Split { .. } => (PLAIN.text)(split, names),
                };
                drawn(tree, names, &Plan { text, ..PLAIN })
            }),
            chaff("no_counts", "A leaf shows its class only.", |tree, names| {
                let text = |node: &Tree, names: &[&str]| match node {
                    Tree::Leaf { value, .. } => format!("class {}", first_largest(value)),
                    split @ Tree::Split { .. } => (PLAIN.text)(split, names),
                };
                drawn(tree, names, &Plan { text, ..PLAIN })
            }),
            chaff("four_levels", "A figure shows the first four levels.", |tree, names| {
                reference::tree_figure(&cut(tree, 4), names)
            }),
            chaff("missing_name", "A feature without a name has an empty one.", |tree, names| {
                let mut names = names.to_vec();
                names.resize(names.len() + 400, "");
                reference::tree_figure(tree, &names)
            }),
            chaff("empty_value", "A leaf without a value is of class 0.", |tree, names| {
                let filled = |samples: usize, value: Vec<f64>| {
                    (samples, if value.is_empty() { vec![1.0] } else { value })
                };
                let tree = with_leaves(tree.clone(), &filled);
                reference::tree_figure(&tree, names)
            }),
        ],
    )(tree, names)
}

/// How the figure is laid out.
struct Plan {
    y: fn(f64) -> f64,
    leaf: fn(f64) -> f64,
    split: fn(f64, f64) -> f64,
    arrow: fn([f64; 2], [f64; 2]) -> [[f64; 2]; 2],
    text: fn(&Tree, &[&str]) -> String,
}

const PLAIN: Plan = Plan {
    y: |depth| 0.0 - depth,
    leaf: |before| before,
    split: |left, right| left / 2.0 + right / 2.0,
    arrow: |above, below| [[above[0], above[1] - 0.1], [below[0], below[1] + 0.1]],
    text: |node, names| match node {
        Tree::Leaf { samples, value } => format!("class {} (n = {samples})", first_largest(value)),
        Tree::Split { feature, threshold, .. } => format!("{} ≤ {threshold:.2}", names[*feature]),
    },
};

/// What a figure is put together of.
#[derive(Default)]
struct Parts {
    deepest: f64,
    arrows: Vec<[[f64; 2]; 2]>,
    notes: Vec<([f64; 2], String)>,
}

impl Parts {
    fn figure(self, leaves: f64) -> Figure {
        let (left, right, top, bottom) = (-0.75, leaves - 0.25, 0.5, -0.5 - self.deepest);
        let frame = vec![[left, top], [right, top], [right, bottom], [left, bottom], [left, top]];
        let mut figure = Figure::new("Decision tree", "", "");
        figure.layers.push(Layer::Line { label: String::new(), through: frame });
        figure.layers.push(Layer::Arrows { label: String::new(), arrows: self.arrows });
        figure.layers.extend(self.notes.into_iter().map(|(at, text)| Layer::Note { at, text }));
        figure
    }
}

fn drawn(tree: &Tree, names: &[&str], plan: &Plan) -> Drawn {
    reference::tree_figure(tree, names)?;
    let mut leaves = 0.0;
    let (_, parts) = parts(tree, names, plan, 0.0, &mut leaves);
    Ok(parts.figure(leaves))
}

/// The place of the node, and what is drawn of it and all below it.
fn parts(tree: &Tree, names: &[&str], plan: &Plan, depth: f64, leaves: &mut f64) -> ([f64; 2], Parts) {
    let y = (plan.y)(depth);
    let text = (plan.text)(tree, names);
    match tree {
        Tree::Leaf { .. } => {
            let place = [(plan.leaf)(*leaves), y];
            *leaves += 1.0;
            (place, Parts { deepest: depth, arrows: Vec::new(), notes: vec![(place, text)] })
        }
        Tree::Split { left, right, .. } => {
            let (left, left_parts) = parts(left, names, plan, depth + 1.0, leaves);
            let (right, right_parts) = parts(right, names, plan, depth + 1.0, leaves);
            let place = [(plan.split)(left[0], right[0]), y];
            let arrows = vec![(plan.arrow)(place, left), (plan.arrow)(place, right)];
            let parts = Parts {
                deepest: left_parts.deepest.max(right_parts.deepest),
                arrows: [arrows, left_parts.arrows, right_parts.arrows].concat(),
                notes: [vec![(place, text)], left_parts.notes, right_parts.notes].concat(),
            };
            (place, parts)
        }
    }
}

/// The x of a node with so many leaves before it, and how many leaves it has.
fn middle(tree: &Tree, before: usize) -> (f64, usize) {
    match tree {
        Tree::Leaf { .. } => (before as f64, 1),
        Tree::Split { left, right, .. } => {
            let (left, some) = middle(left, before);
            let (right, others) = middle(right, before + some);
            ((left + right) / 2.0, some + others)
        }
    }
}

fn size(tree: &Tree) -> usize {
    match tree {
        Tree::Leaf { .. } => 1,
        Tree::Split { left, right, .. } => 1 + size(left) + size(right),
    }
}

fn mirrored(tree: &Tree) -> Tree {
    match tree {
        Tree::Leaf { .. } => tree.clone(),
        Tree::Split { feature, threshold, left, right } => Tree::Split {
            feature: *feature,
            threshold: *threshold,
            left: Box::new(mirrored(right)),
            right: Box::new(mirrored(left)),
        },
    }
}

fn cut(tree: &Tree, depth: usize) -> Tree {
    match tree {
        Tree::Split { .. } if depth == 0 => Tree::Leaf { samples: 0, value: vec![1.0] },
        Tree::Split { feature, threshold, left, right } => Tree::Split {
            feature: *feature,
            threshold: *threshold,
            left: Box::new(cut(left, depth - 1)),
            right: Box::new(cut(right, depth - 1)),
        },
        Tree::Leaf { .. } => tree.clone(),
    }
}
