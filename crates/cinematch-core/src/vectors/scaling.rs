//! Numbers in 8 bits.

/// The largest of the numbers, regardless of their sign; above 0.
pub fn largest(numbers: impl Iterator<Item = f32>) -> f32 {
    numbers.fold(f32::MIN_POSITIVE, |largest, number| largest.max(number.abs()))
}

/// The numbers times `scale` as whole ones from -128 to 127; those beyond saturate. A scale of 127 over the [`largest`] uses the whole range.
pub fn scaled(numbers: &[f32], scale: f32) -> Vec<i8> {
    numbers.iter().map(|number| (number * scale).round() as i8).collect()
}
