/** 127.0.0.0/8 and ::1 as URL parsers and sockets spell them; an IPv6 address may have an IPv4 one in it. */
const loopbackAddress = /^(?:::ffff:)?127(?:\.\d{1,3}){3}$|^::1$|^::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}$/;

/**
 * Whether this is this machine: `localhost` and its subdomains (RFC 6761 6.3), 127.0.0.0/8 and ::1.
 *
 * @param host the `hostname` of a URL, brackets of an IPv6 address included or not, or the address of a socket.
 */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '');
  return name === 'localhost' || name.endsWith('.localhost') || loopbackAddress.test(name);
}
