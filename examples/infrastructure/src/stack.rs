use asl_core::{Invalid, Valid};
use serde_json::{Map, Value, json};

use crate::Stage;
use crate::workflow::{FUNCTIONS, ON_CALL_TOPIC_ARN, invoice_run};

/// All that is deployed together in one stage.
#[derive(Debug, Clone)]
pub struct Stack {
    stage: Stage,
    invoice_run: Valid,
}

impl Stack {
    /// The stack of a stage.
    ///
    /// # Errors
    ///
    /// If a rule finds an error in the state machine of this stage.
    pub fn new(stage: Stage) -> Result<Self, Box<Invalid>> {
        Ok(Self { stage, invoice_run: invoice_run(stage)? })
    }

    /// The state machine that sends the invoices.
    #[must_use]
    pub const fn invoice_run(&self) -> &Valid {
        &self.invoice_run
    }

    /// What the placeholders of the state machine stand for: one value each, as CloudFormation writes it.
    #[must_use]
    pub fn substitutions(&self) -> Map<String, Value> {
        let mut substitutions = Map::new();
        if self.stage.tells_on_call() {
            substitutions.insert(ON_CALL_TOPIC_ARN.to_owned(), json!({"Ref": "OnCallTopic"}));
        }
        substitutions
    }

    /// The CloudFormation template.
    #[must_use]
    pub fn template(&self) -> Value {
        let stage = self.stage;
        let mut resources = Map::new();
        if stage.tells_on_call() {
            resources.insert("OnCallTopic".to_owned(), json!({"Type": "AWS::SNS::Topic"}));
        }
        resources.insert("InvoiceRunRole".to_owned(), self.role());
        resources.insert(
            "InvoiceRun".to_owned(),
            json!({
                "Type": "AWS::StepFunctions::StateMachine",
                "Properties": {
                    "StateMachineName": format!("{stage}-invoice-run"),
                    "StateMachineType": "STANDARD",
                    "RoleArn": {"Fn::GetAtt": ["InvoiceRunRole", "Arn"]},
                    "DefinitionString": self.invoice_run.to_json(),
                    "DefinitionSubstitutions": self.substitutions(),
                },
            }),
        );
        json!({
            "AWSTemplateFormatVersion": "2010-09-09",
            "Description": format!("Sends the invoices that are due ({stage})"),
            "Resources": resources,
        })
    }

    /// The role of the state machine: it may do what its states do, and no more.
    fn role(&self) -> Value {
        let mut statements = vec![json!({
            "Effect": "Allow",
            "Action": "lambda:InvokeFunction",
            "Resource": FUNCTIONS.map(|function| self.stage.function_arn(function)),
        })];
        if self.stage.tells_on_call() {
            statements.push(
                json!({"Effect": "Allow", "Action": "sns:Publish", "Resource": {"Ref": "OnCallTopic"}}),
            );
        }
        json!({
            "Type": "AWS::IAM::Role",
            "Properties": {
                "AssumeRolePolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [{
                        "Effect": "Allow",
                        "Principal": {"Service": "states.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                    }],
                },
                "Policies": [{
                    "PolicyName": "call-what-the-states-call",
                    "PolicyDocument": {"Version": "2012-10-17", "Statement": statements},
                }],
            },
        })
    }
}
