//! Which addresses lie outside the public internet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Where an address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Anywhere on the internet.
    Public,
    /// This machine.
    Loopback,
    /// A private network (RFC 1918, RFC 6598, RFC 4193).
    Private,
    /// This link: cloud metadata services live here.
    LinkLocal,
    /// Nothing that can be connected to for good reason: unspecified, multicast, reserved.
    Special,
}

impl Reach {
    /// What a person would call it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Loopback => "loopback",
            Self::Private => "private",
            Self::LinkLocal => "link-local",
            Self::Special => "reserved",
        }
    }

    /// The reach of `address`; IPv4 addresses inside IPv6 ones (mapped, NAT64, 6to4) count as what
    /// they hold.
    ///
    /// ```
    /// use registry_indexer::transport::Reach;
    /// assert_eq!(Reach::of("::ffff:169.254.169.254".parse().unwrap()), Reach::LinkLocal);
    /// ```
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(v4) => Self::of_v4(v4),
            IpAddr::V6(v6) => Self::of_v6(v6),
        }
    }

    fn of_v4(a: Ipv4Addr) -> Self {
        let [first, second, ..] = a.octets();
        if a.is_loopback() {
            Self::Loopback
        } else if a.is_private() || (first == 100 && (64..128).contains(&second)) {
            Self::Private
        } else if a.is_link_local() {
            Self::LinkLocal
        } else if first == 0 || first >= 224 || (first == 198 && matches!(second, 18 | 19)) {
            Self::Special
        } else {
            Self::Public
        }
    }

    fn of_v6(a: Ipv6Addr) -> Self {
        if let Some(v4) = a.to_ipv4_mapped() {
            return Self::of_v4(v4);
        }
        let [s0, s1, s2, s3, s4, s5, s6, s7] = a.segments();
        let v4 = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
        if a.is_loopback() {
            Self::Loopback
        } else if a.is_unspecified() || a.is_multicast() {
            Self::Special
        } else if s0 & 0xfe00 == 0xfc00 || s0 & 0xffc0 == 0xfec0 {
            Self::Private
        } else if s0 & 0xffc0 == 0xfe80 {
            Self::LinkLocal
        } else if s0 == 0x2002 {
            Self::of_v4(v4(s1, s2))
        } else if (s0, s1) == (0x64, 0xff9b) || [s0, s1, s2, s3, s4, s5] == [0; 6] {
            Self::of_v4(v4(s6, s7))
        } else {
            Self::Public
        }
    }

    /// The reach of an address's host where it is written as a number; a name has none yet.
    #[must_use]
    pub fn of_literal(url: &Url) -> Option<Self> {
        match url.host()? {
            Host::Ipv4(a) => Some(Self::of_v4(a)),
            Host::Ipv6(a) => Some(Self::of_v6(a)),
            Host::Domain(_) => None,
        }
    }
}

/// A set of [`Reach`]es.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Reaches(u8);

impl Reaches {
    /// The internet only.
    pub const PUBLIC: Self = Self(1 << Reach::Public as u8);

    /// With `reach` added.
    #[must_use]
    pub const fn and(self, reach: Reach) -> Self {
        Self(self.0 | 1 << reach as u8)
    }

    /// Whether `reach` is in it.
    #[must_use]
    pub const fn has(self, reach: Reach) -> bool {
        self.0 & (1 << reach as u8) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_an_inside_address_is_inside() {
        for (text, want) in [
            ("1.1.1.1", Reach::Public),
            ("127.8.9.1", Reach::Loopback),
            ("10.0.0.1", Reach::Private),
            ("172.31.255.255", Reach::Private),
            ("172.32.0.1", Reach::Public),
            ("192.168.3.4", Reach::Private),
            ("100.64.0.1", Reach::Private),
            ("100.128.0.1", Reach::Public),
            ("169.254.169.254", Reach::LinkLocal),
            ("0.0.0.0", Reach::Special),
            ("0.1.2.3", Reach::Special),
            ("224.0.0.1", Reach::Special),
            ("255.255.255.255", Reach::Special),
            ("198.18.0.1", Reach::Special),
            ("::1", Reach::Loopback),
            ("::", Reach::Special),
            ("::ffff:127.0.0.1", Reach::Loopback),
            ("::127.0.0.1", Reach::Loopback),
            ("64:ff9b::10.0.0.1", Reach::Private),
            ("2002:7f00:1::", Reach::Loopback),
            ("fd00::1", Reach::Private),
            ("fec0::1", Reach::Private),
            ("fe80::1", Reach::LinkLocal),
            ("ff02::1", Reach::Special),
            ("2606:4700::1111", Reach::Public),
        ] {
            assert_eq!(Reach::of(text.parse().unwrap()), want, "{text}");
        }
    }

    #[test]
    fn odd_number_forms_are_read_as_numbers() {
        for text in [
            "http://0x7f.1/",
            "http://2130706433/",
            "http://[::ffff:7f00:1]/",
        ] {
            let url = Url::parse(text).unwrap();
            assert_eq!(Reach::of_literal(&url), Some(Reach::Loopback), "{text}");
        }
        assert_eq!(
            Reach::of_literal(&Url::parse("http://localhost/").unwrap()),
            None
        );
    }

    #[test]
    fn a_set_holds_what_was_added() {
        let set = Reaches::PUBLIC.and(Reach::Private);
        assert!(set.has(Reach::Public) && set.has(Reach::Private) && !set.has(Reach::LinkLocal));
    }
}
