//! Where results are written, as data of a workflow.

use super::{MapRun, ResultWriterDetails};
use crate::expr::structure::{self, Object};
use crate::expr::{AslData, Expr, Shape, constant};
use crate::syntax::jsonata::Expression;

/// The fields of a [`MapRun`].
#[derive(Debug)]
#[non_exhaustive]
pub struct MapRunFields {
    /// The ARN of the Map Run.
    pub map_run_arn: Expr<String>,
    /// Where its manifest is.
    pub result_writer_details: Expr<ResultWriterDetails>,
}

/// The fields of [`ResultWriterDetails`].
#[derive(Debug)]
#[non_exhaustive]
pub struct ResultWriterDetailsFields {
    /// The bucket.
    pub bucket: Expr<String>,
    /// The key of `manifest.json`.
    pub key: Expr<String>,
}

impl AslData for MapRun {
    type Data = Self;
    type Fields = MapRunFields;
    const SHAPE: Shape = Shape::PLAIN;

    fn fields(base: &Expression) -> MapRunFields {
        MapRunFields {
            map_run_arn: structure::field(base, "MapRunArn"),
            result_writer_details: structure::field(base, "ResultWriterDetails"),
        }
    }

    fn literal(&self) -> Expression {
        let details = self.result_writer_details.literal();
        Object::new()
            .put("MapRunArn", &constant(self.map_run_arn.as_str()))
            .put_tree("ResultWriterDetails", details)
            .finish()
    }
}

impl AslData for ResultWriterDetails {
    type Data = Self;
    type Fields = ResultWriterDetailsFields;
    const SHAPE: Shape = Shape::PLAIN;

    fn fields(base: &Expression) -> ResultWriterDetailsFields {
        ResultWriterDetailsFields {
            bucket: structure::field(base, "Bucket"),
            key: structure::field(base, "Key"),
        }
    }

    fn literal(&self) -> Expression {
        Object::new()
            .put("Bucket", &constant(self.bucket.as_str()))
            .put("Key", &constant(self.key.as_str()))
            .finish()
    }
}
