//! A service on this machine that answers as its test says, and remembers what it was asked.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What a service was asked.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    /// Path and query, as they were sent.
    pub target: String,
    /// All headers in small letters.
    pub headers: String,
    pub body: String,
}

/// What it answers.
pub enum Answer {
    /// Status and headers, and a body.
    Says(String, String),
    /// The connection ends without a word.
    Nothing,
    /// The connection stays, and nothing is said.
    Silence,
    /// A body that never ends.
    Endless,
}

pub struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// A service that answers each request as the function says: it is told the number of the request, from 0.
    pub fn new(answer: impl Fn(&Request, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self { port: listener.local_addr().unwrap().port(), asked: Arc::default() };
        let (asked, answer) = (Arc::clone(&server.asked), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (asked, answer) = (Arc::clone(&asked), Arc::clone(&answer));
                thread::spawn(move || {
                    let Ok(request) = read(&stream) else { return };
                    let number = {
                        let mut asked = asked.lock().unwrap();
                        asked.push(request.clone());
                        asked.len() - 1
                    };
                    // The client may have heard enough.
                    let _ = send(stream, answer(&request, number));
                });
            }
        });
        server
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/api", self.port)
    }

    pub fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }
}

/// An answer of success, as JSON.
pub fn json(body: &str) -> Answer {
    Answer::Says("200 OK\r\ncontent-type: application/json".to_owned(), body.to_owned())
}

/// An answer with this status and no more.
pub fn status(head: &str) -> Answer {
    Answer::Says(head.to_owned(), String::new())
}

fn read(stream: &TcpStream) -> io::Result<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = || -> io::Result<String> {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    };
    let first = line()?;
    let mut words = first.split(' ').map(str::to_owned);
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (mut headers, mut length) = (String::new(), 0);
    loop {
        let header = line()?.to_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        headers += &(header + "\n");
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Request { method, target, headers, body: String::from_utf8(body).unwrap() })
}

fn send(mut stream: TcpStream, answer: Answer) -> io::Result<()> {
    match answer {
        Answer::Nothing => Ok(()),
        Answer::Silence => {
            thread::sleep(Duration::from_secs(30));
            Ok(())
        }
        Answer::Endless => {
            write!(stream, "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{{")?;
            loop {
                stream.write_all(&[b' '; 1 << 16])?;
            }
        }
        Answer::Says(head, body) => {
            write!(stream, "HTTP/1.1 {head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
        }
    }
}
