use asl_core::expr::{Expr, variable};

fn main() {
    let text: Expr<String> = variable("text");
    let _ = text.parse::<std::net::IpAddr>().ok();
}
