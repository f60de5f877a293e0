import { useWorkspace } from "../workspace/use-workspace.ts";

/** Lets the app's own command line walk the audit chain. */
export function AuditTab() {
  const { audit, verifyAudit } = useWorkspace();
  const isReading = audit === "reading";
  return (
    <div class="audit">
      <p>
        Everything that was asked, decided and done stands in a chain of rows, each sealed by the hash of the
        one before. Whoever changes, removes or inserts a row breaks it.
      </p>
      <p>
        <button
          type="button"
          class="button primary"
          data-verify
          aria-busy={isReading}
          disabled={isReading}
          onClick={() => void verifyAudit()}
        >
          {isReading ? "Walking the chain…" : "Verify the chain"}
        </button>{" "}
        <code class="soft">npx deadbolt audit verify</code>
      </p>
      <div role="status">
        {audit !== undefined && audit !== "reading" && (
          <pre class={`audit-report ${audit.ok ? "is-whole" : "is-broken"}`} data-report>
            {audit.ok ? "✓ " : "✗ "}
            {audit.text}
          </pre>
        )}
      </div>
    </div>
  );
}
