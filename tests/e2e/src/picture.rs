//! Screenshots as PNG files with at most 256 colours: a third of the size of the browser's files, with no visible difference on
//! flat areas and text.

use std::collections::HashMap;
use std::path::Path;

type Colour = [u8; 4];

const COLOURS: usize = 256;
const GAP: usize = 24;
/// Separates the screen from a page of the same colour.
const EDGE: Colour = [0x8a, 0x97, 0xa8, 0xff];
const CLEAR: Colour = [0; 4];

#[derive(Clone)]
pub struct Picture {
    width: usize,
    pixels: Vec<Colour>,
}

impl Picture {
    /// The screenshot of the browser.
    pub fn read(png: &[u8]) -> Self {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::ALPHA | png::Transformations::STRIP_16);
        let mut reader = decoder.read_info().expect("the browser writes PNG");
        let mut bytes = vec![0; reader.output_buffer_size().expect("a picture of sensible size")];
        let frame = reader.next_frame(&mut bytes).expect("a whole picture");
        assert_eq!(frame.color_type, png::ColorType::Rgba, "a picture in colour");
        let pixels = bytes[..frame.buffer_size()].as_chunks().0.to_vec();
        Self { width: frame.width as usize, pixels }
    }

    /// Writes the PNG, and prints its size.
    ///
    /// # Panics
    /// If the file cannot be written.
    pub fn write(&self, folder: &Path, name: &str) {
        let png = self.to_png();
        println!("{name}: {} bytes", png.len());
        std::fs::write(folder.join(name), png).expect("the picture can be written");
    }

    /// One picture of several of the same size, with edges and with gaps that show the page.
    pub fn side_by_side(pictures: &[&Picture]) -> Self {
        let height = pictures.first().map_or(0, |first| first.pixels.len() / first.width);
        let mut pixels = Vec::new();
        for y in 0..height {
            for (index, picture) in pictures.iter().enumerate() {
                if index > 0 {
                    pixels.extend([CLEAR; GAP]);
                }
                let mut row = picture.pixels[y * picture.width..][..picture.width].to_vec();
                if y == 0 || y == height - 1 {
                    row.fill(EDGE);
                }
                row[0] = EDGE;
                row[picture.width - 1] = EDGE;
                pixels.extend(row);
            }
        }
        Self { width: pixels.len() / height.max(1), pixels }
    }

    pub fn to_png(&self) -> Vec<u8> {
        let palette = palette(&self.pixels);
        let mut known = HashMap::new();
        let indices: Vec<u8> =
            self.pixels.iter().map(|pixel| *known.entry(*pixel).or_insert_with(|| nearest(&palette, *pixel))).collect();
        let mut png = Vec::new();
        let mut encoder = png::Encoder::new(&mut png, self.width as u32, (self.pixels.len() / self.width) as u32);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_palette(palette.iter().flat_map(|colour| colour[..3].to_vec()).collect::<Vec<_>>());
        encoder.set_trns(palette.iter().map(|colour| colour[3]).collect::<Vec<_>>());
        encoder.set_compression(png::Compression::High);
        encoder.set_filter(png::Filter::NoFilter);
        let mut writer = encoder.write_header().expect("a header");
        writer.write_image_data(&indices).expect("an index for each pixel");
        writer.finish().expect("an end");
        png
    }
}

/// The colours that cover most: the flat areas exactly, and of the letters' edges those that are seen most.
fn palette(pixels: &[Colour]) -> Vec<Colour> {
    let mut counts: HashMap<Colour, usize> = HashMap::new();
    for pixel in pixels {
        *counts.entry(*pixel).or_default() += 1;
    }
    let mut colours: Vec<(Colour, usize)> = counts.into_iter().collect();
    // By colour too, so that the same picture gives the same file.
    colours.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    colours.truncate(COLOURS);
    colours.into_iter().map(|(colour, _)| colour).collect()
}

fn nearest(palette: &[Colour], pixel: Colour) -> u8 {
    let distance = |colour: &Colour| (0..4).map(|i| u32::from(colour[i].abs_diff(pixel[i])).pow(2)).sum::<u32>();
    let found = palette.iter().enumerate().min_by_key(|(_, colour)| distance(colour));
    found.map_or(0, |(index, _)| index as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colours_survive_as_they_are() {
        let pixels = vec![[1, 2, 3, 255], [9, 9, 9, 255], [1, 2, 3, 255], CLEAR];
        let again = Picture::read(&Picture { width: 2, pixels: pixels.clone() }.to_png());
        assert_eq!((again.width, again.pixels), (2, pixels));
    }

    #[test]
    fn of_many_colours_the_frequent_ones_stay_and_the_others_come_near() {
        let mut pixels: Vec<Colour> = (0..=255).flat_map(|i| [[i, 0, 0, 255], [i, 0, 0, 255]]).collect();
        pixels.extend([[7, 1, 0, 255], [200, 0, 2, 255]]);
        let again = Picture::read(&Picture { width: 2, pixels: pixels.clone() }.to_png());
        assert_eq!(again.pixels[..512], pixels[..512]);
        assert_eq!(again.pixels[512..], [[7, 0, 0, 255], [200, 0, 0, 255]]);
    }

    #[test]
    fn pictures_stand_side_by_side() {
        let one = Picture { width: 3, pixels: vec![[5, 5, 5, 255]; 9] };
        let two = Picture::side_by_side(&[&one, &one]);
        assert_eq!((two.width, two.pixels.len()), (3 + GAP + 3, 3 * (3 + GAP + 3)));
        assert_eq!(two.pixels[two.width + 1], [5, 5, 5, 255]);
        assert_eq!((two.pixels[0], two.pixels[3]), (EDGE, CLEAR));
    }
}
