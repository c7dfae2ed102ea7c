//! Which addresses of the network may be connected to, so that no page or feed can make this machine fetch what only it
//! can reach: a router, a database, the service that hands out a cloud's credentials (server-side request forgery).
//!
//! The guard stands where names are resolved, and what it lets through is what is connected to: it makes no difference
//! how an address is spelt, which redirect led to it, or that a name is resolved anew with another result.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// The networks of IPv4 that are not the public internet, with the length of their prefix. Source: IANA's registry of
/// special-purpose addresses (RFC 6890), and RFC 5771 for multicast.
const RESERVED_V4: [([u8; 4], u32); 16] = [
    ([0, 0, 0, 0], 8),        // this network (RFC 791)
    ([10, 0, 0, 0], 8),       // private (RFC 1918)
    ([100, 64, 0, 0], 10),    // shared by the customers of a provider (RFC 6598)
    ([127, 0, 0, 0], 8),      // loopback (RFC 1122)
    ([168, 63, 129, 16], 32), // in Azure the machine's own host, though the address is a public one
    ([169, 254, 0, 0], 16),   // link-local, and with it the metadata of most clouds (RFC 3927)
    ([172, 16, 0, 0], 12),    // private (RFC 1918)
    ([192, 0, 0, 0], 24),     // protocol assignments (RFC 6890)
    ([192, 0, 2, 0], 24),     // documentation (RFC 5737)
    ([192, 88, 99, 0], 24),   // relays of 6to4, no longer in use (RFC 7526)
    ([192, 168, 0, 0], 16),   // private (RFC 1918)
    ([198, 18, 0, 0], 15),    // measurements (RFC 2544)
    ([198, 51, 100, 0], 24),  // documentation (RFC 5737)
    ([203, 0, 113, 0], 24),   // documentation (RFC 5737)
    ([224, 0, 0, 0], 4),      // multicast (RFC 5771)
    ([240, 0, 0, 0], 4),      // reserved, and broadcast (RFC 1112, RFC 919)
];

/// The one network of IPv6 that is given out for the public internet (RFC 4291). All others are loopback, link-local,
/// unique-local, multicast, or not in use.
const GLOBAL_V6: ([u16; 8], u32) = ([0x2000, 0, 0, 0, 0, 0, 0, 0], 3);

/// What within it is special all the same. Source: IANA's registry of special-purpose addresses (RFC 6890).
const RESERVED_V6: [([u16; 8], u32); 4] = [
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23), // protocol assignments, with Teredo (RFC 2928, RFC 4380)
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), // documentation (RFC 3849)
    ([0x2002, 0, 0, 0, 0, 0, 0, 0], 16), // 6to4 (RFC 3056)
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20), // documentation (RFC 9637)
];

/// Networks of IPv6 whose addresses end with one of IPv4, to which they lead in truth: IPv4-mapped (RFC 4291), and
/// those that a translator of the network serves (RFC 6052).
const TRANSLATED: [([u16; 8], u32); 2] = [([0, 0, 0, 0, 0, 0xffff, 0, 0], 96), ([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96)];

/// Whether `address` is one of the public internet.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) if TRANSLATED.iter().any(|network| within_v6(v6, network)) => {
            let [.., a, b, c, d] = v6.octets();
            is_public_v4(Ipv4Addr::new(a, b, c, d))
        }
        IpAddr::V6(v6) => within_v6(v6, &GLOBAL_V6) && !RESERVED_V6.iter().any(|network| within_v6(v6, network)),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let same = |(network, prefix): &([u8; 4], u32)| {
        (u32::from(address) ^ u32::from(Ipv4Addr::from(*network))).leading_zeros() >= *prefix
    };
    !RESERVED_V4.iter().any(same)
}

fn within_v6(address: Ipv6Addr, (network, prefix): &([u16; 8], u32)) -> bool {
    (u128::from(address) ^ u128::from(Ipv6Addr::from(*network))).leading_zeros() >= *prefix
}

/// The system's resolver, without the addresses that may not be connected to.
#[derive(Debug)]
pub(super) struct Guard {
    /// Lets everything through.
    allow_local: bool,
    system: DefaultResolver,
}

impl Guard {
    pub(super) fn new(allow_local: bool) -> Self {
        Self { allow_local, system: DefaultResolver::default() }
    }

    /// Those of `found` that may be connected to. A name that has both kinds of addresses is reached at the public ones.
    fn admitted(&self, found: &[SocketAddr]) -> Result<ResolvedSocketAddrs, NotConnected> {
        let mut admitted = self.empty();
        for address in found.iter().filter(|address| self.allow_local || is_public(address.ip())) {
            admitted.push(*address);
        }
        match found.first() {
            Some(refused) if admitted.is_empty() => Err(NotConnected::Private(refused.ip())),
            None => Err(NotConnected::Unresolved("it has no address".to_owned())),
            Some(_) => Ok(admitted),
        }
    }
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.system.resolve(uri, config, timeout).map_err(|error| match error {
            ureq::Error::Io(reason) => NotConnected::Unresolved(reason.to_string()).into(),
            ureq::Error::HostNotFound => NotConnected::Unresolved("it has no address".to_owned()).into(),
            other => other,
        })?;
        Ok(self.admitted(&found)?)
    }
}

/// Why the guard leaves nothing to connect to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotConnected {
    /// The host is known, at an address that is not public.
    #[error("{0} is not public")]
    Private(IpAddr),
    /// The host is not known, or nobody can be asked.
    #[error("{0}")]
    Unresolved(String),
}

impl From<NotConnected> for ureq::Error {
    fn from(reason: NotConnected) -> Self {
        Self::Other(Box::new(reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(address: &str) -> bool {
        is_public(address.parse().unwrap())
    }

    #[test]
    fn addresses_of_the_public_internet_are_let_through() {
        for address in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2a01:e0a::1",
            "2001:4860:4860::8888",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
        ] {
            assert!(public(address), "{address}");
        }
    }

    #[test]
    fn all_others_are_not() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "168.63.129.16",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:10::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!public(address), "{address}");
        }
    }

    #[test]
    fn a_name_with_addresses_of_both_kinds_is_reached_at_the_public_one() {
        let found = ["10.0.0.1:80".parse().unwrap(), "8.8.8.8:80".parse().unwrap()];
        assert_eq!(*Guard::new(false).admitted(&found).unwrap(), found[1..]);
        assert_eq!(*Guard::new(true).admitted(&found).unwrap(), found);
        assert_eq!(Guard::new(false).admitted(&found[..1]).unwrap_err(), NotConnected::Private(found[0].ip()));
        assert!(matches!(Guard::new(false).admitted(&[]), Err(NotConnected::Unresolved(_))));
    }
}
