//! The rows of the table of optimized integrations, sorted by service and action.

use super::{OptimizedAction, Pattern, UsedIn};

const REQUEST: &[Pattern] = &[Pattern::RequestResponse];
const SYNC: &[Pattern] = &[Pattern::RequestResponse, Pattern::Sync];
const TOKEN: &[Pattern] = &[Pattern::RequestResponse, Pattern::WaitForTaskToken];
const SYNC_TOKEN: &[Pattern] = &[Pattern::RequestResponse, Pattern::Sync, Pattern::WaitForTaskToken];
const SYNC_SYNC2_TOKEN: &[Pattern] = &Pattern::ALL;

const fn row(
    service: &'static str,
    name: &'static str,
    patterns: &'static [Pattern],
    required: &'static [&'static str],
) -> OptimizedAction {
    OptimizedAction { service, name, patterns, required, one_of: &[], used_in: UsedIn::Task }
}

impl OptimizedAction {
    const fn one_of(self, one_of: &'static [&'static str]) -> Self {
        Self { one_of, ..self }
    }

    const fn used_in(self, used_in: UsedIn) -> Self {
        Self { used_in, ..self }
    }
}

pub(super) static CATALOGUE: &[OptimizedAction] = &[
    row("apigateway", "invoke", TOKEN, &["ApiEndpoint", "Method"]),
    row("athena", "getQueryExecution", REQUEST, &["QueryExecutionId"]),
    row("athena", "getQueryResults", REQUEST, &["QueryExecutionId"]),
    row("athena", "startQueryExecution", SYNC, &["QueryString"]),
    row("athena", "stopQueryExecution", REQUEST, &["QueryExecutionId"]),
    row("batch", "submitJob", SYNC, &["JobName", "JobQueue", "JobDefinition"]),
    row(
        "bedrock",
        "createModelCustomizationJob",
        SYNC,
        &[
            "JobName",
            "CustomModelName",
            "RoleArn",
            "BaseModelIdentifier",
            "TrainingDataConfig",
            "OutputDataConfig",
        ],
    ),
    // The guide gives Bedrock `.waitForTaskToken` without saying for which action.
    row("bedrock", "invokeModel", TOKEN, &["ModelId"]),
    // New, and the name of its parameters differs between sources.
    row("bedrock-agentcore", "invokeHarness", REQUEST, &[]),
    row("codebuild", "batchDeleteBuilds", REQUEST, &["Ids"]),
    row("codebuild", "batchGetReports", REQUEST, &["ReportArns"]),
    row("codebuild", "deleteBuildBatch", REQUEST, &["Id"]),
    // `Id` and `Arn` both name the batch.
    row("codebuild", "retryBuildBatch", SYNC, &[]),
    row("codebuild", "startBuild", SYNC, &["ProjectName"]),
    row("codebuild", "startBuildBatch", SYNC, &["ProjectName"]),
    row("codebuild", "stopBuild", REQUEST, &["Id"]),
    row("codebuild", "stopBuildBatch", REQUEST, &["Id"]),
    row("databrew", "startJobRun", SYNC, &["Name"]),
    row("dynamodb", "deleteItem", REQUEST, &["TableName", "Key"]),
    row("dynamodb", "getItem", REQUEST, &["TableName", "Key"]),
    row("dynamodb", "putItem", REQUEST, &["TableName", "Item"]),
    row("dynamodb", "updateItem", REQUEST, &["TableName", "Key"]),
    row("ecs", "runTask", SYNC_TOKEN, &["TaskDefinition"]),
    // The guide gives EKS `.waitForTaskToken`; only `call` and `runJob` can carry a token.
    row("eks", "call", TOKEN, &["ClusterName", "CertificateAuthority", "Endpoint", "Method", "Path"]),
    row("eks", "createCluster", SYNC, &["Name", "RoleArn", "ResourcesVpcConfig"]),
    row("eks", "createFargateProfile", SYNC, &["FargateProfileName", "ClusterName", "PodExecutionRoleArn"]),
    row("eks", "createNodegroup", SYNC, &["ClusterName", "NodegroupName", "Subnets", "NodeRole"]),
    row("eks", "deleteCluster", SYNC, &["Name"]),
    row("eks", "deleteFargateProfile", SYNC, &["ClusterName", "FargateProfileName"]),
    row("eks", "deleteNodegroup", SYNC, &["ClusterName", "NodegroupName"]),
    row("eks", "runJob", SYNC_TOKEN, &["ClusterName", "CertificateAuthority", "Endpoint", "Job"]),
    row("elasticmapreduce", "addStep", SYNC, &["ClusterId", "Step"]),
    row("elasticmapreduce", "cancelStep", REQUEST, &["ClusterId", "StepId"]),
    row("elasticmapreduce", "createCluster", SYNC, &["Name", "Instances"]),
    row(
        "elasticmapreduce",
        "modifyInstanceFleetByName",
        REQUEST,
        &["ClusterId", "InstanceFleetName", "InstanceFleet"],
    ),
    row(
        "elasticmapreduce",
        "modifyInstanceGroupByName",
        REQUEST,
        &["ClusterId", "InstanceGroupName", "InstanceGroup"],
    ),
    row(
        "elasticmapreduce",
        "setClusterTerminationProtection",
        REQUEST,
        &["ClusterId", "TerminationProtected"],
    ),
    row("elasticmapreduce", "terminateCluster", SYNC, &["ClusterId"]),
    row("emr-containers", "createVirtualCluster", REQUEST, &["Name", "ContainerProvider"]),
    row("emr-containers", "deleteVirtualCluster", SYNC, &["Id"]),
    row("emr-containers", "startJobRun", SYNC, &["VirtualClusterId"]),
    row("emr-serverless", "cancelJobRun", SYNC, &["ApplicationId", "JobRunId"]),
    row("emr-serverless", "createApplication", SYNC, &["ReleaseLabel", "Type"]),
    row("emr-serverless", "deleteApplication", SYNC, &["ApplicationId"]),
    row("emr-serverless", "startApplication", SYNC, &["ApplicationId"]),
    row("emr-serverless", "startJobRun", SYNC, &["ApplicationId", "ExecutionRoleArn"]),
    row("emr-serverless", "stopApplication", SYNC, &["ApplicationId"]),
    row("events", "putEvents", TOKEN, &["Entries"]),
    row("glue", "startJobRun", SYNC, &["JobName"]),
    row("http", "invoke", REQUEST, &["ApiEndpoint", "Method"])
        .one_of(&["Authentication", "InvocationConfig"]),
    row("lambda", "invoke", TOKEN, &["FunctionName"]),
    row("mediaconvert", "createJob", SYNC, &["Role", "Settings"]),
    row("s3", "getObject", REQUEST, &[]).used_in(UsedIn::ItemReader),
    row("s3", "listObjectsV2", REQUEST, &[]).used_in(UsedIn::ItemReader),
    row("s3", "putObject", REQUEST, &[]).used_in(UsedIn::ResultWriter),
    row("sagemaker", "createEndpoint", REQUEST, &["EndpointName", "EndpointConfigName"]),
    row("sagemaker", "createEndpointConfig", REQUEST, &["EndpointConfigName", "ProductionVariants"]),
    row(
        "sagemaker",
        "createHyperParameterTuningJob",
        SYNC,
        &["HyperParameterTuningJobName", "HyperParameterTuningJobConfig"],
    ),
    row(
        "sagemaker",
        "createLabelingJob",
        SYNC,
        &[
            "LabelingJobName",
            "LabelAttributeName",
            "InputConfig",
            "OutputConfig",
            "RoleArn",
            "HumanTaskConfig",
        ],
    ),
    row("sagemaker", "createModel", REQUEST, &["ModelName"]),
    row(
        "sagemaker",
        "createProcessingJob",
        SYNC,
        &["ProcessingJobName", "ProcessingResources", "AppSpecification", "RoleArn"],
    ),
    row("sagemaker", "createTrainingJob", SYNC, &["TrainingJobName", "RoleArn", "OutputDataConfig"]),
    row(
        "sagemaker",
        "createTransformJob",
        SYNC,
        &["TransformJobName", "ModelName", "TransformInput", "TransformOutput", "TransformResources"],
    ),
    row("sagemaker", "updateEndpoint", REQUEST, &["EndpointName", "EndpointConfigName"]),
    row("sns", "publish", TOKEN, &["Message"]).one_of(&["TopicArn", "TargetArn", "PhoneNumber"]),
    row("sqs", "sendMessage", TOKEN, &["QueueUrl", "MessageBody"]),
    row("states", "startExecution", SYNC_SYNC2_TOKEN, &["StateMachineArn"]),
];
