import type { PageVendorUser } from "../../page-api.ts";

const GOOD = new Set(["active", "known"]);

/** The people as one vendor has them at this moment. */
export function PeopleTab({ vendor, users }: { vendor: string; users: readonly PageVendorUser[] }) {
  if (users.length === 0) return <p class="empty">{vendor} knows nobody.</p>;
  return (
    <ul class="vendor-people" aria-label={`People in ${vendor}`}>
      {users.map(({ id, name, email, status, facts }) => (
        <li key={id} class={GOOD.has(status) ? "" : "is-out"} data-user={email}>
          <div class="vendor-person">
            <strong>{name}</strong>
            <span class="soft">{email}</span>
          </div>
          <div class="vendor-facts">
            <span class={`status ${GOOD.has(status) ? "status-in" : "status-out"}`}>{status}</span>
            {facts.map((fact) => (
              <span class="fact" key={fact}>
                {fact}
              </span>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
