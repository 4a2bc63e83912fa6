//! The accent colour, and whether text on it can be read in both themes.

use super::error::{Error, Result};

/// The contrast that WCAG 2 asks for text of normal size (level AA).
const LEAST_CONTRAST: f64 = 4.5;
const WHITE: Linear = Linear([1.0, 1.0, 1.0]);
const BLACK: Linear = Linear([0.0, 0.0, 0.0]);

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Color([u8; 3]);

/// Linear light: red, green and blue, from 0 to 1.
#[derive(Clone, Copy)]
struct Linear([f64; 3]);

impl Color {
    /// Reads `#rrggbb` or `#rgb`, and checks the contrast of what `src/theme/tokens.css` makes of it.
    pub fn accent(text: &str) -> Result<Self> {
        let color = Self::parse(text).ok_or_else(|| Error::NoColor(text.to_owned()))?;
        if let Some(contrast) = color.too_light() {
            let instead = color.nearest(0).to_string();
            return Err(Error::LightColor { color: color.to_string(), contrast, least: LEAST_CONTRAST, instead });
        }
        if let Some(contrast) = color.too_dark() {
            let instead = color.nearest(255).to_string();
            return Err(Error::DarkColor { color: color.to_string(), contrast, least: LEAST_CONTRAST, instead });
        }
        Ok(color)
    }

    fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        let digits = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        if !digits.chars().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let part = |index: usize| u8::from_str_radix(digits.get(index..index + 2)?, 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// In the light theme: white text on the colour, and the colour as text on a light shade of itself. The contrast if it is too
    /// low.
    fn too_light(self) -> Option<f64> {
        let accent = self.mixed(0, 0.9).linear();
        let soft = self.mixed(255, 0.14).linear();
        let contrast = contrast(WHITE, self.linear()).min(contrast(accent, soft));
        (contrast < LEAST_CONTRAST).then_some(contrast)
    }

    /// In the dark theme, where the browser has no relative colours: the text on a button. The contrast if it is too low.
    fn too_dark(self) -> Option<f64> {
        let fill = self.linear().mixed_in_oklab(WHITE, 0.52);
        let text = self.linear().mixed_in_oklab(BLACK, 0.22);
        let contrast = contrast(fill, text);
        (contrast < LEAST_CONTRAST).then_some(contrast)
    }

    /// The first colour on the way to black (0) or white (255) that can be used.
    fn nearest(self, end: u8) -> Self {
        let steps = (0..=100).rev().map(|part| self.mixed(end, f64::from(part) / 100.0));
        let mut usable = steps.filter(|color| color.too_light().is_none() && color.too_dark().is_none());
        usable.next().unwrap_or(Self([0x5b, 0x2a, 0x86]))
    }

    /// `color-mix(in srgb, self part, end)`.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 255")]
    fn mixed(self, end: u8, part: f64) -> Self {
        Self(self.0.map(|value| (f64::from(value) * part + f64::from(end) * (1.0 - part)).round() as u8))
    }

    fn linear(self) -> Linear {
        Linear(self.0.map(|value| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        }))
    }
}

impl std::fmt::Display for Color {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Linear {
    /// WCAG's relative luminance.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0;
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// `color-mix(in oklab, self part, other)`, with the numbers of CSS Color 4.
    fn mixed_in_oklab(self, other: Self, part: f64) -> Self {
        let (own, other) = (self.oklab(), other.oklab());
        let mix = |index: usize| own[index] * part + other[index] * (1.0 - part);
        let (lightness, a, b) = (mix(0), mix(1), mix(2));
        let [l, m, s] = [
            lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b,
            lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b,
            lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b,
        ]
        .map(|root| root.powi(3));
        let rgb = [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ];
        Self(rgb.map(|value| value.clamp(0.0, 1.0)))
    }

    fn oklab(self) -> [f64; 3] {
        let [red, green, blue] = self.0;
        let [l, m, s] = [
            0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue,
            0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue,
            0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue,
        ]
        .map(f64::cbrt);
        [
            0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        ]
    }
}

/// WCAG's contrast ratio, from 1 to 21.
fn contrast(one: Linear, other: Linear) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contrast_is_that_of_wcag() {
        for (one, other, expected) in [("#000", "#fff", 21.0), ("#777777", "#ffffff", 4.48), ("#007384", "#fff", 5.56)]
        {
            let [one, other] = [one, other].map(|text| Color::parse(text).unwrap().linear());
            let found = contrast(one, other);
            assert!((found - expected).abs() < 0.05, "{found} instead of {expected}");
        }
    }

    #[test]
    fn colors_that_can_be_used_are_written_in_one_way() {
        for (text, written) in
            [("#5b2a86", "#5b2a86"), ("#5B2A86", "#5b2a86"), (" #639 ", "#663399"), ("#007384", "#007384")]
        {
            assert_eq!(Color::accent(text).unwrap().to_string(), written);
        }
    }

    #[test]
    fn a_color_without_contrast_is_refused_and_one_that_has_it_is_named() {
        for (text, part) in [
            ("5b2a86", "#rrggbb"),
            ("#5b2a8", "#rrggbb"),
            ("#gggggg", "#rrggbb"),
            ("#éé", "#rrggbb"),
            ("purple", "#rrggbb"),
            ("", "#rrggbb"),
            ("#ffcc00", "white text"),
            ("#ffffff", "white text"),
            ("#000000", "dark theme"),
            ("#000", "dark theme"),
        ] {
            let error = Color::accent(text).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
            if !part.starts_with('#') {
                let instead = error.rsplit(' ').find(|word| word.starts_with('#')).unwrap();
                assert!(Color::accent(instead).is_ok(), "{text}: {error}");
            }
        }
    }
}
