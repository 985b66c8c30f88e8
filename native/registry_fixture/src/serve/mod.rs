//! The server: one thread per connection, blocking, keep-alive.

pub mod fault;
pub mod request;
pub mod response;

use std::collections::HashMap;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use fault::{Fault, Rule};
use request::Request;
use response::{Resource, Response};

/// A request and the status it was answered with (0: not answered).
#[derive(Clone, Debug)]
pub struct Logged {
    /// What was asked.
    pub request: Request,
    /// How it was answered.
    pub status: u16,
}

/// Answers what is not a plain resource.
pub type Handler = Box<dyn Fn(&Request) -> Option<Response> + Send + Sync>;

/// What is served, what goes wrong, what was asked.
pub struct Server {
    base: String,
    routes: HashMap<String, Resource>,
    handler: Handler,
    rules: Mutex<Vec<Rule>>,
    log: Mutex<Vec<Logged>>,
    stopped: AtomicBool,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Server {
    /// A server for `routes`, whose own address is `base`.
    pub fn new(base: String, routes: HashMap<String, Resource>, handler: Handler) -> Self {
        Self {
            base,
            routes,
            handler,
            rules: Mutex::default(),
            log: Mutex::default(),
            stopped: AtomicBool::new(false),
        }
    }

    /// Accepts connections until [`Server::stop`].
    pub fn listen(self: &Arc<Self>, listener: TcpListener, elsewhere: bool) {
        let server = Arc::clone(self);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if server.stopped.load(Ordering::Relaxed) {
                    return;
                }
                let server = Arc::clone(&server);
                thread::spawn(move || server.connection(stream, elsewhere));
            }
        });
    }

    /// Ends all listeners and hanging answers.
    pub fn stop(&self, addresses: &[SocketAddr]) {
        self.stopped.store(true, Ordering::Relaxed);
        for address in addresses {
            let _ = TcpStream::connect_timeout(address, Duration::from_millis(200));
        }
    }

    /// Adds a rule; rules strike in the order of their making.
    pub fn add(&self, rule: Rule) {
        lock(&self.rules).push(rule);
    }

    /// Takes the rules at `path` away (all when it is `None`).
    pub fn clear(&self, path: Option<&str>) {
        lock(&self.rules).retain(|rule| path.is_some_and(|p| rule.path != p));
    }

    /// Everything that was asked, in order.
    pub fn log(&self) -> Vec<Logged> {
        lock(&self.log).clone()
    }

    /// Forgets what was asked.
    pub fn forget(&self) {
        lock(&self.log).clear();
    }

    fn connection(&self, mut stream: TcpStream, elsewhere: bool) {
        let mut pending = Vec::new();
        let _ = stream.set_nodelay(true);
        while let Ok(Some(mut request)) = request::read(&mut stream, &mut pending) {
            request.elsewhere = elsewhere;
            if !self.answer(&mut stream, request).unwrap_or(false) {
                break;
            }
        }
    }

    fn answer(&self, stream: &mut TcpStream, request: Request) -> io::Result<bool> {
        if request.path().starts_with("/__") {
            return crate::control::answer(self, &request).write(stream);
        }
        let faults = self.strike(request.path());
        let at = {
            let mut log = lock(&self.log);
            log.push(Logged {
                request: request.clone(),
                status: 0,
            });
            log.len() - 1
        };
        for fault in &faults {
            match fault {
                Fault::Slow(wait) => thread::sleep(*wait),
                Fault::Hang => {
                    self.hang(stream);
                    return Ok(false);
                }
                Fault::Close => return Ok(false),
                _ => {}
            }
        }
        let mut response = self.respond(&request, &faults);
        for fault in &faults {
            fault.apply(&mut response, &self.base);
        }
        if let Some(logged) = lock(&self.log).get_mut(at) {
            logged.status = response.status;
        }
        if request.method == "HEAD" {
            response.body.clear();
        }
        response.write(stream)
    }

    fn strike(&self, path: &str) -> Vec<Fault> {
        let mut hit = Vec::new();
        for rule in lock(&self.rules).iter_mut().filter(|rule| rule.hits(path)) {
            rule.times = rule.times.map(|n| n - 1);
            hit.push(rule.fault.clone());
        }
        hit
    }

    fn hang(&self, stream: &mut TcpStream) {
        let _ = stream.set_read_timeout(Some(Duration::from_millis(100)));
        let mut byte = [0];
        while !self.stopped.load(Ordering::Relaxed) {
            match stream.peek(&mut byte) {
                Ok(0) => return,
                Err(e)
                    if !matches!(
                        e.kind(),
                        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
                    ) =>
                {
                    return;
                }
                _ => {}
            }
        }
        let _ = stream.flush();
    }

    fn respond(&self, request: &Request, faults: &[Fault]) -> Response {
        if let Some(response) = (self.handler)(request) {
            return response;
        }
        let html = request.path().starts_with("/pypi-index/simple/")
            && (faults.contains(&Fault::Html)
                || !request
                    .header("accept")
                    .unwrap_or_default()
                    .contains("v1+json"));
        let key = if html {
            format!("{}#html", request.path())
        } else {
            request.path().to_owned()
        };
        let Some(resource) = self.routes.get(&key) else {
            let body = "{\"error\":\"Not found\",\"message\":\"Page not found\",\"status\":404}";
            return Response::new(404, "application/json", body);
        };
        let etag = resource
            .etag
            .as_deref()
            .filter(|_| !faults.contains(&Fault::NoEtag));
        if etag.is_some() && etag == request.header("if-none-match") {
            let mut response = Response {
                status: 304,
                ..Response::default()
            };
            response
                .headers
                .push(("etag".into(), etag.unwrap_or_default().to_owned()));
            return response;
        }
        let gzip = resource.compress
            && request
                .header("accept-encoding")
                .is_some_and(|a| a.contains("gzip"));
        let body = if gzip {
            crate::build::gzip(&resource.body)
        } else {
            resource.body.clone()
        };
        let mut response = Response::new(200, resource.content_type, body);
        if gzip {
            response = response.with("content-encoding", "gzip");
        }
        match etag {
            Some(etag) => response.with("etag", etag),
            None => response,
        }
    }
}
