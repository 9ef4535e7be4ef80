//! From an object's bytes to the items in it.

use std::rc::Rc;

use asl_core::model::{CsvDelimiter, CsvHeaderLocation, InputType};
use serde_json::Value;

use super::compression::decompressed;
use super::csv::{self, CsvRules};
use super::fault::{Fault, failed, unreadable};
use super::reader::ItemReader;
use super::{Item, json, json_lines};
use crate::Failure;
use crate::world::{Body, ObjectStore};

/// A value of a file, with its name if it is a member of an object.
pub(super) type Entry = (Option<String>, Value);

/// The values of a file.
type Entries = Box<dyn Iterator<Item = Result<Entry, Fault>>>;

/// How the bytes of a file become items.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Format {
    Csv(CsvRules),
    Json { pointer: Option<String> },
    JsonLines,
    Parquet,
}

impl Format {
    /// The format that the reader's configuration describes.
    pub(super) fn of(reader: &ItemReader) -> Result<Self, Failure> {
        match reader.input_type {
            Some(InputType::Csv) => Ok(Self::Csv(csv_rules(reader)?)),
            Some(InputType::Json) => Ok(Self::Json { pointer: reader.items_pointer.clone() }),
            Some(InputType::JsonLines) => Ok(Self::JsonLines),
            Some(InputType::Parquet) => Ok(Self::Parquet),
            Some(InputType::Manifest) => Err(failed("InputType MANIFEST names no format of the files")),
            None => Err(failed("ReaderConfig has no InputType")),
        }
    }

    fn entries(self, key: &str, body: Box<dyn Body>) -> Result<Entries, Fault> {
        Ok(match self {
            Self::Csv(rules) => Box::new(csv::rows(decompressed(key, body), rules)?),
            Self::Json { pointer } => Box::new(json::elements(decompressed(key, body), pointer.as_deref())?),
            Self::JsonLines => Box::new(json_lines::documents(decompressed(key, body))),
            Self::Parquet => parquet(body)?,
        })
    }
}

fn csv_rules(reader: &ItemReader) -> Result<CsvRules, Failure> {
    let headers = match reader.csv_header_location {
        Some(CsvHeaderLocation::FirstRow) => None,
        Some(CsvHeaderLocation::Given) => {
            Some(reader.csv_headers.clone().ok_or_else(|| failed("ReaderConfig has no CSVHeaders"))?)
        }
        None => return Err(failed("ReaderConfig has no CSVHeaderLocation")),
    };
    Ok(CsvRules { delimiter: delimiter(reader.csv_delimiter), headers })
}

/// `CSVDelimiter` as a character.
pub(super) fn delimiter(delimiter: Option<CsvDelimiter>) -> u8 {
    match delimiter {
        None | Some(CsvDelimiter::Comma) => b',',
        Some(CsvDelimiter::Pipe) => b'|',
        Some(CsvDelimiter::Semicolon) => b';',
        Some(CsvDelimiter::Space) => b' ',
        Some(CsvDelimiter::Tab) => b'\t',
    }
}

#[cfg(feature = "parquet")]
fn parquet(body: Box<dyn Body>) -> Result<Entries, Fault> {
    Ok(Box::new(super::parquet::rows(body)?))
}

#[cfg(not(feature = "parquet"))]
fn parquet(_body: Box<dyn Body>) -> Result<Entries, Fault> {
    let text = "Parquet files are read only if asl-local is built with the feature `parquet`";
    Err(Fault::Malformed(text.to_owned()))
}

/// Where a file is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Location {
    pub(super) bucket: String,
    pub(super) key: String,
    pub(super) version: Option<String>,
}

impl Location {
    /// `Map.Item.Source` of the items in this file.
    pub(super) fn source(&self) -> Rc<str> {
        format!("S3://{}/{}", self.bucket, self.key).into()
    }

    pub(super) fn open(&self, objects: &dyn ObjectStore) -> Result<Box<dyn Body>, Failure> {
        let body = objects.get(&self.bucket, &self.key, self.version.as_deref());
        body.map_err(|error| unreadable(&error))
    }
}

/// The items of files, one file after the other. One is open at a time.
pub(super) struct Files<L> {
    pub(super) objects: Rc<dyn ObjectStore>,
    pub(super) locations: L,
    pub(super) format: Format,
    pub(super) open: Option<(Rc<str>, Entries)>,
}

impl<L: Iterator<Item = Result<Location, Failure>>> Iterator for Files<L> {
    type Item = Result<Item, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((source, entries)) = &mut self.open {
                if let Some(entry) = entries.next() {
                    let item = entry.map(|(key, value)| Item { value, key, source: Rc::clone(source) });
                    return Some(item.map_err(|fault| fault.at(source)));
                }
                self.open = None;
            }
            let opened = self.locations.next()?.and_then(|location| {
                let source = location.source();
                let body = location.open(&*self.objects)?;
                let entries = self.format.clone().entries(&location.key, body);
                entries.map(|entries| (Rc::clone(&source), entries)).map_err(|fault| fault.at(&source))
            });
            match opened {
                Ok(opened) => self.open = Some(opened),
                Err(failure) => return Some(Err(failure)),
            }
        }
    }
}
