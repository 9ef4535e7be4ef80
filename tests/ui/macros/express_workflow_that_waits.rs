fn main() {
    let _machine = asl_macros::asl! {
        #![express]
        StartAt: Ship,
        States: {
            Ship: Task {
                Resource: "arn:aws:states:::ecs:runTask.sync",
                Parameters: { TaskDefinition: "ship" },
                End: true,
            },
        },
    };
}
