//! HTTP as the registries want it: polite, patient, and suspicious.
//!
//! Protocols build `http::Request`s and read `http::Response`s; everything between is here:
//! connections per host, redirects, retries, `Retry-After`, limits, proxies, root certificates.
//! Every future may be dropped at any point: that is how a collect is cancelled.

mod address;
mod body;
mod client;
mod failure;
mod hosts;
mod redirect;
mod resolver;
mod retry;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{self, HeaderValue};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use registry_types::{Error, ErrorKind, Limits, Result};
use tokio::time::{Instant, sleep, timeout};
use url::Url;

pub use address::{Reach, Reaches};
pub use body::Cap;
pub use failure::show;
pub use redirect::same_origin;

use body::Body;
use client::Clients;
use failure::Failure;
use hosts::Hosts;
use resolver::HostBook;

/// Names this program to servers, with an address to complain at.
pub const USER_AGENT: &str = concat!(
    "package-registry-indexer/",
    env!("CARGO_PKG_VERSION"),
    " (+",
    env!("CARGO_PKG_REPOSITORY"),
    ")"
);

/// How a [`Transport`] behaves.
#[derive(Clone, Debug)]
pub struct TransportOptions {
    /// Timeouts, redirects, retries, connections.
    pub limits: Limits,
    /// The wait before the first retry; it doubles with each. Default 500 ms.
    pub backoff: Duration,
    /// The longest `Retry-After` that is waited for; a longer one is reported. Default 10 s.
    pub patience: Duration,
}

impl Default for TransportOptions {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            backoff: Duration::from_millis(500),
            patience: Duration::from_secs(10),
        }
    }
}

/// One request to be made.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    /// What to ask. `If-None-Match` and the like go out byte for byte.
    pub request: &'a Request<Bytes>,
    /// The configured endpoint it belongs to, which may lie in a private network. What a server
    /// names (the address of an archive) is never an endpoint.
    pub endpoint: &'a Url,
    /// How much of the answer is taken.
    pub cap: Cap,
    /// Keep the body as it comes over the wire: archives, whose checksum is over those bytes.
    pub raw: bool,
    /// Least time between two such requests to the host.
    pub pace: Option<Duration>,
    /// No retry is begun that could not end before this.
    pub deadline: Option<Instant>,
    /// Told the bytes received and, if announced, to come.
    pub progress: Option<&'a (dyn Fn(u64, Option<u64>) + Sync)>,
}

impl<'a> Call<'a> {
    /// A plain request for metadata.
    #[must_use]
    pub const fn new(request: &'a Request<Bytes>, endpoint: &'a Url, cap: Cap) -> Self {
        Self {
            request,
            endpoint,
            cap,
            raw: false,
            pace: None,
            deadline: None,
            progress: None,
        }
    }
}

/// The address an answer came from in the end: an extension of the response.
#[derive(Clone, Debug)]
pub struct FinalUrl(pub Url);

/// Sends requests. Cheap to share, safe to use from many tasks.
pub struct Transport {
    options: TransportOptions,
    book: Arc<HostBook>,
    clients: Clients,
    hosts: Hosts,
}

impl Transport {
    /// A transport; nothing is opened or read before the first request.
    #[must_use]
    pub fn new(options: TransportOptions) -> Self {
        let book = Arc::new(HostBook::new(client::proxy_hosts()));
        let limits = &options.limits;
        let per_host = limits.connections_per_host;
        Self {
            clients: Clients::new(Arc::clone(&book), limits.connect_timeout, per_host),
            hosts: Hosts::new(per_host),
            book,
            options,
        }
    }

    /// Sends the request, follows redirects, and tries again where that may help.
    ///
    /// Answers of any status but 408, 420, 429 and 5xx come back as they are.
    ///
    /// # Errors
    /// `network`, `timeout`, `rate_limited`, `limit_exceeded`, `protocol`, each naming the address.
    pub async fn send(&self, call: Call<'_>) -> Result<Response<Bytes>> {
        self.book
            .trust(call.endpoint.host_str().unwrap_or_default());
        let mut attempt = 0;
        loop {
            let (error, asked) = match self.attempt(call).await {
                Ok(response) => match self.refusal(&response, attempt) {
                    None => return Ok(response),
                    Some((error, asked)) => (error, asked),
                },
                Err(Failure {
                    error,
                    transient: false,
                }) => return Err(error),
                Err(Failure { error, .. }) => (error, None),
            };
            let wait = asked.unwrap_or_else(|| retry::backoff(self.options.backoff, attempt));
            let too_late = call.deadline.is_some_and(|d| Instant::now() + wait >= d);
            if attempt >= self.options.limits.retries || wait > self.options.patience || too_late {
                return Err(error);
            }
            sleep(wait).await;
            attempt += 1;
        }
    }

    /// The error that a transient status stands for, and the wait that the server asks for.
    fn refusal(
        &self,
        response: &Response<Bytes>,
        attempt: u32,
    ) -> Option<(Error, Option<Duration>)> {
        let (status, headers) = (response.status(), response.headers());
        let limited = retry::is_rate_limit(status, headers);
        if !limited && !retry::is_transient(status) {
            return None;
        }
        let from = response
            .extensions()
            .get::<FinalUrl>()
            .map(|u| show(&u.0))
            .unwrap_or_default();
        let asked = retry::asked_wait(headers, SystemTime::now());
        let when = asked.map_or_else(String::new, |w| format!(" in {} s", w.as_secs().max(1)));
        let (kind, trouble) = if limited {
            (ErrorKind::RateLimited, "asks for fewer requests")
        } else {
            (ErrorKind::Network, "is in trouble")
        };
        let tries = attempt + 1;
        let message =
            format!("{from} answers {status} ({tries} tries) and {trouble}; try again later{when}");
        let error = Error::new(kind, message).with("status", status.as_u16());
        let error = match asked {
            Some(wait) => error.with("retry_after_ms", wait.as_millis()),
            None => error,
        };
        Some((error, asked))
    }

