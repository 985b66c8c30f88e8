//! Proxies and root certificates come from the environment, which cannot be changed within a
//! process: these tests run themselves again in a child that has another one.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Command, Output};
use std::sync::Arc;
use std::thread;

use registry_fixture::Fixture;
use registry_indexer::transport::{Call, Cap, Transport, TransportOptions};
use registry_types::Limits;

const CAP: Cap = Cap {
    name: "metadata_bytes",
    bytes: 1_000_000,
};
const ADDRESS: &str = "SURROUNDINGS_ADDRESS";

/// Runs the ignored test `name` in a process with `variables`.
fn child(name: &str, address: &str, variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(std::env::current_exe().unwrap());
    for proxy in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(proxy).env_remove(proxy.to_lowercase());
    }
    command.args([
        "--exact",
        &format!("surroundings::{name}"),
        "--ignored",
        "--nocapture",
    ]);
    command
        .env(ADDRESS, address)
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8_lossy(&text).into_owned()
}

/// Asks for the address in the environment and prints what comes.
#[test]
#[ignore = "run by the tests below, in a process of its own"]
fn ask() {
    let address = std::env::var(ADDRESS).unwrap();
    let limits = Limits {
        retries: 0,
        ..Limits::default()
    };
    let transport = Transport::new(TransportOptions {
        limits,
        ..TransportOptions::default()
    });
    let request = http::Request::get(&address)
        .body(bytes::Bytes::new())
        .unwrap();
    let endpoint = address.parse().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    match runtime.block_on(transport.send(Call::new(&request, &endpoint, CAP))) {
        Ok(response) => println!("answer {} {:?}", response.status(), response.body()),
        Err(error) => println!("failure {error}"),
    }
}

#[test]
fn a_proxy_from_the_environment_is_used() {
    let proxy = Fixture::start();
    let address = "http://registry.invalid/npm/left-trim";
    let output = child("ask", address, &[("HTTP_PROXY", &proxy.base())]);
    assert!(said(&output).contains("answer 200"), "{}", said(&output));
    let log = proxy.log();
    assert_eq!(
        log[0].request.target, address,
        "the whole address is told to a proxy"
    );

    let output = child(
        "ask",
        address,
        &[("http_proxy", &proxy.base()), ("NO_PROXY", ".invalid")],
    );
    assert!(
        said(&output).contains("failure network"),
        "{}",
        said(&output)
    );
    assert_eq!(proxy.log().len(), 1, "NO_PROXY is honoured");
}

#[test]
fn https_goes_through_a_tunnel() {
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://user:hunter2@{}", proxy.local_addr().unwrap());
    let heard = thread::spawn(move || {
        let (mut stream, _) = proxy.accept().unwrap();
        let mut head = [0; 1024];
        let read = stream.read(&mut head).unwrap();
        stream
            .write_all(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
            .unwrap();
        String::from_utf8_lossy(&head[..read]).into_owned()
    });
    let output = child(
        "ask",
        "https://registry.invalid/",
        &[("HTTPS_PROXY", &base)],
    );
    let heard = heard.join().unwrap();
    assert!(heard.starts_with("CONNECT registry.invalid:443"), "{heard}");
    assert!(
        heard.to_lowercase().contains("proxy-authorization: basic"),
        "{heard}"
    );
    let said = said(&output);
    assert!(
        said.contains("failure network") && !said.contains("hunter2"),
        "{said}"
    );
}

/// A web server with a certificate of its own authority; answers one connection at a time.
fn secure_server() -> (String, String) {
    let authority_key = rcgen::KeyPair::generate().unwrap();
    let mut authority = rcgen::CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority_pem = authority.self_signed(&authority_key).unwrap().pem();
    let issuer = rcgen::Issuer::new(authority, authority_key);
    let key = rcgen::KeyPair::generate().unwrap();
    let params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &issuer).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            rustls::pki_types::PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        )
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!(
        "https://localhost:{}/",
        listener.local_addr().unwrap().port()
    );
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut tls = rustls::Stream::new(&mut connection, &mut stream);
            let mut head = [0; 4096];
            if tls.read(&mut head).is_ok() {
                let _ = tls.write_all(
                    b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\nconnection: close\r\n\r\nsecure",
                );
            }
        }
    });
    (address, authority_pem)
}

#[test]
fn the_systems_root_certificates_decide() {
    let (address, authority) = secure_server();
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("authority.pem");
    std::fs::write(&file, authority).unwrap();
    let trusted = child(
        "ask",
        &address,
        &[("SSL_CERT_FILE", file.to_str().unwrap())],
    );
    assert!(
        said(&trusted).contains("answer 200") && said(&trusted).contains("secure"),
        "{}",
        said(&trusted)
    );
    let other = dir.path().join("other.pem");
    let (_, stranger) = secure_server();
    std::fs::write(&other, stranger).unwrap();
    let refused = child(
        "ask",
        &address,
        &[("SSL_CERT_FILE", other.to_str().unwrap())],
    );
    let said = said(&refused);
    assert!(
        said.contains("failure network") && said.contains("SSL_CERT_FILE"),
        "{said}"
    );
}
