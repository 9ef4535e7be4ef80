use super::string_enum::string_enum;

string_enum! {
    /// The 39 comparators of a JSONPath Choice rule, named as their fields.
    ///
    /// One whose name ends in `Path` takes its operand from the state's input.
    /// See [Data-test expression](https://states-language.net/#data-test-expression).
    Comparator {
        /// The string equals the operand.
        StringEquals = "StringEquals",
        /// The string equals the one at a path.
        StringEqualsPath = "StringEqualsPath",
        /// The string is less than the operand.
        StringLessThan = "StringLessThan",
        /// The string is less than the one at a path.
        StringLessThanPath = "StringLessThanPath",
        /// The string is greater than the operand.
        StringGreaterThan = "StringGreaterThan",
        /// The string is greater than the one at a path.
        StringGreaterThanPath = "StringGreaterThanPath",
        /// The string is at most the operand.
        StringLessThanEquals = "StringLessThanEquals",
        /// The string is at most the one at a path.
        StringLessThanEqualsPath = "StringLessThanEqualsPath",
        /// The string is at least the operand.
        StringGreaterThanEquals = "StringGreaterThanEquals",
        /// The string is at least the one at a path.
        StringGreaterThanEqualsPath = "StringGreaterThanEqualsPath",
        /// The number equals the operand.
        NumericEquals = "NumericEquals",
        /// The number equals the one at a path.
        NumericEqualsPath = "NumericEqualsPath",
        /// The number is less than the operand.
        NumericLessThan = "NumericLessThan",
        /// The number is less than the one at a path.
        NumericLessThanPath = "NumericLessThanPath",
        /// The number is greater than the operand.
        NumericGreaterThan = "NumericGreaterThan",
        /// The number is greater than the one at a path.
        NumericGreaterThanPath = "NumericGreaterThanPath",
        /// The number is at most the operand.
        NumericLessThanEquals = "NumericLessThanEquals",
        /// The number is at most the one at a path.
        NumericLessThanEqualsPath = "NumericLessThanEqualsPath",
        /// The number is at least the operand.
        NumericGreaterThanEquals = "NumericGreaterThanEquals",
        /// The number is at least the one at a path.
        NumericGreaterThanEqualsPath = "NumericGreaterThanEqualsPath",
        /// The boolean equals the operand.
        BooleanEquals = "BooleanEquals",
        /// The boolean equals the one at a path.
        BooleanEqualsPath = "BooleanEqualsPath",
        /// The timestamp equals the operand.
        TimestampEquals = "TimestampEquals",
        /// The timestamp equals the one at a path.
        TimestampEqualsPath = "TimestampEqualsPath",
        /// The timestamp is less than the operand.
        TimestampLessThan = "TimestampLessThan",
        /// The timestamp is less than the one at a path.
        TimestampLessThanPath = "TimestampLessThanPath",
        /// The timestamp is greater than the operand.
        TimestampGreaterThan = "TimestampGreaterThan",
        /// The timestamp is greater than the one at a path.
        TimestampGreaterThanPath = "TimestampGreaterThanPath",
        /// The timestamp is at most the operand.
        TimestampLessThanEquals = "TimestampLessThanEquals",
        /// The timestamp is at most the one at a path.
        TimestampLessThanEqualsPath = "TimestampLessThanEqualsPath",
        /// The timestamp is at least the operand.
        TimestampGreaterThanEquals = "TimestampGreaterThanEquals",
        /// The timestamp is at least the one at a path.
        TimestampGreaterThanEqualsPath = "TimestampGreaterThanEqualsPath",
        /// The string matches a pattern in which `*` stands for any characters.
        StringMatches = "StringMatches",
        /// The value is `null`.
        IsNull = "IsNull",
        /// The path finds a value.
        IsPresent = "IsPresent",
        /// The value is a number.
        IsNumeric = "IsNumeric",
        /// The value is a string.
        IsString = "IsString",
        /// The value is `true` or `false`.
        IsBoolean = "IsBoolean",
        /// The value is an RFC 3339 timestamp.
        IsTimestamp = "IsTimestamp",
    }
}

/// What a comparator compares with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperandType {
    /// A string.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An RFC 3339 timestamp.
    Timestamp,
    /// A Reference Path to one of the others.
    Path,
}

impl Comparator {
    /// What the operand in JSON must be.
    #[must_use]
    pub fn operand_type(self) -> OperandType {
        let name = self.as_str();
        if name.ends_with("Path") {
            OperandType::Path
        } else if name.starts_with("String") {
            OperandType::String
        } else if name.starts_with("Numeric") {
            OperandType::Number
        } else if name.starts_with("Timestamp") {
            OperandType::Timestamp
        } else {
            OperandType::Boolean
        }
    }
}
