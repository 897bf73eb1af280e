use judge::{Answer, equal, example, for_all, rejected};
use katas::m09_convolution::conv::output_size;
use kit::InputError;

#[test]
fn it_counts_the_windows() {
    for_all("size, kernel, stride, padding", (0..=9_usize, 1..=5_usize, 1..=4_usize, 0..=3_usize)).holds(
        |&(size, kernel, stride, padding)| {
            let padded = size + 2 * padding;
            // Kernels that do not fit are another law's.
            let kernel = kernel.min(padded.max(1));
            let size = if padded == 0 { kernel } else { size };
            let end = size + 2 * padding;
            let want = (0..end).step_by(stride).filter(|first| first + kernel <= end).count();
            let got = output_size(size, kernel, stride, padding)
                .accepted("output_size(size, kernel, stride, padding)")?;
            let look = "Lay the window at 0, at the stride, at twice the stride …: how often does it fit as \
                a whole? The first place counts, too.";
            equal(&format!("output_size({size}, {kernel}, {stride}, {padding})"), got, want, look)
        },
    );
}

#[test]
fn a_window_of_everything_has_one_place() {
    for_all("size, stride", (1..=20_usize, 1..=4_usize)).holds(|&(size, stride)| {
        let got = output_size(size, size, stride, 0).accepted("output_size(size, size, stride, 0)")?;
        equal("output_size(size, size, stride, 0)", got, 1, "It fits just once, however far it would step.")
    });
}

#[test]
fn kernels_and_strides_of_0_and_kernels_that_do_not_fit_are_rejected() {
    example(|| {
        let rejection = |name, got, wanted| InputError::OutOfRange { name, got, wanted };
        for (arguments, want) in [
            ([5, 0, 1, 0], rejection("kernel", 0.0, "at least 1")),
            ([5, 3, 0, 0], rejection("stride", 0.0, "at least 1")),
            ([5, 0, 0, 0], rejection("kernel", 0.0, "at least 1")),
            ([2, 5, 1, 1], rejection("kernel", 5.0, "at most the padded size")),
            ([2, 5, 0, 1], rejection("stride", 0.0, "at least 1")),
            ([0, 1, 1, 0], rejection("kernel", 1.0, "at most the padded size")),
        ] {
            let [size, kernel, stride, padding] = arguments;
            let look = "First what is 0, then what does not fit; padding counts on both sides.";
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
