/** The names of this machine. Connections to it need no TLS and no proxy, and some requests from it need no token. */

/** 127.0.0.0/8 and ::1 as URL parsers and sockets spell them; an IPv6 address may have an IPv4 one in it. */
const loopbackAddress = /^(?:::ffff:)?127(?:\.\d{1,3}){3}$|^::1$|^::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}$/;

/** Characters that cannot occur in a `Host` header: it is a host and maybe a port (RFC 9110 7.2). */
const notInHost = /[/?#@\\\s]/;

/**
 * Whether this is this machine: `localhost` and its subdomains (RFC 6761 6.3), 127.0.0.0/8 and ::1.
 *
 * @param host the `hostname` of a URL, brackets of an IPv6 address included or not, or the address of a socket.
 */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return name === 'localhost' || name.endsWith('.localhost') || loopbackAddress.test(name);
}

/** The host that a `Host` header names, as URL parsers spell it: lower case, no brackets. Null when it names no host. */
export function hostnameOf(authority: string): string | null {
  const url = `http://${authority}`;
  if (notInHost.test(authority) || !URL.canParse(url)) return null;
  return new URL(url).hostname.replace(/^\[|\]$/g, '');
}
