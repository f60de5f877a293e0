import type { FaultOrder } from "../../page-api.ts";
import { TourBar } from "../tour/tour-bar.tsx";
import { useTour } from "../tour/use-tour.ts";
import { Dock } from "../vendors/dock.tsx";
import { Announcer } from "./announcer.tsx";
import { Conversation } from "./conversation.tsx";
import { Modal } from "./modal.tsx";
import { NoticeStack } from "./notice-stack.tsx";
import { Sidebar } from "./sidebar.tsx";
import { ThreadPane } from "./thread-pane.tsx";
import { TopBar } from "./top-bar.tsx";
import { useWorkspaceState, WorkspaceContext, type Workspace } from "./use-workspace.ts";

/** The whole page. */
export function WorkspacePage() {
  const workspace = useWorkspaceState();
  const tour = useTour(workspace);
  if (workspace === undefined)
    return (
      <main class="waiting">
        <h1>Deadbolt's playground</h1>
        <p role="status">Waiting for the pretend workspace on this machine…</p>
      </main>
    );
  const view = workspace.snapshot.views.at(-1);
  // What lies outside of an open dialog cannot be reached, so the tour and the notices move into it.
  const inFront = (
    <>
      {(view === undefined || tour.stage.kind === "at") && <TourBar tour={tour} workspace={workspace} />}
      <NoticeStack />
    </>
  );
  return (
    <WorkspaceContext.Provider value={workspace}>
      <a class="skip" href="#main">
        Skip to the messages
      </a>
      <div class="page">
        <TopBar startTour={tour.start} />
        <State workspace={workspace} />
        {view === undefined && inFront}
        <div class="columns">
          <Sidebar />
          <Conversation />
          {workspace.thread !== undefined && <ThreadPane />}
        </div>
        <Dock />
      </div>
      {view !== undefined && (
        <Modal key={view.id} view={view}>
          {inFront}
        </Modal>
      )}
      <Announcer />
    </WorkspaceContext.Provider>
  );
}

/** A command to an app that Slack cuts off is answered by nothing at all. */
function brokenSlack(faults: readonly FaultOrder[]): string | undefined {
  const places = faults.map(({ place }) => place);
  if (places.includes("slack"))
    return "Slack is broken by a switch behind the scenes: the app can answer nobody until it is mended.";
  return places.includes("slack-directory")
    ? "Slack's directory is broken by a switch behind the scenes: the app must refuse everyone until it is mended."
    : undefined;
}

function State({ workspace: { connection, snapshot } }: { workspace: Workspace }) {
  const words =
    connection === "lost"
      ? "The playground does not answer. Trying again; what you see is from before."
      : snapshot.appIsUp
        ? brokenSlack(snapshot.faults)
        : "The app's process is starting. Requests under way go on as soon as it is up.";
  return (
    <div role="status" class={words === undefined ? "hidden" : "state-bar"}>
      {words}
    </div>
  );
}
