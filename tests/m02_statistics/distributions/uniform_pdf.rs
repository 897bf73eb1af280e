use judge::{Answer, any, close, example, for_all, rejected, rounding};
use katas::m02_statistics::distributions::uniform_pdf;
use kit::InputError;
use proptest::prelude::Strategy;
use proptest::sample::select;

/// Ends a < b, mostly eighths; now and then a very long or a very short interval.
fn interval() -> impl Strategy<Value = [f64; 2]> + Send + Sync + Clone {
    let usual = (any::eighth(), any::nonzero()).prop_map(|(low, width)| [low, low + width.abs()]);
    let rare = select(vec![[-1e300, 1e300], [1.0, 1.0_f64.next_up()], [0.0, 1e-300]]);
    proptest::prop_oneof![7 => usual, 1 => rare]
}

#[test]
fn inside_it_is_one_over_the_width() {
    for_all("a, b, t", (interval(), 0..=16_u8)).holds(|&([low, high], t)| {
        let x = if t == 16 { high } else { low + (high - low) * f64::from(t) / 16.0 };
        let (call, want) = (format!("uniform_pdf({x:?}, a, b)"), 1.0 / (high - low));
        let got = uniform_pdf(x, low, high).accepted(&call)?;
        let look =
            "Between a and b, both included, every place is equally likely: 1/(b − a), which may exceed 1.";
        close(&call, got, want, rounding(4, want), look)
    });
}

#[test]
fn outside_it_is_zero() {
    let place = (interval(), any::nonzero(), 0..4_u8);
    for_all("a, b, far, place", place).holds(|&([low, high], far, place)| {
        let x = [low - far.abs(), high + far.abs(), low.next_down(), high.next_up()][usize::from(place)];
        let x = if (low..=high).contains(&x) { low.next_down() } else { x };
        let call = format!("uniform_pdf({x:?}, a, b)");
        let got = uniform_pdf(x, low, high).accepted(&call)?;
        close(&call, got, 0.0, 0.0, "Below a and above b nothing is drawn. Are both ends asked for?")
    });
}

#[test]
fn its_area_is_1() {
    for_all("a, width", (any::eighth(), any::nonzero())).holds(|&(low, width)| {
        let width = width.abs();
        // The midpoints of 48 cells, 16 of them inside: no cell straddles an end.
        let cell = width / 16.0;
        let heights = (-16..32).map(|i| uniform_pdf(low + (f64::from(i) + 0.5) * cell, low, low + width));
        let mut area = 0.0;
        for height in heights {
            area += height.accepted("uniform_pdf(x, a, a + width)")? * cell;
        }
        let look = "A density is a probability per unit of x: all of it together is 1.";
        close("the area under uniform_pdf", area, 1.0, rounding(64, 1.0), look)
    });
}

#[test]
fn ends_in_the_wrong_order_are_rejected() {
    for_all("x, c, d", (any::eighth(), any::eighth(), any::eighth())).holds(|&(x, a, b)| {
        let (low, high) = (a.max(b), a.min(b));
        let want = InputError::OutOfRange { name: "high", got: high, wanted: "low < high" };
        let look = "An interval needs a width above 0: 1/(b − a) is infinite or negative here.";
        rejected(&format!("uniform_pdf(x, {low}, {high})"), uniform_pdf(x, low, high), want, look)
    });
}

#[test]
fn the_first_nan_or_infinity_is_named() {
    for_all("x, a, b, i", any::one_not_finite()).holds(|&([x, low, high], i)| {
        let want = InputError::NotFinite { name: ["x", "low", "high"][i], index: 0 };
        let look = "Comparisons with NaN are all false, so it slips through them. Ask for it first.";
        rejected("uniform_pdf(x, a, b)", uniform_pdf(x, low, high), want, look)
    });
}

#[test]
fn both_ends_belong_to_the_interval() {
    example(|| {
        for x in [2.0, 4.0] {
            let call = format!("uniform_pdf({x}, 2, 4)");
            let got = uniform_pdf(x, 2.0, 4.0).accepted(&call)?;
            close(&call, got, 0.5, rounding(4, 0.5), "From 2 to 4, both included, it is 1/(4 − 2).")?;
        }
        Ok(())
    });
}
