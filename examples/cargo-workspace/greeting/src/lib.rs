use anyhow::{ensure, Result};

/// A greeting for a name, which must not be empty.
pub fn greet(name: &str) -> Result<String> {
    ensure!(!name.is_empty(), "nobody to greet");
    Ok(format!("Hello, {name}!"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greets() {
        assert_eq!(greet("world").unwrap(), "Hello, world!");
    }

    #[test]
    fn refuses_nobody() {
        assert!(greet("").is_err());
    }
}
