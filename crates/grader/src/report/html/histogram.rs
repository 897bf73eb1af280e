use crate::report::text::escaped;
use crate::rules::Points;

/// At most as many bars.
const BARS: usize = 12;
/// The steps that bars may be wide, in points.
const STEPS: [f64; 3] = [1.0, 2.0, 5.0];

/// How many have how many points: bars of a round number of points each.
pub(super) fn histogram(points: &[Points], possible: Points) -> String {
    let width = width(possible.0);
    let count = ((possible.0 / width).floor() as usize + 1).min(BARS + 1);
    let mut bars = vec![0_usize; count];
    for points in points {
        // Points that were set by hand may be more than there are.
        bars[((points.0 / width + 1e-9).floor() as usize).min(count - 1)] += 1;
    }
    let highest = bars.iter().copied().max().unwrap_or(0).max(1);
    let is_whole = width == 1.0 && points.iter().all(|points| points.0.fract() == 0.0);
    let (mut drawn, mut said) = (String::new(), Vec::new());
    let step = 588 / count;
    for (bar, count) in bars.iter().enumerate() {
        let (x, height) = (bar * step + 8, count * 90 / highest);
        let middle = x + step / 2;
        drawn += &format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{height}\"/>",
            x + 2,
            112 - height,
            step - 4
        );
        let from = Points(bar as f64 * width);
        // Whole points stand below their bar, others reach from one mark to the next.
        drawn += &label(if is_whole { middle } else { x }, 128, &from.to_string());
        if *count > 0 {
            drawn += &label(middle, 106 - height, &count.to_string());
            said.push(match is_whole {
                true => format!("{from} points: {count}"),
                false => format!("from {from} points: {count}"),
            });
        }
    }
    let said = if said.is_empty() { "no one has points yet".to_owned() } else { said.join("; ") };
    format!(
        "<svg class=\"histogram\" viewBox=\"0 0 600 134\" role=\"img\" \
         aria-label=\"How many have how many points: {}\">\n{drawn}\n</svg>\n",
        escaped(&said)
    )
}

fn label(x: usize, y: usize, text: &str) -> String {
    format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{}</text>", escaped(text))
}

/// The smallest round width of which a few are enough: 1, 2, 5, 10, 20 and so on.
fn width(possible: f64) -> f64 {
    let mut decade = 1.0;
    loop {
        for step in STEPS {
            if possible / (step * decade) <= BARS as f64 {
                return step * decade;
            }
        }
        decade *= 10.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_have_round_widths_and_lose_no_one() {
        assert_eq!([3.0, 12.0, 13.0, 84.0, 100.0, 195.0].map(width), [1.0, 1.0, 2.0, 10.0, 10.0, 20.0]);
        let drawn = histogram(&[0.0, 9.5, 100.0, 120.0].map(Points), Points(100.0));
        assert!(drawn.contains("from 0 points: 2; from 100 points: 2"), "{drawn}");
        let whole = histogram(&[0.0, 3.0].map(Points), Points(4.0));
        assert!(whole.contains("points: 0 points: 1; 3 points: 1"), "{whole}");
        assert!(histogram(&[], Points::NONE).contains("no one"));
    }
}
