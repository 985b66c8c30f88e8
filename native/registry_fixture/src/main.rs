//! Serves the fixture until standard input is closed.

use std::io::{self, Read, Write};

use registry_fixture::Fixture;

fn main() -> io::Result<()> {
    let fixture = Fixture::try_start()?;
    let key = std::env::temp_dir().join(format!("registry-fixture-{}.pem", std::process::id()));
    std::fs::write(&key, Fixture::hex_public_key())?;
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "base={}\nelsewhere={}",
        fixture.base(),
        fixture.elsewhere()
    )?;
    for (name, url) in fixture.endpoints() {
        writeln!(out, "{name}={url}")?;
    }
    writeln!(out, "hex_public_key={}\nready=1", key.display())?;
    out.flush()?;
    let mut sink = [0; 1024];
    let mut input = io::stdin().lock();
    while input.read(&mut sink)? > 0 {}
    std::fs::remove_file(key)
}
