use std::rc::Rc;

use asl_core::model::{CsvDelimiter, CsvHeaderLocation, InputType, ManifestType, ReaderTransformation};
use serde_json::{Number, Value, json};

use super::fault::{failed, unreadable};
use super::file::{Files, Format, Location};
use super::{Item, ItemStream, manifest};
use crate::Failure;
use crate::world::{Object, ObjectStore};

/// `ItemReader` of a Distributed Map whose templates and paths have been evaluated.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ItemReader {
    /// `Resource`, with its `Parameters` or `Arguments`.
    pub(crate) source: Source,
    /// `InputType`.
    pub(crate) input_type: Option<InputType>,
    /// `Transformation`; absent is `NONE`.
    pub(crate) transformation: Option<ReaderTransformation>,
    /// `ManifestType`.
    pub(crate) manifest_type: Option<ManifestType>,
    /// `CSVDelimiter`; absent is `COMMA`.
    pub(crate) csv_delimiter: Option<CsvDelimiter>,
    /// `CSVHeaderLocation`.
    pub(crate) csv_header_location: Option<CsvHeaderLocation>,
    /// `CSVHeaders`.
    pub(crate) csv_headers: Option<Vec<String>>,
    /// `MaxItems`, or what `MaxItemsPath` leads to. 0 and absent are no limit, more than 100,000,000 is capped.
    pub(crate) max_items: Option<i64>,
    /// `ItemsPointer`, a JSON Pointer.
    pub(crate) items_pointer: Option<String>,
}

/// What an [`ItemReader`] calls.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Source {
    /// `s3:getObject`.
    Object {
        /// `Bucket`.
        bucket: String,
        /// `Key`.
        key: String,
        /// `VersionId`.
        version: Option<String>,
    },
    /// `s3:listObjectsV2`.
    Listing {
        /// `Bucket`.
        bucket: String,
        /// `Prefix`; empty if absent.
        prefix: String,
    },
}

impl ItemReader {
    /// A reader without `ReaderConfig`.
    pub(crate) fn new(source: Source) -> Self {
        Self {
            source,
            input_type: None,
            transformation: None,
            manifest_type: None,
            csv_delimiter: None,
            csv_header_location: None,
            csv_headers: None,
            max_items: None,
            items_pointer: None,
        }
    }
}

/// The items that a reader gives, in the order of the files and of what stands in them.
///
/// Little is read before the first item is asked for, and never more than a buffer ahead, so most faults come up while
/// items are taken.
///
/// # Errors
///
/// `States.ItemReaderFailed` if the reader itself is wrong, or if there is no such bucket or manifest.
pub(crate) fn items(reader: &ItemReader, objects: &Rc<dyn ObjectStore>) -> Result<ItemStream, Failure> {
    let limit = limit(reader.max_items)?;
    let items: Box<dyn Iterator<Item = Result<Item, Failure>>> = match &reader.source {
        Source::Listing { bucket, prefix } => {
            let listing = objects.list(bucket, prefix).map_err(|error| unreadable(&error))?;
            let listing = listing.map(|object| object.map_err(|error| unreadable(&error)));
            match reader.transformation {
                None | Some(ReaderTransformation::None) => {
                    let source = Rc::from(format!("S3://{bucket}"));
                    Box::new(listing.map(move |object| Ok(listed(&object?, &source))))
                }
                Some(ReaderTransformation::LoadAndFlatten) => {
                    let bucket = bucket.clone();
                    // S3 consoles show folders by empty objects; what the service does with them is not known
                    let is_folder = |object: &Object| object.key.ends_with('/') && object.size == 0;
                    let locations = listing.filter(move |object| !object.as_ref().is_ok_and(is_folder)).map(
                        move |object| {
                            Ok(Location { bucket: bucket.clone(), key: object?.key, version: None })
                        },
                    );
                    files(objects, locations, Format::of(reader)?)
                }
            }
        }
        Source::Object { bucket, key, version } => {
            let location = Location { bucket: bucket.clone(), key: key.clone(), version: version.clone() };
            match (reader.manifest_type, reader.input_type) {
                (Some(ManifestType::AthenaData), _) => {
                    let format = Format::of(reader)?;
                    files(objects, manifest::athena(&location, &**objects)?, format)
                }
                (Some(ManifestType::S3Inventory), _) | (None, Some(InputType::Manifest)) => {
                    let inventory = manifest::inventory(&location, &**objects, reader.csv_delimiter)?;
                    files(objects, inventory.files.into_iter().map(Ok), inventory.format)
                }
                (None, _) => files(objects, std::iter::once(Ok(location)), Format::of(reader)?),
            }
        }
    };
    Ok(ItemStream::new(items, limit))
}

fn files(
    objects: &Rc<dyn ObjectStore>,
    locations: impl Iterator<Item = Result<Location, Failure>> + 'static,
    format: Format,
) -> Box<dyn Iterator<Item = Result<Item, Failure>>> {
    Box::new(Files { objects: Rc::clone(objects), locations, format, open: None })
}

/// `MaxItems` as a number of items.
fn limit(max_items: Option<i64>) -> Result<u64, Failure> {
    const MOST: u64 = 100_000_000;
    match max_items.map(u64::try_from) {
        None | Some(Ok(0)) => Ok(u64::MAX),
        Some(Ok(items)) => Ok(items.min(MOST)),
        Some(Err(_)) => Err(failed("field MaxItems must be positive")),
    }
}

/// An entry of a listing as an item.
fn listed(object: &Object, source: &Rc<str>) -> Item {
    #[expect(clippy::cast_possible_truncation, reason = "compared with the original right after")]
    let seconds = object.last_modified as i64;
    #[expect(clippy::cast_precision_loss, clippy::float_cmp, reason = "asks whether the number is whole")]
    let modified = if seconds as f64 == object.last_modified {
        Value::from(seconds)
    } else {
        Number::from_f64(object.last_modified).map_or(Value::Null, Value::Number)
    };
    let value = json!({
        "Etag": object.etag,
        "Key": object.key,
        "LastModified": modified,
        "Size": object.size,
        "StorageClass": object.storage_class,
    });
    Item { value, key: None, source: Rc::clone(source) }
}
