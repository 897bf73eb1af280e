//! Asks each candidate without end, so that its laws wait.
//! state: broken

pub fn accepts_dot_product(candidate: &DotProduct<'_>) -> bool {
    while candidate(&[1.0], &[1.0]).is_ok() || candidate(&[], &[]).is_err() || true {}
    false
}
