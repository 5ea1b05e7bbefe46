use greeting::{Greeter, Polite};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let greeting = Polite.greet("world").await;
    println!("{}", serde_json::to_string(&greeting).expect("text is always JSON"));
}
