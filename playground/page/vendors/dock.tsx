import { useId } from "preact/hooks";
import { DOCK_TABS, type DockTab } from "../workspace/use-place.ts";
import { useWorkspace } from "../workspace/use-workspace.ts";
import { AuditTab } from "./audit-tab.tsx";
import { CallsTab } from "./calls-tab.tsx";
import { FaultsTab } from "./faults-tab.tsx";
import { PeopleTab } from "./people-tab.tsx";

const NAMES: Record<DockTab, string> = {
  zoom: "Zoom",
  cloudflare: "Cloudflare",
  calls: "Calls",
  faults: "Faults",
  audit: "Audit",
};

/** What happens behind the workspace: what the vendors hold, every call, faults to switch on, the audit chain. */
export function Dock() {
  const { dock, setDock, snapshot } = useWorkspace();
  const id = useId();
  const counts: Partial<Record<DockTab, number>> = {
    // Those to Slack are shown on demand.
    calls: snapshot.calls.filter(({ vendor }) => vendor !== "slack").length,
    faults: snapshot.faults.length,
  };
  function onKeyDown(event: KeyboardEvent) {
    const at = DOCK_TABS.indexOf(dock.tab);
    const to: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    const next = DOCK_TABS.at((to[event.key] ?? at) % DOCK_TABS.length);
    if (to[event.key] === undefined || next === undefined) return;
    event.preventDefault();
    setDock({ tab: next });
    document.querySelector<HTMLElement>(`#${CSS.escape(`${id}${next}`)}`)?.focus();
  }
  return (
    <section class={`dock ${dock.isOpen ? "is-open" : ""}`} aria-label="Behind the scenes">
      <header class="dock-head">
        <h2 class="dock-title">Behind the scenes</h2>
        <div class="tabs" role="tablist" aria-label="What to show" onKeyDown={onKeyDown}>
          {DOCK_TABS.map((tab) => {
            const isShown = dock.tab === tab;
            const count = counts[tab] ?? 0;
            return (
              <button
                type="button"
                role="tab"
                key={tab}
                id={`${id}${tab}`}
                class={`tab ${tab === "faults" && count > 0 ? "tab-danger" : ""}`}
                aria-selected={isShown && dock.isOpen}
                aria-controls={isShown && dock.isOpen ? `${id}panel` : undefined}
                tabIndex={isShown ? 0 : -1}
                data-tab={tab}
                onClick={() => setDock({ tab, isOpen: true })}
              >
                {NAMES[tab]}
                {count > 0 && <span class="tab-count">{count}</span>}
              </button>
            );
          })}
        </div>
        <button
          type="button"
          class="icon-button dock-fold"
          aria-expanded={dock.isOpen}
          aria-label={dock.isOpen ? "Fold this panel" : "Unfold this panel"}
          onClick={() => setDock({ isOpen: !dock.isOpen })}
        >
          <span aria-hidden="true">{dock.isOpen ? "▾" : "▴"}</span>
        </button>
      </header>
      {dock.isOpen && (
        <div
          class="dock-body"
          role="tabpanel"
          id={`${id}panel`}
          aria-labelledby={`${id}${dock.tab}`}
          tabIndex={0}
          data-panel={dock.tab}
        >
          {dock.tab === "zoom" && <PeopleTab vendor="Zoom" users={snapshot.zoom} />}
          {dock.tab === "cloudflare" && <PeopleTab vendor="Cloudflare" users={snapshot.cloudflare} />}
          {dock.tab === "calls" && <CallsTab />}
          {dock.tab === "faults" && <FaultsTab />}
          {dock.tab === "audit" && <AuditTab />}
        </div>
      )}
    </section>
  );
}
