//! Parquet files. A row is an object with a member for each column.
//!
//! How the service turns values without a JSON form into JSON is not known. Here they are as the `parquet` crate
//! writes them: dates, times and decimals as text, bytes in Base64.

use std::io::{BufReader, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::reader::{ChunkReader, Length};
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::record::reader::RowIter;

use super::fault::Fault;
use super::file::Entry;
use crate::world::Body;

/// The rows of a file. The pages of one row group are in memory at a time.
pub(super) fn rows(body: Box<dyn Body>) -> Result<Rows, Fault> {
    let chunks = Chunks::new(body)?;
    let rows = guarded(|| Ok(RowIter::from_file_into(Box::new(SerializedFileReader::new(chunks)?))))?;
    Ok(Rows { rows })
}

/// See [`rows`].
pub(super) struct Rows {
    rows: RowIter<'static>,
}

impl Iterator for Rows {
    type Item = Result<Entry, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = guarded(|| self.rows.next().map(|row| Ok((None, row?.to_json_value()))).transpose());
        row.transpose()
    }
}

/// What the crate makes of the file. It panics on some damaged files where it means to give an error.
fn guarded<T>(work: impl FnOnce() -> ParquetResult<T>) -> Result<T, Fault> {
    let text = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(error)) => error.to_string(),
        // whoever sees an error takes no further row, so what the panic left half done is not looked at
        Err(_) => "it is damaged".to_owned(),
    };
    Err(Fault::Malformed(format!("not a Parquet file that can be read: {text}")))
}

/// A body from which pieces are read in any order.
struct Chunks {
    body: Arc<Mutex<Box<dyn Body>>>,
    length: u64,
}

impl Chunks {
    fn new(mut body: Box<dyn Body>) -> Result<Self, Fault> {
        let length = body.seek(SeekFrom::End(0))?;
        Ok(Self { body: Arc::new(Mutex::new(body)), length })
    }
}

impl Length for Chunks {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Chunks {
    type T = BufReader<Chunk>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        Ok(BufReader::new(Chunk { body: Arc::clone(&self.body), position: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        // lengths are what the file says: none beyond its end is believed
        let is_inside = start.checked_add(length as u64).is_some_and(|end| end <= self.length);
        if !is_inside {
            return Err(ParquetError::EOF("a piece lies beyond the end of the file".to_owned()));
        }
        let mut bytes = vec![0; length];
        Chunk { body: Arc::clone(&self.body), position: start }.read_exact(&mut bytes)?;
        Ok(bytes.into())
    }
}

/// A reader that begins somewhere in a shared body, and is not disturbed by others.
struct Chunk {
    body: Arc<Mutex<Box<dyn Body>>>,
    position: u64,
}

impl Read for Chunk {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut body = self.body.lock().map_err(|_| std::io::Error::other("a reader panicked"))?;
        body.seek(SeekFrom::Start(self.position))?;
        let count = body.read(buffer)?;
        self.position += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use ::parquet::basic::{Compression, GzipLevel};
    use ::parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
    use ::parquet::file::properties::WriterProperties;
    use ::parquet::file::writer::SerializedFileWriter;
    use ::parquet::schema::parser::parse_message_type;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    /// Two row groups of two rows.
    fn file(compression: Compression) -> Vec<u8> {
        let schema = "message m { required int64 id; optional binary name (UTF8); }";
        let schema = Arc::new(parse_message_type(schema).unwrap());
        let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
        let mut bytes = Vec::new();
        let mut writer = SerializedFileWriter::new(&mut bytes, schema, properties).unwrap();
        for group in 0..2 {
            let mut columns = writer.next_row_group().unwrap();
            let mut column = columns.next_column().unwrap().unwrap();
            column.typed::<Int64Type>().write_batch(&[2 * group, 2 * group + 1], None, None).unwrap();
            column.close().unwrap();
            let mut column = columns.next_column().unwrap().unwrap();
            let names = [ByteArray::from("n")];
            column.typed::<ByteArrayType>().write_batch(&names, Some(&[1, 0]), None).unwrap();
            column.close().unwrap();
            columns.close().unwrap();
        }
        writer.close().unwrap();
        bytes
    }

    fn read(bytes: Vec<u8>) -> Result<Vec<Value>, Fault> {
        rows(Box::new(Cursor::new(bytes)))?.map(|entry| entry.map(|(_, value)| value)).collect()
    }

    #[test]
    fn each_row_is_an_object() {
        let expected = vec![
            json!({"id": 0, "name": "n"}),
            json!({"id": 1, "name": null}),
            json!({"id": 2, "name": "n"}),
            json!({"id": 3, "name": null}),
        ];
        for compression in
            [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::GZIP(GzipLevel::default())]
        {
            assert_eq!(read(file(compression)), Ok(expected.clone()));
        }
    }

    #[test]
    fn what_is_no_parquet_is_refused() {
        let whole = file(Compression::SNAPPY);
        for bytes in [&b""[..], b"id,name\n1,2\n", &whole[..whole.len() - 1], &whole[4..]] {
            let Err(Fault::Malformed(text)) = read(bytes.to_vec()) else { panic!("refused") };
            assert!(text.starts_with("not a Parquet file that can be read: "), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_damage_makes_the_reader_panic(
            changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6),
        ) {
            let mut bytes = file(Compression::SNAPPY);
            for (index, byte) in changes {
                let index = index.index(bytes.len());
                bytes[index] = byte;
            }
            let _ = read(bytes);
        }
    }
}
