//! A client that sends what it is told, however wrong, and reads what comes back.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;
use url::form_urlencoded;

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// Whether the body came to the end that its head promises.
    pub is_whole: bool,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The media type, without parameters.
    pub fn kind(&self) -> &str {
        self.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default()
    }

    /// What is said in an error: one line of text for people, and nothing of the machine.
    pub fn said(&self) -> &str {
        for inside in ["/root", "/home", "/tmp", "src/", ".rs", "::", "panicked", "Error(", "Some(", "unwrap"] {
            assert!(!self.body.contains(inside), "{inside} in {}", self.body);
        }
        self.body.trim_end()
    }
}

/// What a request is made of.
#[derive(Debug, Clone)]
pub struct Request {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

pub fn get(target: &str) -> Request {
    Request { method: "GET".to_owned(), target: target.to_owned(), headers: Vec::new(), body: Vec::new() }
}

pub fn post(target: &str, kind: &str, body: impl AsRef<[u8]>) -> Request {
    let request = Request { method: "POST".to_owned(), body: body.as_ref().to_vec(), ..get(target) };
    if kind.is_empty() { request } else { request.with("content-type", kind) }
}

/// `a=b&c=d`, with what must be escaped.
pub fn pairs(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

impl Request {
    pub fn by(mut self, method: &str) -> Self {
        method.clone_into(&mut self.method);
        self
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn accept(self, kinds: &str) -> Self {
        self.with("accept", kinds)
    }

    /// Sends it on a connection of its own.
    pub fn send(&self, address: SocketAddr) -> Answer {
        let mut head = format!("{} {} HTTP/1.1\r\nconnection: close\r\n", self.method, self.target);
        if self.headers.iter().all(|(name, _)| name != "host") {
            head += &format!("host: {address}\r\n");
        }
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if self.method != "GET" && self.method != "HEAD" {
            head += &format!("content-length: {}\r\n", self.body.len());
        }
        let mut bytes = (head + "\r\n").into_bytes();
        bytes.extend_from_slice(&self.body);
        send(address, &bytes).unwrap_or_else(|error| panic!("{self:?}: {error}"))
    }
}

pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream
}

/// Sends these bytes, and reads all that comes until the connection ends.
pub fn send(address: SocketAddr, bytes: &[u8]) -> io::Result<Answer> {
    let mut stream = connect(address);
    // Who is refused early may not read all of it.
    let sent = stream.write_all(bytes);
    let mut read = Vec::new();
    let ended = stream.read_to_end(&mut read);
    parse(&read, bytes.starts_with(b"HEAD "))
        .ok_or_else(|| sent.and(ended.map(drop)).err().unwrap_or_else(|| io::Error::other("no answer")))
}

/// Reads an answer. `None` if it has no head.
pub fn parse(bytes: &[u8], is_head: bool) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_ascii_lowercase(), value.trim().to_owned()))
    };
    let headers: Vec<_> = lines.filter_map(header).collect();
    let mut answer = Answer { status, headers, body: String::new(), is_whole: true };
    let rest = &bytes[end + 4..];
    let body = if answer.header("transfer-encoding") == Some("chunked") {
        let (body, is_whole) = unchunked(rest);
        answer.is_whole = is_whole;
        body
    } else {
        let length = answer.header("content-length").and_then(|length| length.parse::<usize>().ok());
        answer.is_whole = is_head || length.is_none_or(|length| length == rest.len());
        rest.to_vec()
    };
    answer.body = match answer.header("content-encoding") {
        Some("gzip") => {
            let mut text = String::new();
            flate2::read::GzDecoder::new(&body[..]).read_to_string(&mut text).ok()?;
            text
        }
        _ => String::from_utf8_lossy(&body).into_owned(),
    };
    Some(answer)
}

fn unchunked(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = str::from_utf8(&rest[..end]).ok().and_then(|size| usize::from_str_radix(size, 16).ok());
        let Some(size) = size else { return (body, false) };
        rest = &rest[end + 2..];
        if size == 0 {
            return (body, true);
        }
        if rest.len() < size + 2 {
            body.extend_from_slice(rest);
            return (body, false);
        }
        body.extend_from_slice(&rest[..size]);
        rest = &rest[size + 2..];
    }
    (body, false)
}
