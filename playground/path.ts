const SEGMENT = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})+$/;

/**
 * Splits a path as it stood in the request line into decoded segments.
 * @returns undefined when a segment is empty, is `.` or `..` (also in percent-encoded form), carries a character
 * that had to be encoded, or is not UTF-8: a strict vendor routes none of these.
 */
export function decodePath(path: string): string[] | undefined {
  if (!path.startsWith("/")) return undefined;
  const segments: string[] = [];
  for (const raw of path.slice(1).split("/")) {
    if (!SEGMENT.test(raw)) return undefined;
    let segment: string;
    try {
      segment = decodeURIComponent(raw);
    } catch {
      return undefined;
    }
    if (segment === "." || segment === "..") return undefined;
    segments.push(segment);
  }
  return segments;
}
