use async_trait::async_trait;
use serde::{Deserialize, Serialize};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Greeting {
    pub text: String,
}

#[async_trait]
pub trait Greeter {
    async fn greet(&self, name: &str) -> Greeting;
}

pub struct Polite;

#[async_trait]
impl Greeter for Polite {
    async fn greet(&self, name: &str) -> Greeting {
        Greeting {
            text: format!("Good day, {name}."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_a_round_trip() {
        let greeting = Greeting {
            text: "Hello".to_string(),
        };
        let json = serde_json::to_string(&greeting).unwrap();
        assert_eq!(serde_json::from_str::<Greeting>(&json).unwrap(), greeting);
    }
}
