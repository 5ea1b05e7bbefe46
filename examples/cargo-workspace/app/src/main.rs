use anyhow::Context;

fn main() -> anyhow::Result<()> {
    let name = std::env::args().nth(1).context("usage: app NAME")?;
    println!("{}", greeting::greet(&name)?);
    Ok(())
}
