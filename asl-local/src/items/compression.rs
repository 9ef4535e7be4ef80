use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// The plain text of a file whose key tells how it is compressed: `.gz` for gzip, `.zst` or `.zstd` for Zstandard.
pub(super) fn decompressed(key: &str, body: impl Read + 'static) -> Box<dyn Read> {
    let extension = key.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("gz") => Box::new(MultiGzDecoder::new(BufReader::new(body))),
        Some("zst" | "zstd") => Box::new(Frames { input: BufReader::new(body), decoder: None }),
        _ => Box::new(body),
    }
}

/// The frames of a Zstandard file, one after the other; the decoder itself knows only one.
struct Frames<R> {
    input: R,
    /// Made anew for each frame; `None` between them.
    decoder: Option<Box<FrameDecoder>>,
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(decoder) = &mut self.decoder else {
                if self.input.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                self.decoder = next_frame(&mut self.input)?;
                continue;
            };
            if decoder.can_collect() > 0 {
                return decoder.read(buffer);
            }
            if decoder.is_finished() {
                self.decoder = None;
            } else {
                let blocks = BlockDecodingStrategy::UptoBlocks(1);
                decoder.decode_blocks(&mut self.input, blocks).map_err(|error| damaged(&error))?;
            }
        }
    }
}

/// Reads the header of a frame; `None` after a frame that is meant for others.
fn next_frame(input: &mut impl Read) -> io::Result<Option<Box<FrameDecoder>>> {
    let mut decoder = FrameDecoder::new();
    match decoder.init(&mut *input) {
        Ok(()) => Ok(Some(Box::new(decoder))),
        Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
            io::copy(&mut input.take(length.into()), &mut io::sink())?;
            Ok(None)
        }
        Err(error) => Err(damaged(&error)),
    }
}

fn damaged(error: &FrameDecoderError) -> io::Error {
    io::Error::other(format!("not valid Zstandard: {error}"))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn read(key: &str, bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        decompressed(key, Cursor::new(bytes)).take(1 << 20).read_to_end(&mut text)?;
        Ok(text)
    }

    fn compressed(key: &str, text: &[u8]) -> Vec<u8> {
        if key.ends_with("gz") {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(text).unwrap();
            encoder.finish().unwrap()
        } else {
            compress_to_vec(text, CompressionLevel::Fastest)
        }
    }

    #[test]
    fn a_file_that_ends_too_early_is_an_error() {
        for key in ["k.gz", "k.zst"] {
            let mut bytes = compressed(key, b"some text that goes on and on and on");
            bytes.truncate(bytes.len() - 9);
            assert!(read(key, bytes).is_err(), "{key}");
        }
        assert_eq!(
            read("k.zst", b"text".to_vec()).unwrap_err().to_string().split(':').next(),
            Some("not valid Zstandard")
        );
    }

    proptest! {
        #[test]
        fn what_was_compressed_reads_back(text in proptest::collection::vec(0..4_u8, 0..5000)) {
            for key in ["k.gz", "a.b/k.zst", "K.ZSTD"] {
                prop_assert_eq!(&read(key, compressed(key, &text)).unwrap(), &text);
            }
        }

        #[test]
        fn no_damage_makes_the_reader_panic(
            text in proptest::collection::vec(0..4_u8, 0..500),
            changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..4),
        ) {
            for key in ["k.gz", "k.zst"] {
                let mut bytes = compressed(key, &text);
                for (index, byte) in &changes {
                    let index = index.index(bytes.len());
                    bytes[index] = *byte;
                }
                let _ = read(key, bytes);
            }
        }
    }
}
