fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Task { Resource: "arn:aws:states:::sqs:sendMesage", Parameters: { QueueUrl: "q", MessageBody: "b" }, End: true },
        },
    };
}
