import type { PagePerson } from "../../page-api.ts";

const HUES = 8;

function hueOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % HUES;
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .map(([first = ""]) => first)
    .slice(0, 2)
    .join("")
    .toUpperCase();
}

/** A person's initials on a colour of their own; the app has its sign. Says nothing to screen readers. */
export function Face({ person, size = "" }: { person: PagePerson | undefined; size?: "small" | "" }) {
  const name = person?.realName ?? "?";
  return (
    <span
      class={`face ${size} ${person?.isApp === true ? "face-app" : `hue-${hueOf(person?.id ?? "")}`}`}
      aria-hidden="true"
    >
      {person?.isApp === true ? <AppSign /> : initials(name)}
    </span>
  );
}

/** A padlock: the app's sign. */
export function AppSign() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2">
      <path d="M8 11V8a4 4 0 0 1 8 0v3" />
      <rect x="5" y="11" width="14" height="9" rx="2" fill="currentColor" />
    </svg>
  );
}
