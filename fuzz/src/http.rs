//! Any request to the pages and endpoints of `dixit serve`, written as HTTP/1.1 has it: the site never fails, what it says is
//! what it says it is, and no page takes marks of HTML from a request.

use super::store::store;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderName, HeaderValue, Method, Request, Uri};
use axum::response::Response;
use dixit::query::{Library, WordSearch};
use dixit::serve::{Settings, Site, routes};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// The mark that no page may hold as it is.
const MARK: &str = "<x9";
/// With what the store may be changed.
const TOKEN: &str = "a-token-of-the-fuzzer";

struct Server {
    runtime: Runtime,
    site: Arc<Site>,
    routes: Router,
}

impl Server {
    fn new() -> Self {
        let settings =
            Settings { token: Some(TOKEN.to_owned()), time: Duration::from_secs(2), rows: 1000, ..Settings::default() };
        let site = Arc::new(Site::new(store(), WordSearch::in_memory(), Library::built_in(), settings));
        let address = "127.0.0.1:7878".parse().expect("an address");
        let routes = routes(Arc::clone(&site), address);
        // The sanitizer needs more room than the program has.
        let runtime = Builder::new_current_thread().enable_time().thread_stack_size(256 << 20).build();
        Self { runtime: runtime.expect("a runtime"), site, routes }
    }

    fn answer(&self, request: Request<Body>) -> (Response, Vec<u8>) {
        self.runtime.block_on(async {
            let service = TowerToHyperService::new(self.routes.clone());
            let (head, body) = service.call(request).await.unwrap_or_else(|never| match never {}).into_parts();
            let body = to_bytes(body, usize::MAX).await;
            (Response::from_parts(head, Body::empty()), body.map(|body| body.to_vec()).unwrap_or_default())
        })
    }
}

pub fn holds(bytes: &[u8]) {
    static SERVER: Mutex<Option<Server>> = Mutex::new(None);
    let Some(request) = request(bytes) else { return };
    let mut server = SERVER.lock().expect("nobody failed before");
    let site = server.get_or_insert_with(Server::new);
    let state = site.site.state();
    let (answer, body) = site.answer(request);
    let status = answer.status().as_u16();
    assert!(status < 500 || status == 503, "{status}: {}", String::from_utf8_lossy(&body));
    let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
    assert_eq!(header("x-content-type-options"), Some("nosniff"));
    if header("content-encoding").is_none() {
        match header("content-type").map(|kind| kind.split(';').next().unwrap_or_default()) {
            Some("text/html") => {
                let page = std::str::from_utf8(&body).expect("a page is text");
                assert!(!page.contains(MARK), "{page}");
            }
            Some(kind) if kind.ends_with("json") && status == 200 && !body.is_empty() => {
                serde_json::from_slice::<serde_json::Value>(&body).expect("JSON");
            }
            _ => {}
        }
    }
    // The next request finds what this one found.
    if site.site.state() != state {
        *server = None;
    }
}

/// A request as it is written on the wire: a line with method and target, headers, an empty line, the body. It is asked of
/// this machine unless it says otherwise.
fn request(bytes: &[u8]) -> Option<Request<Body>> {
    let (mut head, mut rest) = split(bytes, b"\n");
    head = head.trim_ascii_end();
    let (method, target) = split(head, b" ");
    let target = target.strip_suffix(b" HTTP/1.1").unwrap_or(target);
    let mut request = Request::new(Body::empty());
    *request.method_mut() = Method::from_bytes(method).ok()?;
    *request.uri_mut() = Uri::try_from(target).ok()?;
    request.headers_mut().insert("host", HeaderValue::from_static("localhost"));
    loop {
        let (line, after) = split(rest, b"\n");
        rest = after;
        if line.trim_ascii().is_empty() {
            break;
        }
        let (name, value) = split(line, b":");
        let name = HeaderName::from_bytes(name.trim_ascii()).ok()?;
        let value = HeaderValue::from_bytes(value.trim_ascii()).ok()?;
        match name.as_str() {
            "host" => drop(request.headers_mut().insert(name, value)),
            _ => drop(request.headers_mut().append(name, value)),
        }
    }
    *request.body_mut() = Body::from(rest.to_vec());
    Some(request)
}

fn split<'a>(bytes: &'a [u8], at: &[u8]) -> (&'a [u8], &'a [u8]) {
    match bytes.windows(at.len()).position(|window| window == at) {
        Some(place) => (&bytes[..place], &bytes[place + at.len()..]),
        None => (bytes, &[]),
    }
}
