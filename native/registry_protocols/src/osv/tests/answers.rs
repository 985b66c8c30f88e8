use bytes::Bytes;
use http::Response;
use registry_types::{Ecosystem, ErrorKind};
use url::Url;

use crate::osv::{
    BATCH, Query, batch_request, parse_batch, parse_query, query_request, record_request,
};

fn base() -> Url {
    Url::parse("http://127.0.0.1:1/osv").unwrap()
}

fn response(status: u16, body: &'static str) -> Response<Bytes> {
    Response::builder()
        .status(status)
        .body(Bytes::from_static(body.as_bytes()))
        .unwrap()
}

fn query(ecosystem: Ecosystem, name: &str) -> Query<'_> {
    Query {
        ecosystem,
        name,
        version: None,
        page_token: None,
    }
}

#[test]
fn queries_use_osvs_names() {
    let request =
        query_request(&base(), Ecosystem::Pypi, "Foo.Bar", Some("1.0"), Some("t")).unwrap();
    assert_eq!(
        (request.method().as_str(), request.uri().path()),
        ("POST", "/osv/v1/query")
    );
    assert_eq!(request.headers()["content-type"], "application/json");
    let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
    assert_eq!(
        body,
        serde_json::json!({"package":{"ecosystem":"PyPI","name":"foo-bar"},"version":"1.0","page_token":"t"})
    );
    let request = query_request(&base(), Ecosystem::Npm, "JSONStream", None, None).unwrap();
    let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
    assert_eq!(
        body,
        serde_json::json!({"package":{"ecosystem":"npm","name":"JSONStream"}})
    );
    let error = query_request(&base(), Ecosystem::Github, "a/b", None, None).unwrap_err();
    assert_eq!(error.kind, ErrorKind::InvalidArgument);
}

#[test]
fn pages_may_hold_only_a_token() {
    let read = |body| parse_query(Ecosystem::Npm, "a", &response(200, body));
    assert_eq!(read("{}").unwrap(), Default::default());
    let page = read(r#"{"next_page_token":"more"}"#).unwrap();
    assert_eq!(
        (page.advisories.len(), page.next_page_token.as_deref()),
        (0, Some("more"))
    );
    let page = read(
        r#"{"vulns":[{"id":"A","affected":[{"package":{"name":"a","ecosystem":"npm"}}]},
            {"id":"B","affected":[{"package":{"name":"b","ecosystem":"npm"}}]},{"no":"id"}],"next_page_token":""}"#,
    )
    .unwrap();
    assert_eq!(page.advisories.len(), 1);
    assert_eq!(page.advisories[0].sources, ["osv"]);
    assert_eq!(page.next_page_token, None);
}

#[test]
fn an_answer_of_another_kind_never_means_none() {
    for body in ["[]", "null", "<html></html>", "", "\"x\""] {
        let error = parse_query(Ecosystem::Npm, "a", &response(200, body)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Protocol, "{body}");
    }
}

#[test]
fn grpc_errors_keep_their_words() {
    let error = parse_query(
        Ecosystem::Npm,
        "a",
        &response(400, r#"{"code":3,"message":"Invalid query."}"#),
    )
    .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Protocol);
    assert!(
        error.message.ends_with("Invalid query."),
        "{}",
        error.message
    );
}

#[test]
fn batches_keep_their_order() {
    let queries = [query(Ecosystem::Npm, "a"), query(Ecosystem::Hex, "bb")];
    let request = batch_request(&base(), &queries).unwrap();
    let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
    assert_eq!(body["queries"][1]["package"]["ecosystem"], "Hex");
    let answers = parse_batch(
        2,
        &response(
            200,
            r#"{"results":[{},{"vulns":[{"id":"X","modified":"2024-01-01T00:00:00Z"}],"next_page_token":"t"}]}"#,
        ),
    )
    .unwrap();
    assert!(answers[0].records.is_empty());
    assert_eq!(answers[1].records[0].0, "X");
    assert_eq!(answers[1].next_page_token.as_deref(), Some("t"));
    let short = parse_batch(2, &response(200, r#"{"results":[{}]}"#)).unwrap_err();
    assert_eq!(short.kind, ErrorKind::Protocol);
    let many = vec![query(Ecosystem::Npm, "a"); BATCH + 1];
    assert_eq!(
        batch_request(&base(), &many).unwrap_err().kind,
        ErrorKind::InvalidArgument
    );
}

#[test]
fn records_are_asked_for_by_id() {
    let request = record_request(&base(), "GHSA-1/../x").unwrap();
    assert_eq!(request.uri().path(), "/osv/v1/vulns/GHSA-1%2F..%2Fx");
    for id in ["", "a b", "é"] {
        assert!(record_request(&base(), id).is_err(), "{id}");
    }
}
