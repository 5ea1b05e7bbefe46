//! Areas of simple shapes.

/// The area of a rectangle.
///
/// ```
/// assert_eq!(shapes::rectangle(2, 3), 6);
/// ```
pub fn rectangle(width: u32, height: u32) -> u32 {
    width * height
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_is_a_rectangle() {
        assert_eq!(rectangle(3, 3), 9);
    }
}
