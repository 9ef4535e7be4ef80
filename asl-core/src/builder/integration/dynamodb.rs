use super::{Call, integration, parameters};
use crate::builder::{IntoPayload, IntoTransition, Language, Plain, Task};

integration! {
    /// `dynamodb:getItem`: see [`Task::dynamodb_get_item`].
    DynamodbGetItem
}
integration! {
    /// `dynamodb:putItem`: see [`Task::dynamodb_put_item`].
    DynamodbPutItem
}
integration! {
    /// `dynamodb:updateItem`: see [`Task::dynamodb_update_item`].
    DynamodbUpdateItem
}
integration! {
    /// `dynamodb:deleteItem`: see [`Task::dynamodb_delete_item`].
    DynamodbDeleteItem
}

fn item<L: Language, I>(
    action: &str,
    table_name: impl IntoPayload<L>,
    (name, value): (&str, impl IntoPayload<L>),
    transition: impl IntoTransition,
) -> Task<L, I> {
    Task::of_integration(Call::new(format!("dynamodb:{action}")), transition)
        .parameter("TableName", table_name)
        .parameter(name, value)
}

/// Values of attributes carry their type: `{"S": "text"}`, `{"N": "1"}`.
/// See [DynamoDB](https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html).
impl<L: Language> Task<L, Plain> {
    /// Reads an item by its key (`dynamodb:getItem`).
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end, path, template};
    /// let key = template().set("id", template().set("S", path("$.userId")));
    /// let task = Task::dynamodb_get_item("users", key, end()).consistent_read(true);
    /// assert_eq!(serde_json::json!(task)["Parameters"]["Key"]["id"]["S.$"], "$.userId");
    /// ```
    pub fn dynamodb_get_item(
        table_name: impl IntoPayload<L>,
        key: impl IntoPayload<L>,
        transition: impl IntoTransition,
    ) -> Task<L, DynamodbGetItem> {
        item("getItem", table_name, ("Key", key), transition)
    }

    /// Writes an item (`dynamodb:putItem`).
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, next, path, template};
    /// let user = template()
    ///     .set("id", template().set("S", path("$.user.id")))
    ///     .set("name", template().set("S", path("$.user.name")));
    /// let task = Task::dynamodb_put_item("users", user, next("Done"));
    /// assert_eq!(serde_json::json!(task)["Parameters"]["Item"]["name"]["S.$"], "$.user.name");
    /// ```
    pub fn dynamodb_put_item(
        table_name: impl IntoPayload<L>,
        value: impl IntoPayload<L>,
        transition: impl IntoTransition,
    ) -> Task<L, DynamodbPutItem> {
        item("putItem", table_name, ("Item", value), transition)
    }

    /// Changes an item (`dynamodb:updateItem`), as [`update_expression`](Task::update_expression) says.
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end};
    /// use serde_json::json;
    /// let task = Task::dynamodb_update_item("users", json!({"id": {"S.$": "$.userId"}}), end())
    ///     .update_expression("SET visits = visits + :one")
    ///     .expression_attribute_values(json!({":one": {"N": "1"}}));
    /// assert_eq!(json!(task)["Parameters"]["UpdateExpression"], "SET visits = visits + :one");
    /// ```
    pub fn dynamodb_update_item(
        table_name: impl IntoPayload<L>,
        key: impl IntoPayload<L>,
        transition: impl IntoTransition,
    ) -> Task<L, DynamodbUpdateItem> {
        item("updateItem", table_name, ("Key", key), transition)
    }

    /// Deletes an item by its key (`dynamodb:deleteItem`).
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end};
    /// use serde_json::json;
    /// let task = Task::dynamodb_delete_item("users", json!({"id": {"S.$": "$.userId"}}), end());
    /// assert_eq!(json!(task)["Resource"], "arn:aws:states:::dynamodb:deleteItem");
    /// ```
    pub fn dynamodb_delete_item(
        table_name: impl IntoPayload<L>,
        key: impl IntoPayload<L>,
        transition: impl IntoTransition,
    ) -> Task<L, DynamodbDeleteItem> {
        item("deleteItem", table_name, ("Key", key), transition)
    }
}

impl<L: Language> Task<L, DynamodbGetItem> {
    parameters! {
        "Task::dynamodb_get_item(\"users\", template(), end())";
        /// Sets `ConsistentRead`: whether all writes so far are seen.
        consistent_read "ConsistentRead";
        /// Sets `ProjectionExpression`: which attributes are read; all if not set.
        projection_expression "ProjectionExpression";
        /// Sets `ExpressionAttributeNames`: names for `#placeholders` in the expressions.
        expression_attribute_names "ExpressionAttributeNames";
    }
}

/// The setters of what writes.
macro_rules! writes {
    ($integration:ident, $example:literal) => {
        impl<L: Language> Task<L, $integration> {
            parameters! {
                $example;
                /// Sets `ConditionExpression`: what must hold for the write to happen.
                condition_expression "ConditionExpression";
                /// Sets `ExpressionAttributeNames`: names for `#placeholders` in the expressions.
                expression_attribute_names "ExpressionAttributeNames";
                /// Sets `ExpressionAttributeValues`: values for `:placeholders` in the expressions.
                expression_attribute_values "ExpressionAttributeValues";
                /// Sets `ReturnValues`: which attributes are in the result, `NONE` if not set.
                return_values "ReturnValues";
            }
        }
    };
}

writes!(DynamodbPutItem, "Task::dynamodb_put_item(\"users\", template(), end())");
writes!(DynamodbUpdateItem, "Task::dynamodb_update_item(\"users\", template(), end())");
writes!(DynamodbDeleteItem, "Task::dynamodb_delete_item(\"users\", template(), end())");

impl<L: Language> Task<L, DynamodbUpdateItem> {
    parameters! {
        "Task::dynamodb_update_item(\"users\", template(), end())";
        /// Sets `UpdateExpression`: what is changed.
        update_expression "UpdateExpression";
    }
}
