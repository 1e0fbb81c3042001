/**
 * What a page of this machine may load: its own files and what its own server sends; nothing from elsewhere, nothing
 * inline, and no other page has it in a frame.
 *
 * @param frames an origin that the page has in a frame. Default: none.
 */
export function ownPagePolicy(frames?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    ...(frames === undefined ? [] : [`frame-src ${frames}`]),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
