import { AppSign } from "./face.tsx";
import { PersonSwitcher } from "./person-switcher.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";
import { useWorkspace } from "./use-workspace.ts";

/** The line that is on every screen: that this is pretend, who one is, and how it looks. */
export function TopBar({ startTour }: { startTour: () => void }) {
  const { isSidebarOpen, setSidebarOpen } = useWorkspace();
  return (
    <header class="top-bar">
      <button
        type="button"
        class="icon-button menu-button"
        aria-label="Channels and people"
        aria-expanded={isSidebarOpen}
        aria-controls="sidebar"
        onClick={() => setSidebarOpen(!isSidebarOpen)}
      >
        <svg
          viewBox="0 0 24 24"
          width="20"
          height="20"
          stroke="currentColor"
          stroke-width="2"
          aria-hidden="true"
        >
          <path d="M4 7h16M4 12h16M4 17h16" />
        </svg>
      </button>
      <span class="brand">
        <span class="brand-sign" aria-hidden="true">
          <AppSign />
        </span>
        <span class="brand-name">Northwind</span>
      </span>
      <p class="pretend">
        <strong>Pretend workspace:</strong> nothing here is real, all of it is on this machine
      </p>
      <div class="top-actions">
        <button type="button" class="bar-button" onClick={startTour} data-tour-start>
          Tour
        </button>
        <ThemeSwitch />
        <PersonSwitcher />
      </div>
    </header>
  );
}