    /// One try, redirects included, within the time a request may take.
    async fn attempt(&self, call: Call<'_>) -> std::result::Result<Response<Bytes>, Failure> {
        let url = parse(call.request)?;
        if let Some(interval) = call.pace {
            self.hosts.pace(&url, interval).await;
        }
        // The wait for a place is not the server's fault: the clock starts after it.
        let place = self.hosts.place(&url).await.map_err(Failure::last)?;
        let limit = self.options.limits.request_timeout;
        match timeout(limit, self.follow(call, url.clone(), place)).await {
            Ok(answer) => answer,
            Err(_) => Err(Failure::last(failure::too_slow(&url, limit))),
        }
    }

    async fn follow(
        &self,
        call: Call<'_>,
        mut url: Url,
        mut place: tokio::sync::OwnedSemaphorePermit,
    ) -> std::result::Result<Response<Bytes>, Failure> {
        let mut method = call.request.method().clone();
        let mut headers = outgoing(call);
        for _ in 0..=self.options.limits.redirects {
            let response = self.exchange(call, &url, &method, &headers).await?;
            let (status, answered) = (response.status(), response.headers());
            let Some(to) = redirect::target(&url, status, answered).map_err(Failure::last)? else {
                let response = self.receive(call, &url, response).await;
                drop(place);
                return response;
            };
            drop(response);
            method = redirect::method_after(status, &method);
            if !same_origin(&url, &to) {
                for secret in [header::AUTHORIZATION, header::COOKIE] {
                    headers.remove(secret);
                }
                drop(place);
                place = self.hosts.place(&to).await.map_err(Failure::last)?;
            }
            url = to;
        }
        let limit = self.options.limits.redirects;
        Err(Failure::last(Error::limit(
            "redirects",
            format!(
                "{} redirects in more than {limit} steps; check the endpoint",
                show(&url)
            ),
        )))
    }

    async fn exchange(
        &self,
        call: Call<'_>,
        url: &Url,
        method: &Method,
        headers: &HeaderMap,
    ) -> std::result::Result<reqwest::Response, Failure> {
        let allowed = self.allowed(call.endpoint);
        self.check_literal(url, allowed).map_err(Failure::last)?;
        let client = self.clients.get(allowed).map_err(Failure::last)?;
        let mut request = reqwest::Request::new(method.clone(), url.clone());
        *request.headers_mut() = headers.clone();
        if method != Method::GET && method != Method::HEAD {
            *request.body_mut() = Some(call.request.body().clone().into());
        }
        client
            .execute(request)
            .await
            .map_err(|e| Failure::of(e, url))
    }

    async fn receive(
        &self,
        call: Call<'_>,
        url: &Url,
        mut response: reqwest::Response,
    ) -> std::result::Result<Response<Bytes>, Failure> {
        let status = response.status();
        let bodiless = status == StatusCode::NOT_MODIFIED || call.request.method() == Method::HEAD;
        let headers = std::mem::take(response.headers_mut());
        let total = body::announced(&headers);
        let mut bytes = Vec::new();
        if !bodiless {
            let mut body = Body::new(url, call.cap, call.raw, &headers).map_err(Failure::last)?;
            while let Some(chunk) = response.chunk().await.map_err(|e| Failure::of(e, url))? {
                body.push(&chunk).map_err(Failure::last)?;
                if let Some(progress) = call.progress {
                    progress(body.wire(), total);
                }
            }
            bytes = body.finish().map_err(Failure::last)?;
        }
        let mut answer = Response::new(Bytes::from(bytes));
        *answer.status_mut() = status;
        *answer.headers_mut() = headers;
        answer.extensions_mut().insert(FinalUrl(url.clone()));
        Ok(answer)
    }

    /// Where requests that belong to `endpoint` may lead: the internet, and the kind of network
    /// the endpoint itself was found in.
    fn allowed(&self, endpoint: &Url) -> Reaches {
        match Reach::of_literal(endpoint) {
            Some(reach) => Reaches::PUBLIC.and(reach),
            None => self
                .book
                .reaches(endpoint.host_str().unwrap_or_default())
                .and(Reach::Public),
        }
    }

    fn check_literal(&self, url: &Url, allowed: Reaches) -> Result<()> {
        let Some(reach) = Reach::of_literal(url) else {
            return Ok(());
        };
        if allowed.has(reach) || self.book.is_trusted(url.host_str().unwrap_or_default()) {
            return Ok(());
        }
        let message = format!(
            "{} leads to a {} address, which only a configured endpoint may do; if it is your \
             mirror, name it as the endpoint",
            show(url),
            reach.as_str()
        );
        Err(Error::protocol(message).with("host", failure::host(url)))
    }
}

fn parse(request: &Request<Bytes>) -> std::result::Result<Url, Failure> {
    let text = request.uri().to_string();
    Url::parse(&text).map_err(|e| {
        Failure::last(Error::invalid_argument(format!(
            "{text:?} is no web address: {e}"
        )))
    })
}

fn outgoing(call: Call<'_>) -> HeaderMap {
    let mut headers = call.request.headers().clone();
    // Registries turn away clients that name only the library they are made with.
    headers.insert(header::USER_AGENT, HeaderValue::from_static(USER_AGENT));
    let encoding = HeaderValue::from_static(if call.raw { "identity" } else { "gzip" });
    headers.insert(header::ACCEPT_ENCODING, encoding);
    if let Some(secret) = headers.get_mut(header::AUTHORIZATION) {
        secret.set_sensitive(true);
    }
    headers
}
