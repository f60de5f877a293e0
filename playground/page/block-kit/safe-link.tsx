import type { ComponentChildren } from "preact";

/** The address as a link may lead there: http, https and mailto only; undefined for all others. */
export function safeAddress(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed !== null && ["http:", "https:", "mailto:"].includes(parsed.protocol)
    ? parsed.href
    : undefined;
}

/** A link that opens elsewhere and tells nothing about this page; only its text where the address is not one. */
export function SafeLink({ url, children }: { url: string; children: ComponentChildren }) {
  const address = safeAddress(url);
  if (address === undefined) return <>{children}</>;
  return (
    <a class="bk-link" href={address} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
