//! Which requests are heard at all, and what every answer forbids the browser.

use super::problem::{self, Problem};
use super::site::Site;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use tower_http::compression::CompressionLayer;

/// What a page may load and do: what stands on this site, and nothing that it holds itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The headers of every answer, unless it has its own.
const HEADERS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Puts the guard around the addresses of the site.
pub fn around(routes: Router<Arc<Site>>, site: &Arc<Site>, address: SocketAddr) -> Router<Arc<Site>> {
    let hosts = Hosts { address, named: site.settings.hosts.clone() };
    routes
        .layer(middleware::from_fn(problem::show))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(Arc::new(hosts), check_host))
        .layer(middleware::from_fn(forbid))
}

/// By which names the site may be asked for.
struct Hosts {
    address: SocketAddr,
    named: Vec<String>,
}

impl Hosts {
    /// Whether the name in a request is one of ours. A page of another site may have its name lead to this machine (DNS
    /// rebinding), but cannot help asking by that name.
    fn holds(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok()?.parse().ok());
        let is_ours = |authority: &Authority| self.are_called(authority);
        // Who names another host in the address than beside it is not understood.
        hosts.next().is_none() && host.as_ref().is_some_and(is_ours) && uri.authority().is_none_or(is_ours)
    }

    fn are_called(&self, authority: &Authority) -> bool {
        if authority.as_str().contains('@') {
            return false;
        }
        let name = authority.host().trim_matches(['[', ']']);
        if self.named.iter().any(|named| named.eq_ignore_ascii_case(name)) {
            return true;
        }
        match name.parse::<IpAddr>() {
            // Who listens on all addresses is asked by any of them, and an address cannot be made to lead elsewhere.
            Ok(ip) => ip.is_loopback() || ip == self.address.ip() || self.address.ip().is_unspecified(),
            Err(_) => name.eq_ignore_ascii_case("localhost"),
        }
    }
}

async fn check_host(State(hosts): State<Arc<Hosts>>, request: Request, next: Next) -> Response {
    if hosts.holds(request.uri(), request.headers()) {
        return next.run(request).await;
    }
    let mend = "this site is not called so: whoever serves it names its hosts with --host";
    Problem::Refused(StatusCode::MISDIRECTED_REQUEST, mend.to_owned()).into_response()
}

async fn forbid(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_names_are_heard() {
        let hosts = Hosts { address: "127.0.0.1:7878".parse().unwrap(), named: vec!["news.example".to_owned()] };
        let holds = |host: &'static str| {
            hosts.holds(&Uri::from_static("/"), &HeaderMap::from_iter([(HOST, HeaderValue::from_static(host))]))
        };
        for host in ["127.0.0.1:7878", "localhost", "LOCALHOST:80", "[::1]:7878", "127.0.0.2", "News.example:443"] {
            assert!(holds(host), "{host}");
        }
        for host in
            ["", "evil.example", "evil.example:7878", "127.0.0.1.evil.example", "192.168.0.7", "localhost@evil.example"]
        {
            assert!(!holds(host), "{host}");
        }
        assert!(!hosts.holds(&Uri::from_static("/"), &HeaderMap::new()));
    }
}
