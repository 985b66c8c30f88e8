use super::*;

#[test]
fn requests() {
    let base = "https://registry.invalid/npm".parse().unwrap();
    let uri = |name| metadata_request(&base, name).unwrap().uri().to_string();
    assert_eq!(uri("demo"), "https://registry.invalid/npm/demo");
    assert_eq!(
        uri("@scope/Name.js"),
        "https://registry.invalid/npm/@scope%2fName.js"
    );
    assert_eq!(uri("JSONStream"), "https://registry.invalid/npm/JSONStream");
    assert!(metadata_request(&base, "../x").is_err());
    let api = "https://api.invalid/".parse().unwrap();
    let request = downloads_request(&api, "@scope/name").unwrap();
    assert_eq!(
        request.uri(),
        "https://api.invalid/downloads/point/last-month/@scope/name"
    );
}

#[test]
fn download_counts() {
    let good = r#"{"downloads":31623,"start":"2024-01-01","end":"2024-01-31","package":"demo"}"#;
    let counts = parse_downloads(&response(200, good)).unwrap();
    assert_eq!((counts.recent, counts.total), (Some(31623), None));
    let error =
        parse_downloads(&response(404, r#"{"error":"package demo not found"}"#)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    for bad in [
        r#"{"error":"no stats"}"#,
        r#"{"downloads":-1}"#,
        r#"{"downloads":"many"}"#,
        "[]",
    ] {
        assert_eq!(
            parse_downloads(&response(200, bad)).unwrap_err().kind,
            ErrorKind::Protocol,
            "{bad}"
        );
    }
}

#[test]
fn audits() {
    let base = "https://registry.invalid/".parse().unwrap();
    let request = audit_request(
        &base,
        &[
            ("b", "2.0.0"),
            ("a", "1.0.0"),
            ("b", "1.0.0"),
            ("b", "2.0.0"),
        ],
    )
    .unwrap();
    assert_eq!(request.method(), http::Method::POST);
    assert_eq!(
        request.uri(),
        "https://registry.invalid/-/npm/v1/security/advisories/bulk"
    );
    assert_eq!(request.headers()["content-encoding"], "gzip");
    let mut body = String::new();
    flate2::read::GzDecoder::new(&request.body()[..])
        .read_to_string(&mut body)
        .unwrap();
    assert_eq!(body, r#"{"a":["1.0.0"],"b":["1.0.0","2.0.0"]}"#);
    assert!(audit_request(&base, &[("../x", "1.0.0")]).is_err());

    let answer = json!({"b": [
        {"id": 1, "url": "https://advisories.invalid/GHSA-aaaa-bbbb-cccc", "title": "ReDoS", "severity": "moderate", "vulnerable_versions": "<2.1.0", "cwe": ["CWE-1333"],
         "cvss": {"score": 7.5, "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}},
        {"id": 2, "url": "https://advisories.invalid/2", "title": "Malware in b", "severity": "critical", "vulnerable_versions": ">=0", "cwe": ["CWE-506"], "cvss": {"score": 0, "vectorString": null}},
        {"id": 3, "title": "no range"}, 5]});
    let found = parse_audit(&response(200, answer.to_string())).unwrap();
    let [redos, malware] = found["b"].as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(
        (redos.id.as_str(), redos.severity, redos.malicious),
        ("GHSA-aaaa-bbbb-cccc", Severity::Medium, false)
    );
    assert_eq!(redos.cvss.as_ref().unwrap().score, 7.5);
    assert_eq!(redos.affected[0].requirement.as_deref(), Some("<2.1.0"));
    assert_eq!(
        (malware.id.as_str(), malware.malicious, &malware.cvss),
        ("npm-2", true, &None)
    );
    assert!(parse_audit(&response(200, "{}")).unwrap().is_empty());
    assert_eq!(
        parse_audit(&response(404, "")).unwrap_err().kind,
        ErrorKind::NotFound
    );
}
