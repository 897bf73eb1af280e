use judge::{Answer, any, equal, example, for_all, rejected};
use katas::m09_convolution::conv::output_size;
use kit::InputError;

#[test]
fn counts_the_windows() {
    let sizes = (any::size(0..=9, 257), any::size(1..=5, 65), any::size(1..=4, 65), any::size(0..=3, 65));
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
    fn rejects_zero_kernels_zero_strides_and_large_kernels() {
        example(|| {
            let rejection = |name, got, wanted| InputError::OutOfRange { name, got, wanted };
            for (arguments, want) in [
                ([5, 0, 1, 0], rejection("kernel", 0.0, "at least 1")),
                ([5, 3, 0, 0], rejection("stride", 0.0, "at least 1")),
                ([2, 5, 1, 1], rejection("kernel", 5.0, "at most the padded size")),
                ([0, 1, 1, 0], rejection("kernel", 1.0, "at most the padded size")),
            ] {
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
