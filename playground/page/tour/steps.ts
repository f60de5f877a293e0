import {
  ALEX,
  approve,
  approveButton,
  approverOf,
  askFor,
  DANA,
  hasReadTheEnd,
  isWaiting,
  openForm,
  openThreadOf,
  requestAbout,
  RILEY,
  SAM,
  standAs,
  submitFor,
  wasRefusedOwnRequest,
  type Scene,
} from "./story.ts";

/** One step of the tour. */
export interface Step {
  id: string;
  /** What to do, in one or two short sentences. */
  words: string | ((scene: Scene) => string);
  /** What to look at: a selector, or how to find it. */
  where: string | ((scene: Scene) => Element | undefined);
  /** Whether it was done, by the reader's hand or by `doIt`. A step without it ends when the reader says so. */
  isDone?: (scene: Scene) => boolean;
  /** The story is past this step for good once it is done, however the reader got there. */
  isMilestone?: boolean;
  /** Does it for the reader. */
  doIt?: (scene: () => Scene) => Promise<void> | void;
}

const COMPOSER = "[data-composer=channel]";

/** The tour: one offboarding that goes well, one that does not, and the proof of both. */
export const STEPS: readonly Step[] = [
  {
    id: "ask",
    words: "You are Riley, in IT, and Sam leaves today. Type /zoom-offboard @sam below and press Enter.",
    where: COMPOSER,
    isDone: (scene) =>
      (scene.workspace.me.id === RILEY && openForm(scene, SAM) !== undefined) ||
      requestAbout(scene, SAM) !== undefined,
    doIt: (scene) => askFor(scene, RILEY, SAM),
  },
  {
    id: "form",
    words: "The app's form, as it would open in Slack. Type a reason, then press Request.",
    where: "dialog .modal-foot .primary",
    isMilestone: true,
    isDone: (scene) => requestAbout(scene, SAM) !== undefined,
    doIt: (scene) => submitFor(scene, RILEY, SAM, "Last day today"),
  },
  {
    id: "own",
    words:
      "The request waits in the channel. Close the note, and try to approve it yourself: that must not work.",
    where: (scene) =>
      approveButton(scene, SAM) ?? document.querySelector("dialog .modal-foot .button") ?? undefined,
    isDone: wasRefusedOwnRequest,
    doIt: (scene) => approve(scene, RILEY, SAM),
  },
  {
    id: "alex",
    words: "Nobody approves what they asked for. Become Alex Moreau, at the top right.",
    where: "[data-tour=people]",
    isDone: ({ workspace }) => workspace.me.id === ALEX,
    doIt: (scene) => standAs(scene, ALEX),
  },
  {
    id: "approve",
    words: "You are Alex. Read what will happen to Sam, then press Approve.",
    isMilestone: true,
    where: (scene) => approveButton(scene, SAM),
    isDone: (scene) => {
      const request = requestAbout(scene, SAM);
      return request !== undefined && !isWaiting(request);
    },
    doIt: (scene) => approve(scene, ALEX, SAM),
  },
  {
    id: "thread",
    words: "The steps run. Open the thread: each line says whether reading back proved it.",
    where: (scene) => document.querySelector(`[data-thread="${requestAbout(scene, SAM)?.ts}"]`) ?? undefined,
    isDone: (scene) => hasReadTheEnd(scene, SAM),
    doIt: (scene) => openThreadOf(scene, SAM),
  },
  {
    id: "zoom",
    words: "What does Zoom say? Open the Zoom tab behind the scenes, and look for Sam.",
    where: "[data-tab=zoom]",
    isDone: ({ workspace: { dock } }) => dock.isOpen && dock.tab === "zoom",
    doIt: (scene) => scene().workspace.setDock({ tab: "zoom", isOpen: true }),
  },
  {
    id: "second",
    words: "Now a bad day. Type /zoom-offboard @dana, give a reason and press Request.",
    isMilestone: true,
    where: COMPOSER,
    isDone: (scene) => requestAbout(scene, DANA) !== undefined,
    doIt: (scene) => submitFor(scene, scene().workspace.me.id, DANA, "Lost laptop"),
  },
  {
    id: "break",
    words: "Before anybody approves it, break Zoom: in the Faults tab, press 500 next to Zoom.",
    where: (scene) =>
      document.querySelector('[data-fault="zoom 500"]') ??
      (scene.workspace.snapshot.views.length > 0
        ? document.querySelector("dialog .modal-foot .button")
        : document.querySelector("[data-tab=faults]")) ??
      undefined,
    isDone: ({ workspace }) => workspace.snapshot.faults.some(({ place }) => place === "zoom"),
    doIt: async (scene) => {
      await standAs(scene, scene().workspace.me.id);
      scene().workspace.setDock({ tab: "faults", isOpen: true });
      await scene().workspace.breakOrMend({ place: "zoom", fault: "500" });
    },
  },
  {
    id: "approve-broken",
    words: (scene) =>
      approverOf(requestAbout(scene, DANA)) === RILEY
        ? "Become Riley again, and approve the request about Dana."
        : "Become Alex, and approve the request about Dana.",
    isMilestone: true,
    where: (scene) =>
      scene.workspace.me.id === approverOf(requestAbout(scene, DANA))
        ? approveButton(scene, DANA)
        : (document.querySelector("[data-tour=people]") ?? undefined),
    isDone: (scene) => {
      const request = requestAbout(scene, DANA);
      return request !== undefined && !isWaiting(request);
    },
    doIt: (scene) => approve(scene, approverOf(requestAbout(scene(), DANA)), DANA),
  },
  {
    id: "honest",
    words:
      "Open this thread. Zoom is asked again and again for a while; then the thread says what was not done.",
    where: (scene) => document.querySelector(`[data-thread="${requestAbout(scene, DANA)?.ts}"]`) ?? undefined,
    isDone: (scene) => hasReadTheEnd(scene, DANA),
    doIt: (scene) => openThreadOf(scene, DANA),
  },
  {
    id: "mend",
    words: "Mend Zoom again: in the Faults tab, press Mend everything.",
    where: () =>
      document.querySelector("[data-mend]") ?? document.querySelector("[data-tab=faults]") ?? undefined,
    isDone: ({ workspace }) => workspace.snapshot.faults.length === 0,
    doIt: (scene) => {
      scene().workspace.setDock({ tab: "faults", isOpen: true });
      return scene().workspace.breakOrMend("mend everything");
    },
  },
  {
    id: "audit",
    words: "All of it is in the audit log. In the Audit tab, verify the chain.",
    where: () =>
      document.querySelector("[data-verify]") ?? document.querySelector("[data-tab=audit]") ?? undefined,
    isDone: ({ workspace: { audit } }) => audit !== undefined && audit !== "reading",
    doIt: (scene) => {
      scene().workspace.setDock({ tab: "audit", isOpen: true });
      return scene().workspace.verifyAudit();
    },
  },
  {
    id: "end",
    words: "That was Deadbolt. Be anybody, break anything: nothing here is real.",
    where: "[data-tour=people]",
  },
];
