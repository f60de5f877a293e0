import { useEffect, useState } from "preact/hooks";

type Theme = "light" | "dark";
const KEPT_AS = "deadbolt-theme";

function keptTheme(): Theme | undefined {
  const kept = localStorage.getItem(KEPT_AS);
  return kept === "light" || kept === "dark" ? kept : undefined;
}

function systemTheme(): Theme {
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Puts the theme that was chosen before in place; without one the system's holds. */
export function restoreTheme(): void {
  const kept = keptTheme();
  if (kept !== undefined) document.documentElement.dataset["theme"] = kept;
}

/** Switches between light and dark, and remembers it in this browser. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>(() => keptTheme() ?? systemTheme());
  useEffect(() => {
    const query = window.matchMedia("(prefers-color-scheme: dark)");
    const follow = () => keptTheme() === undefined && setTheme(systemTheme());
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, []);
  const other = theme === "dark" ? "light" : "dark";
  return (
    <button
      type="button"
      class="bar-button icon"
      aria-label={`Switch to ${other}`}
      title={`Switch to ${other}`}
      onClick={() => {
        localStorage.setItem(KEPT_AS, other);
        document.documentElement.dataset["theme"] = other;
        setTheme(other);
      }}
    >
      <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
        <circle cx="12" cy="12" r="8" fill="none" stroke="currentColor" stroke-width="2" />
        <path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor" />
      </svg>
    </button>
  );
}
