import { useState } from "preact/hooks";
import type { PageCall } from "../../page-api.ts";
import { useWorkspace } from "../workspace/use-workspace.ts";

const VENDORS = { zoom: "Zoom", cloudflare: "Cloudflare", slack: "Slack" } as const;

/** Every call as the vendors received it, the newest first; each opens to what was sent and answered. */
export function CallsTab() {
  const { snapshot } = useWorkspace();
  const [withSlack, setWithSlack] = useState(false);
  const calls = snapshot.calls.filter(({ vendor }) => withSlack || vendor !== "slack").toReversed();
  return (
    <>
      <label class="calls-filter">
        <input
          type="checkbox"
          checked={withSlack}
          onChange={({ currentTarget }) => setWithSlack(currentTarget.checked)}
        />
        Show the calls to Slack too
      </label>
      {calls.length === 0 && <p class="empty">No call yet. They appear here as the vendors receive them.</p>}
      <div class="calls">
        {calls.map((call) => (
          <Call key={`${call.vendor} ${call.sequence}`} call={call} />
        ))}
      </div>
    </>
  );
}

function Call({ call }: { call: PageCall }) {
  const { me } = useWorkspace();
  const at = new Intl.DateTimeFormat("en-GB", { timeZone: me.timeZone, timeStyle: "medium" });
  return (
    <details class="call">
      <summary>
        <span class="call-time">{at.format(new Date(call.at))}</span>
        <span class={`vendor vendor-${call.vendor}`}>{VENDORS[call.vendor]}</span>
        <span class="call-method">{call.method}</span>
        <span class="call-path">{call.path}</span>
        <span class={`answer ${call.ok ? "answer-ok" : "answer-bad"}`}>{call.answer}</span>
      </summary>
      <dl class="call-more">
        <dt>Sent</dt>
        <dd>{call.body === undefined ? <span class="soft">no body</span> : <pre>{call.body}</pre>}</dd>
        <dt>Answered</dt>
        <dd>{call.detail === undefined ? <span class="soft">no body</span> : <pre>{call.detail}</pre>}</dd>
      </dl>
    </details>
  );
}
