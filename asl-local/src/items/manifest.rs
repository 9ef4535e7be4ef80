//! Files that name the files in which the items are.

use std::io::{BufReader, Read};

use asl_core::model::CsvDelimiter;
use serde::Deserialize;

use super::compression::decompressed;
use super::csv::CsvRules;
use super::fault::{Fault, failed};
use super::file::{Format, Location, delimiter};
use super::text::Text;
use crate::Failure;
use crate::world::ObjectStore;

/// A manifest of S3 Inventory is parsed as a whole. This is room for some 500,000 files.
const MAX_MANIFEST_BYTES: u64 = 64 * 1024 * 1024;

/// A line of a manifest: a bucket's name and a key have at most 63 and 1024 bytes.
const MAX_LINE_BYTES: usize = 8 * 1024;

/// What an S3 Inventory consists of.
#[derive(Debug, PartialEq)]
pub(super) struct Inventory {
    pub(super) files: Vec<Location>,
    pub(super) format: Format,
}

/// `manifest.json` of S3 Inventory.
///
/// See [Amazon S3 Inventory list](https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InventoryManifest {
    /// The ARN of the bucket in which the files are.
    destination_bucket: String,
    file_format: String,
    /// The names of the columns. The files have no header.
    file_schema: String,
    files: Vec<InventoryFile>,
}

#[derive(Deserialize)]
struct InventoryFile {
    key: String,
}

/// The files of an S3 Inventory.
pub(super) fn inventory(
    location: &Location,
    objects: &dyn ObjectStore,
    csv_delimiter: Option<CsvDelimiter>,
) -> Result<Inventory, Failure> {
    let wrong = |text: String| Fault::Malformed(text).at(&location.source());
    let mut text = Vec::new();
    let body = decompressed(&location.key, location.open(objects)?);
    body.take(MAX_MANIFEST_BYTES + 1).read_to_end(&mut text).map_err(|error| wrong(error.to_string()))?;
    if text.len() as u64 > MAX_MANIFEST_BYTES {
        return Err(wrong("a manifest of more than 64 MB".to_owned()));
    }
    let manifest: InventoryManifest = serde_json::from_slice(&text)
        .map_err(|error| wrong(format!("not a manifest of S3 Inventory: {error}")))?;
    if manifest.file_format != "CSV" {
        let format = &manifest.file_format;
        return Err(wrong(format!("names files in the format {format}, but only CSV can be read")));
    }
    let bucket = manifest.destination_bucket;
    let bucket = bucket.rsplit_once(":::").map_or(bucket.as_str(), |(_, name)| name);
    let headers = manifest.file_schema.split(',').map(|header| header.trim().to_owned()).collect();
    let file = |file: InventoryFile| Location { bucket: bucket.to_owned(), key: file.key, version: None };
    Ok(Inventory {
        files: manifest.files.into_iter().map(file).collect(),
        format: Format::Csv(CsvRules { delimiter: delimiter(csv_delimiter), headers: Some(headers) }),
    })
}

/// The files that a manifest of Athena's `UNLOAD` names, one URI a line.
pub(super) fn athena(location: &Location, objects: &dyn ObjectStore) -> Result<AthenaFiles, Failure> {
    let body = decompressed(&location.key, location.open(objects)?);
    Ok(AthenaFiles { location: location.clone(), text: Text::new(body), line: Vec::new() })
}

/// See [`athena`].
pub(super) struct AthenaFiles {
    location: Location,
    text: Text<BufReader<Box<dyn Read>>>,
    line: Vec<u8>,
}

impl Iterator for AthenaFiles {
    type Item = Result<Location, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let number = self.text.line;
            match self.text.read_line(MAX_LINE_BYTES, &mut self.line) {
                Ok(false) => return None,
                Ok(true) if self.line.trim_ascii().is_empty() => {}
                Ok(true) => {
                    let location = std::str::from_utf8(self.line.trim_ascii()).ok().and_then(location);
                    let manifest = self.location.source();
                    let text = format!("{manifest}: line {number}: not a URI such as s3://bucket/key");
                    return Some(location.ok_or_else(|| failed(text)));
                }
                Err(fault) => return Some(Err(fault.at(&self.location.source()))),
            }
        }
    }
}

fn location(uri: &str) -> Option<Location> {
    let (bucket, key) = uri.strip_prefix("s3://")?.split_once('/')?;
    let location = Location { bucket: bucket.to_owned(), key: key.to_owned(), version: None };
    (!bucket.is_empty() && !key.is_empty()).then_some(location)
}
