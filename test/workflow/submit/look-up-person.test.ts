import { expect, test } from "vitest";
import { findOperation } from "../../../src/catalogue/registry.ts";
import { toVendorError } from "../../../src/connectors/failure.ts";
import { diagnoseZoom } from "../../../src/connectors/zoom-error.ts";
import type { HttpResult } from "../../../src/connectors/http.ts";
import { submissionRefused } from "../../../src/workflow/events/refusal-events.ts";
import { lookUpPerson } from "../../../src/workflow/submit/look-up-person.ts";

test("a refusal of a look-up shows status, code and words in the form, and keeps them in the audit log", async () => {
  const message = "Diese Anfrage ist nicht erlaubt";
  const answer: HttpResult = {
    kind: "answer",
    status: 400,
    headers: {},
    text: JSON.stringify({ code: 200, message }),
    attempts: 1,
    unsettled: false,
  };
  const refused = toVendorError(
    findOperation("zoom.user.get"),
    answer,
    diagnoseZoom(answer) ?? { kind: "refused" },
    [],
  );
  const email = "sam@example.com";
  const looked = await lookUpPerson(
    {
      homeTeamId: "T1",
      slackPerson: () => Promise.resolve(undefined),
      slackPersonByEmail: () => Promise.resolve(undefined),
      zoomUser: () => Promise.reject(refused),
    },
    { email },
    { zoom: "must", cloudflare: "no" },
  );
  if (looked.kind !== "refused") throw new Error("The refusal was passed over.");
  expect(looked.refusal.reason).toContain(`Zoom refused this (400/200) and said: “${message}”.`);
  expect(looked.refusal.reason).toContain("(HTTP 400, code 200)");
  const submission = { viewId: "V1", requesterId: "U1", target: { email } };
  const event = submissionRefused(submission, "zoom-offboard", looked.refusal, new Date(0));
  expect(event.data).toMatchObject({ facts: { status: 400, code: 200, vendorMessage: message } });
});
