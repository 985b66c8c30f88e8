//! `POST /__control`: one command per line, words apart by spaces; the answer is plain text.

use crate::serve::Server;
use crate::serve::fault::{Fault, Rule};
use crate::serve::request::Request;
use crate::serve::response::Response;

/// Carries out the commands of a control request.
pub fn answer(server: &Server, request: &Request) -> Response {
    let text = String::from_utf8_lossy(&request.body);
    let mut out = String::new();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        match command(server, line) {
            Ok(said) => out.push_str(&said),
            Err(why) => return Response::new(400, "text/plain", format!("{line}: {why}\n")),
        }
    }
    Response::new(200, "text/plain", out)
}

/// One command; see the crate's documentation for all of them.
pub fn command(server: &Server, line: &str) -> Result<String, String> {
    let words: Vec<&str> = line.split(' ').filter(|w| !w.is_empty()).collect();
    match words.as_slice() {
        ["reset"] => {
            server.clear(None);
            server.forget();
        }
        ["clear"] => server.clear(None),
        ["clear", path] => server.clear(Some(path)),
        ["forget"] => server.forget(),
        ["log"] => {
            let line = |l: &crate::serve::Logged| {
                format!("{} {} {}\n", l.request.method, l.request.target, l.status)
            };
            return Ok(server.log().iter().map(line).collect());
        }
        ["count", path] => return Ok(format!("{}\n", count(server, path, None))),
        ["count", path, status] => {
            let status = status.parse().map_err(|_| "status is no number")?;
            return Ok(format!("{}\n", count(server, path, Some(status))));
        }
        [kind, path, args @ ..] => {
            let (times, args): (Vec<&str>, Vec<&str>) =
                args.iter().partition(|a| a.starts_with("times="));
            let times = match times.first().and_then(|t| t.strip_prefix("times=")) {
                Some(n) => Some(n.parse().map_err(|_| "times is no number")?),
                None => None,
            };
            let fault = Fault::parse(kind, &args)?;
            server.add(Rule {
                path: (*path).to_owned(),
                fault,
                times,
            });
        }
        _ => return Err("unknown command".into()),
    }
    Ok(String::new())
}

/// How often `path` (or paths that begin so, with `*`) was asked for, with `status` if given.
pub fn count(server: &Server, path: &str, status: Option<u16>) -> usize {
    let rule = Rule {
        path: path.to_owned(),
        fault: Fault::Hang,
        times: None,
    };
    let log = server.log();
    let hits = log.iter().filter(|l| rule.hits(l.request.path()));
    hits.filter(|l| status.is_none_or(|s| l.status == s))
        .count()
}
