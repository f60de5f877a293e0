import { createContext } from "preact";
import { useContext, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Act, AuditReport, FaultOrder, PagePerson, Snapshot } from "../../page-api.ts";
import { listen, orderFault, readAudit, sendAct, type Connection } from "../server.ts";
import { useNotices, type Notices } from "./use-notices.ts";
import { usePlace, type Places } from "./use-place.ts";

/** What someone does, without saying who: that is always the person at the page. */
export type MyAct = Act extends infer One ? (One extends Act ? Omit<One, "as"> : never) : never;

/** All that the parts of the page share. */
export interface Workspace extends Places {
  snapshot: Snapshot;
  me: PagePerson;
  connection: Connection;
  notices: Notices;
  /** Becomes another person. */
  become: (id: string) => void;
  /** Does something as this person; a refusal is shown as a notice. Answers whether it went well. */
  act: (act: MyAct) => Promise<boolean>;
  /** The same as someone else, for the tour. */
  actAs: (id: string, act: MyAct) => Promise<boolean>;
  breakOrMend: (order: FaultOrder | "mend everything") => Promise<void>;
  audit: AuditReport | "reading" | undefined;
  verifyAudit: () => Promise<void>;
  forgetAudit: () => void;
}

/** Who the page is at first, unless its address says another. */
const FIRST_PERSON = "U0RILEY";

function personInAddress(): string {
  return new URLSearchParams(location.search).get("as") ?? FIRST_PERSON;
}

/** Undefined until the first snapshot arrives. */
export function useWorkspaceState(): Workspace | undefined {
  const [person, setPerson] = useState(personInAddress);
  const [snapshot, setSnapshot] = useState<Snapshot>();
  const [connection, setConnection] = useState<Connection>("connecting");
  const [audit, setAudit] = useState<Workspace["audit"]>();
  const places = usePlace(snapshot);
  const notices = useNotices(snapshot);
  const isKnown = useRef(false);
  const { forgetTold } = notices;
  useEffect(() => {
    if (connection === "live") forgetTold();
  }, [connection]);

  useEffect(() => {
    isKnown.current = false;
    return listen(
      person,
      (next) => {
        isKnown.current = true;
        setSnapshot(next);
      },
      (state) => {
        setConnection(state);
        // The address may name someone who does not exist.
        if (state === "lost" && !isKnown.current && person !== FIRST_PERSON) setPerson(FIRST_PERSON);
      },
    );
  }, [person]);

  const me = snapshot?.people.find(({ id }) => id === snapshot.me);
  return useMemo(() => {
    if (snapshot === undefined || me === undefined) return undefined;
    const actAs: Workspace["actAs"] = async (id, act) => {
      const result = await sendAct({ ...act, as: id });
      if (!result.ok || result.shown !== undefined) notices.tell(result.shown ?? "Slack did not take that.");
      else notices.forgetTold();
      return result.ok;
    };
    return {
      ...places,
      snapshot,
      me,
      connection,
      notices,
      become(id) {
        notices.forgetTold();
        history.replaceState(null, "", `?as=${encodeURIComponent(id)}`);
        setPerson(id);
      },
      act: (act) => actAs(me.id, act),
      actAs,
      async breakOrMend(order) {
        const wrong = await orderFault(order);
        if (wrong !== undefined) notices.tell(wrong);
      },
      audit,
      async verifyAudit() {
        setAudit("reading");
        setAudit(await readAudit());
      },
      forgetAudit: () => setAudit(undefined),
    };
  }, [snapshot, me, connection, notices, places, audit]);
}

export const WorkspaceContext = createContext<Workspace | undefined>(undefined);

/** The workspace, in any part of the page below it. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === undefined) throw new Error("This part of the page stands outside of the workspace.");
  return workspace;
}
