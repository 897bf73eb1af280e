use judge::{Answer, any, equal, for_all, rejected};
use katas::m09_convolution::conv::output_size;
use kit::InputError;
use proptest::prelude::Strategy;

use judge::any::sizes;

#[test]
fn counts_the_windows() {
    let sizes = (any::size(0..=9, 1025), any::size(1..=5, 257), any::size(1..=4, 257), any::size(0..=3, 257));
    for_all("size, kernel, stride, padding", sizes).holds(|&(size, kernel, stride, padding)| {
        let padded = size + 2 * padding;
        // Kernels that do not fit belong to another law.
        let kernel = kernel.min(padded.max(1));
        let size = if padded == 0 { kernel } else { size };
        let end = size + 2 * padding;
        let want = (0..end).step_by(stride).filter(|first| first + kernel <= end).count();
        let got = output_size(size, kernel, stride, padding)
            .accepted("output_size(size, kernel, stride, padding)")?;
        let look = "The window begins at 0, stride, 2·stride, …: how often does the whole window fit? \
                The first position counts, too.";
        equal(&format!("output_size({size}, {kernel}, {stride}, {padding})"), got, want, look)
    });
}

#[test]
fn full_window_has_one_position() {
    for_all("size, stride", (1..=20_usize, 1..=4_usize)).holds(|&(size, stride)| {
        let got = output_size(size, size, stride, 0).accepted("output_size(size, size, stride, 0)")?;
        equal("output_size(size, size, stride, 0)", got, 1, "It fits exactly once, whatever the stride.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m09_convolution::conv::output_size;
        assert_eq!(output_size(28, 3, 1, 0), Ok(26));
        assert_eq!(output_size(28, 3, 2, 1), Ok(14));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_exact_for_numbers_of_any_size() {
        let up_to =
            |most: u32| (any::part(0..=most), any::seed()).prop_map(|(bits, x)| (x >> (63 - bits)) as usize);
        // Also to be counted one by one, in seconds.
        let inputs = (up_to(54), up_to(20), up_to(25), up_to(20), up_to(40));
        for_all("kernel, stride, windows, rest, padding", inputs).holds(
            |&(kernel, stride, windows, rest, padding)| {
                let (kernel, stride, windows) = (kernel.max(1), stride.max(1), windows.max(1));
                // So many windows fit, with a rest that is shorter than a stride.
                let padded = kernel + (windows - 1) * stride + rest % stride;
                let padding = padding.min(padded / 2);
                let size = padded - 2 * padding;
                let call = format!("output_size({size}, {kernel}, {stride}, {padding})");
                let got = output_size(size, kernel, stride, padding).accepted(&call)?;
                equal(
                    &call,
                    got,
                    windows,
                    "Whole numbers, whatever their size: f32 is exact to 2²⁴, f64 to 2⁵³.",
                )
            },
        );
    }

    #[test]
    fn rejects_zero_kernels_zero_strides_and_large_kernels() {
        let inputs = sizes([0..=4, 0..=3, 1..=3, 1..=3], [1025, 301, 301, usize::MAX >> 8]);
        for_all("size, padding, stride, more", inputs).cases(64).holds(|&[size, padding, stride, more]| {
            let rejection = |name, got, wanted| InputError::OutOfRange { name, got, wanted };
            let fits = size + 2 * padding;
            let large = rejection("kernel", (fits + more) as f64, "at most the padded size");
            let mut all = vec![
                ([size, 0, stride, padding], rejection("kernel", 0.0, "at least 1")),
                ([size, fits + more, stride, padding], large),
            ];
            if fits > 0 {
                all.push(([size, fits, 0, padding], rejection("stride", 0.0, "at least 1")));
            }
            for (arguments, want) in all {
                let [size, kernel, stride, padding] = arguments;
                let look = "Kernel and stride are at least 1, and the kernel fits the size plus padding on \
                    both sides.";
                rejected(
                    &format!("output_size{arguments:?}"),
                    output_size(size, kernel, stride, padding),
                    want,
                    look,
                )?;
            }
            Ok(())
        });
    }
}
