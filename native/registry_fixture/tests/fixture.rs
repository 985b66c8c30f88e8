//! The fixture against plain sockets, and against `rebar3`'s own Hex client where it is installed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests, like the tests"
)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use registry_fixture::Fixture;

fn get(fixture: &Fixture, path: &str, headers: &str) -> String {
    let address = fixture.base().replace("http://", "");
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\n{headers}\r\n").unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn etag(answer: &str) -> &str {
    answer
        .lines()
        .find_map(|l| l.strip_prefix("etag: "))
        .unwrap()
}

#[test]
fn etags_are_quoted_but_for_hex() {
    let fixture = Fixture::start();
    for (path, quoted) in [
        ("/npm/left-trim", true),
        ("/hex/packages/ember_wire", false),
        ("/cargo/index/config.json", true),
    ] {
        let first = get(&fixture, path, "");
        assert!(first.starts_with("HTTP/1.1 200"), "{path}: {first}");
        let etag = etag(&first);
        assert_eq!(etag.starts_with('"'), quoted, "{path}");
        let second = get(&fixture, path, &format!("if-none-match: {etag}\r\n"));
        assert!(second.starts_with("HTTP/1.1 304"), "{path}: {second}");
        assert_eq!(fixture.count(path), 2);
        assert_eq!(fixture.count_status(path, 304), 1);
    }
}

#[test]
fn faults_strike_as_often_as_told() {
    let fixture = Fixture::start();
    fixture.control("status /npm/left-trim 429 7 times=1");
    let limited = get(&fixture, "/npm/left-trim", "");
    assert!(
        limited.starts_with("HTTP/1.1 429") && limited.contains("retry-after: 7"),
        "{limited}"
    );
    assert!(get(&fixture, "/npm/left-trim", "").starts_with("HTTP/1.1 200"));
    fixture.control("truncate /npm/* 10");
    assert!(get(&fixture, "/npm/left-trim", "").len() < 300);
    fixture.control("clear");
    fixture.control("slow /npm/left-trim 300");
    let start = Instant::now();
    get(&fixture, "/npm/left-trim", "");
    assert!(start.elapsed() >= Duration::from_millis(300));
    assert!(get(&fixture, "/nothing", "").starts_with("HTTP/1.1 404"));
}

#[test]
fn names_that_are_not_normalised_are_redirected() {
    let fixture = Fixture::start();
    let answer = get(&fixture, "/pypi-index/pypi/Ember_Client/json", "");
    assert!(
        answer.contains("/pypi-index/pypi/ember-client/json\r\n"),
        "{answer}"
    );
    let html = get(
        &fixture,
        "/pypi-index/simple/ember-client/",
        "accept: text/html\r\n",
    );
    assert!(html.contains("<a href="), "{html}");
}

#[test]
fn the_program_prints_its_addresses_and_ends_with_its_input() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_registry-fixture"))
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdin.take());
    let mut text = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    assert!(child.wait().unwrap().success());
    for key in ["npm=http://127.0.0.1:", "hex_public_key=/", "ready=1"] {
        assert!(text.contains(key), "{text}");
    }
}

/// An independent reader of what we make: hex_core, as Debian's rebar3 carries it.
const ERLANG: &str = r#"
-module(check).
-export([main/1]).
main([Key, Package, Tarball]) ->
    {ok, Pem} = file:read_file(Key),
    {ok, Gz} = file:read_file(Package),
    {ok, Payload} = r3_hex_registry:decode_and_verify_signed(zlib:gunzip(Gz), Pem),
    Rs = case r3_hex_registry:decode_package(Payload, <<"hexpm">>, <<"ember_router">>) of
        {ok, #{releases := List}} -> List;
        {ok, List} -> List
    end,
    {ok, Tar} = file:read_file(Tarball),
    {ok, #{outer_checksum := Outer, inner_checksum := Inner, metadata := Meta}} = r3_hex_tarball:unpack(Tar, memory),
    [R] = [R || #{version := <<"1.0.0">>} = R <- Rs],
    Outer = maps:get(outer_checksum, R),
    Inner = maps:get(inner_checksum, R),
    <<"ember_router">> = maps:get(<<"name">>, Meta),
    io:format("agreed ~p releases~n", [length(Rs)]).
"#;

#[test]
fn hex_core_reads_what_we_sign_and_pack() {
    let Some(rebar) = ["/usr/bin/rebar3", "/usr/local/bin/rebar3"]
        .iter()
        .find(|p| std::path::Path::new(p).exists())
    else {
        eprintln!("no rebar3 here: not compared with hex_core");
        return;
    };
    let dir = std::env::temp_dir().join(format!("hex-core-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let fixture = Fixture::start();
    let body = |path: &str| {
        let address = fixture.base().replace("http://", "");
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
        answer.split_off(end + 4)
    };
    std::fs::write(dir.join("key.pem"), Fixture::hex_public_key()).unwrap();
    std::fs::write(dir.join("package"), body("/hex/packages/ember_router")).unwrap();
    std::fs::write(
        dir.join("tarball"),
        body("/hex/tarballs/ember_router-1.0.0.tar"),
    )
    .unwrap();
    std::fs::write(dir.join("check.erl"), ERLANG).unwrap();
    // rebar3 is an escript: an archive of beam files behind a header.
    let script = format!(
        "{{ok, S}} = escript:extract(\"{rebar}\", []), A = proplists:get_value(archive, S), \
         {{ok, Files}} = zip:extract(A, [memory]), \
         [code:load_binary(list_to_atom(filename:basename(F, \".beam\")), F, B) || {{F, B}} <- Files, \
          filename:extension(F) =:= \".beam\", string:find(F, \"r3_\") =/= nomatch orelse \
          string:find(F, \"safe_erl_term\") =/= nomatch], \
         {{ok, check}} = compile:file(\"check\"), check:main([\"key.pem\", \"package\", \"tarball\"]), halt(0)."
    );
    let output = Command::new("erl")
        .args(["-noshell", "-eval", &script])
        .current_dir(&dir)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("agreed 4 releases"), "{said}");
    std::fs::remove_dir_all(dir).unwrap();
}
