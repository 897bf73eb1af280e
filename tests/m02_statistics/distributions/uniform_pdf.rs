use judge::any::select;
use judge::{Answer, any, close, example, for_all, rejected, rejected_for, rounding};
use katas::m02_statistics::distributions::uniform_pdf;
use kit::InputError;
use proptest::prelude::{Strategy, prop_oneof};

/// Endpoints a < b, eighths.
fn interval() -> impl Strategy<Value = [f64; 2]> + Send + Sync + Clone {
    (any::eighth(), any::nonzero()).prop_map(|(low, width)| [low, low + width.abs()])
}

#[test]
fn is_one_over_the_width_inside() {
    for_all("a, b, t", (interval(), 0..=16_u8)).holds(|&([low, high], t)| {
        let x = if t == 16 { high } else { low + (high - low) * f64::from(t) / 16.0 };
        let (call, want) = (format!("uniform_pdf({x:?}, a, b)"), 1.0 / (high - low));
        let got = uniform_pdf(x, low, high).accepted(&call)?;
        let look = "From a to b, both included, the density is 1/(b − a), which can exceed 1.";
        close(&call, got, want, rounding(4, want), look)
    });
}

#[test]
fn is_zero_outside() {
    let far = prop_oneof![3 => any::nonzero(), 1 => any::magnitude(0, 300)];
    for_all("a, b, far", (interval(), far)).holds(|&([low, high], far)| {
        let x = if far < 0.0 { low + far } else { high + far };
        let call = format!("uniform_pdf({x:?}, a, b)");
        let got = uniform_pdf(x, low, high).accepted(&call)?;
        close(&call, got, 0.0, 0.0, "The density is 0 below a and above b. Are both endpoints checked?")
    });
}

#[test]
fn has_area_one() {
    for_all("a, width", (any::eighth(), any::nonzero())).holds(|&(low, width)| {
        let width = width.abs();
        // The midpoints of 48 cells, 16 of them inside: no cell straddles an end.
        let cell = width / 16.0;
        let heights = (-16..32).map(|i| uniform_pdf(low + (f64::from(i) + 0.5) * cell, low, low + width));
        let mut area = 0.0;
        for height in heights {
            area += height.accepted("uniform_pdf(x, a, a + width)")? * cell;
        }
        let look = "The area of a density is 1.";
        close("the area under uniform_pdf", area, 1.0, rounding(64, 1.0), look)
    });
}

#[test]
fn includes_both_endpoints() {
    example(|| {
        for x in [2.0, 4.0] {
            let call = format!("uniform_pdf({x}, 2, 4)");
            let got = uniform_pdf(x, 2.0, 4.0).accepted(&call)?;
            close(&call, got, 0.5, rounding(4, 0.5), "From 2 to 4, both included, it is 1/(4 − 2).")?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::distributions::uniform_pdf;
        assert_eq!(uniform_pdf(3.0, 2.0, 4.0), Ok(0.5));
        assert_eq!(uniform_pdf(5.0, 2.0, 4.0), Ok(0.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_endpoints_in_the_wrong_order() {
        let vast = || any::magnitude(-300, 300);
        let ends = prop_oneof![
            2 => (any::eighth(), any::eighth()),
            1 => (vast(), vast()),
            1 => prop_oneof![any::eighth(), vast()].prop_map(|end| (end, end)),
        ];
        for_all("x, (c, d), at an end", (any::eighth(), ends, 0..=3_u8)).holds(|&(x, (a, b), end)| {
            let (low, high) = (a.max(b), a.min(b));
            let x = [x, x, low, high][usize::from(end)];
            let want = InputError::OutOfRange { name: "high", got: high, wanted: "low < high" };
            let look = "An interval needs a positive width: 1/(b − a) is infinite or negative here.";
            rejected(&format!("uniform_pdf(x, {low}, {high})"), uniform_pdf(x, low, high), want, look)
        });
    }

    #[test]
    fn rejects_arguments_that_are_not_finite() {
        for_all("x, a, b, i, bad", (any::eighth(), interval(), 0..3_usize, any::not_finite())).holds(
            |&(x, [low, high], i, bad)| {
                let (mut arguments, name) = ([x, low, high], ["x", "low", "high"][i]);
                arguments[i] = bad;
                let [x, low, high] = arguments;
                let mut wants = vec![InputError::NotFinite { name, index: 0 }];
                let increases = low < high;
                if !increases {
                    wants.push(InputError::OutOfRange { name: "high", got: high, wanted: "low < high" });
                }
                let look = "All comparisons with NaN are false. Check for NaN and infinity first.";
                let call = format!("uniform_pdf({x}, {low}, {high})");
                rejected_for(&call, uniform_pdf(x, low, high), &wants, look)
            },
        );
    }

    #[test]
    fn is_accurate_for_intervals_of_every_magnitude() {
        let rare = select(vec![[-1e300, 1e300], [1.0, 1.0_f64.next_up()], [0.0, 1e-300]]);
        let wide = (any::wide(), any::magnitude(-9, 9))
            .prop_map(|(low, width)| [low, (low + width.abs()).max(low.next_up())]);
        let vast = (any::magnitude(-300, 299), any::magnitude(-300, 299))
            .prop_map(|(low, width)| [low, (low + width.abs()).max(low.next_up())]);
        for_all("a, b, t", (prop_oneof![1 => rare, 4 => wide, 4 => vast], 0..=18_u8)).holds(
            |&([low, high], t)| {
                let x = match t {
                    16 => high,
                    17 => low.next_down(),
                    18 => high.next_up(),
                    t => (low + (high - low) * f64::from(t) / 16.0).min(high),
                };
                let (call, want) =
                    (format!("uniform_pdf({x:?}, a, b)"), if t > 16 { 0.0 } else { 1.0 / (high - low) });
                let got = uniform_pdf(x, low, high).accepted(&call)?;
                close(
                    &call,
                    got,
                    want,
                    rounding(4, want),
                    "1/(b − a) from a to b, both included, 0 outside, in f64.",
                )
            },
        );
    }
}
