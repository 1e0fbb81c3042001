/** What the codes of failed connections and certificates mean, and what to do about each. */

interface Words {
  text: string;
  advice: string;
}

const failures: Readonly<Record<string, Words>> = {
  ENOTFOUND: {
    text: 'there is no such name',
    advice:
      'Check the host in the URL for a slip; if it is right, the name server of this machine does not know it.',
  },
  EAI_AGAIN: {
    text: 'no name server answers',
    advice:
      'Check that this machine is online, and its name server (/etc/resolv.conf; in a container its DNS settings).',
  },
  ETIMEOUT: {
    text: 'the name server is silent',
    advice: 'Check that this machine is online, and its name server.',
  },
  ECONNREFUSED: {
    text: 'nothing listens there',
    advice: 'Check host and port; a local platform has to be started first (chipzen-agent sandbox).',
  },
  ETIMEDOUT: {
    text: 'no answer at all',
    advice:
      'A firewall may drop the connection: let this machine out to that port, or name a proxy in HTTPS_PROXY.',
  },
  EHOSTUNREACH: { text: 'there is no way to this address', advice: 'Check the network of this machine.' },
  ENETUNREACH: {
    text: 'this machine has no network of this kind',
    advice: 'Check the network of this machine.',
  },
  EADDRNOTAVAIL: {
    text: 'this machine has no address of this kind',
    advice: 'Check the network of this machine.',
  },
  ECONNRESET: {
    text: 'the connection was cut at once',
    advice: 'A firewall or a proxy may be in between: try from another network.',
  },
  EPROTO: {
    text: 'the server does not speak TLS there',
    advice: 'Check the port, and whether the URL should begin with ws:// (this machine only).',
  },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    text: 'the server does not speak TLS there',
    advice: 'Check the port, and whether the URL should begin with ws:// (this machine only).',
  },
  HPE_INVALID_CONSTANT: { text: 'the answer is not HTTP', advice: 'Check the port in the URL.' },
};

/** `ECONNREFUSED` and the like. @param message when the code is not known. */
export function describeFailureCode(code: string | null, message: string): Words {
  const known = code === null ? undefined : failures[code];
  if (known !== undefined) return { text: `${known.text} (${code})`, advice: known.advice };
  const text = code === null || message.includes(code) ? message : `${message} (${code})`;
  return { text, advice: 'Check the URL and the network of this machine.' };
}

const ownAuthority =
  'If the server is yours, set NODE_EXTRA_CA_CERTS to the file of its certificate; if not, do not connect.';
const inspected =
  'A company proxy or a virus scanner that reads TLS does this: set NODE_EXTRA_CA_CERTS to the file of its authority.';
const ofServer = 'Only whoever runs the server can mend this.';

const certificateFaults: Readonly<Record<string, Words>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: { text: 'it is signed by itself', advice: ownAuthority },
  SELF_SIGNED_CERT_IN_CHAIN: { text: 'its authority is not known to Node', advice: inspected },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { text: 'its authority is not known to Node', advice: inspected },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    text: 'its authority is not known to Node, or the server leaves out a certificate in between',
    advice: inspected,
  },
  CERT_HAS_EXPIRED: {
    text: 'it has expired',
    advice: `Check the clock of this machine. ${ofServer}`,
  },
  CERT_NOT_YET_VALID: { text: 'it is not valid yet', advice: `Check the clock of this machine. ${ofServer}` },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    text: 'it is for another name',
    advice: 'Check the host in the URL: something else than the platform may answer there.',
  },
  CERT_REVOKED: { text: 'it was revoked', advice: ofServer },
};

export function describeCertificateFault(code: string): Words {
  const known = certificateFaults[code];
  return known === undefined
    ? { text: `it is not trusted (${code})`, advice: ownAuthority }
    : { text: `${known.text} (${code})`, advice: known.advice };
}
