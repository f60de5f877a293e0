import type { FaultName, FaultPlace } from "../../page-api.ts";
import { useWorkspace } from "../workspace/use-workspace.ts";

const PLACES: readonly { place: FaultPlace; name: string; note: string }[] = [
  { place: "zoom", name: "Zoom", note: "users and sessions" },
  { place: "cloudflare", name: "Cloudflare", note: "Access sessions" },
  { place: "slack", name: "Slack", note: "every call of the app" },
  { place: "slack-directory", name: "Slack's directory", note: "who somebody is" },
];

const FAULTS: readonly { fault: FaultName; name: string; note: string }[] = [
  { fault: "slow", name: "slow", note: "answers take two seconds" },
  { fault: "429", name: "429", note: "too many requests" },
  { fault: "500", name: "500", note: "a fault of the vendor's own" },
  { fault: "reset", name: "reset", note: "the connection breaks" },
  { fault: "hang", name: "hang", note: "no answer at all" },
  { fault: "down", name: "down", note: "not reachable" },
];

/** Switches that break a vendor in one way or another, and mend everything. */
export function FaultsTab() {
  const { snapshot, breakOrMend } = useWorkspace();
  return (
    <div class="faults">
      {PLACES.map(({ place, name, note }) => {
        const isBroken = snapshot.faults.some((order) => order.place === place);
        return (
          <fieldset class="fault-row" key={place}>
            <legend>
              {name} <span class="soft">{note}, </span>
              <span class={isBroken ? "fault-state is-broken" : "fault-state"}>
                {isBroken ? "broken" : "works"}
              </span>
            </legend>
            <div class="fault-switches">
              {FAULTS.map((kind) => {
                const isOn = snapshot.faults.some(
                  (order) => order.place === place && order.fault === kind.fault,
                );
                return (
                  <button
                    type="button"
                    key={kind.fault}
                    class={`chip ${isOn ? "chip-on" : ""}`}
                    aria-pressed={isOn}
                    disabled={isOn}
                    title={kind.note}
                    data-fault={`${place} ${kind.fault}`}
                    onClick={() => void breakOrMend({ place, fault: kind.fault })}
                  >
                    {kind.name}
                  </button>
                );
              })}
            </div>
          </fieldset>
        );
      })}
      <p class="faults-end">
        <button
          type="button"
          class="button"
          data-mend
          disabled={snapshot.faults.length === 0}
          onClick={() => void breakOrMend("mend everything")}
        >
          Mend everything
        </button>
        <span class="soft">{FAULTS.map(({ name, note }) => `${name}: ${note}`).join(" · ")}</span>
      </p>
    </div>
  );
}
