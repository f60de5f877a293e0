import type { VendorAnswer } from "../vendor-http.ts";

export interface FieldError {
  field: string;
  message: string;
}

/** Thrown by a rule of the pretend Zoom; becomes the answer `{code, message, errors?}`. */
export class ZoomRefusal extends Error {
  override name = "ZoomRefusal";
  readonly answer: VendorAnswer;

  constructor(status: number, code: number | undefined, message: string, errors?: FieldError[]) {
    super(message);
    this.answer = { status, body: { code, message, ...(errors ? { errors } : {}) } };
  }
}

/** 404/1001: also what a caller sees after a user was deleted. */
export function userDoesNotExist(userId: string): ZoomRefusal {
  return new ZoomRefusal(404, 1001, `User does not exist: ${userId}.`);
}

/** 400/1010: what some accounts answer where others say 404/1001. */
export function userNotOnAccount(accountId: string): ZoomRefusal {
  return new ZoomRefusal(400, 1010, `User not found on this account: ${accountId}.`);
}

/** 400/300 with the field that is at fault. */
export function validationFailed(field: string, message: string): ZoomRefusal {
  return new ZoomRefusal(400, 300, "Validation Failed.", [{ field, message }]);
}

/** 400/2300: no such route, or a path that no route can have. */
export function endpointNotRecognized(): ZoomRefusal {
  return new ZoomRefusal(400, 2300, "This API endpoint is not recognized.");
}

/** 400/1120: what pending users answer when their invitation cannot be used. */
export function invitationNotFound(): ZoomRefusal {
  return new ZoomRefusal(
    400,
    1120,
    "A valid invitation to join the Zoom account was not found for this user.",
  );
}

/** 404/3001: also what a caller sees after an instant meeting has ended. */
export function meetingDoesNotExist(meetingId: string): ZoomRefusal {
  return new ZoomRefusal(404, 3001, `Meeting does not exist: ${meetingId}.`);
}

/** 404 without a code of Zoom's own. */
export function nothingFound(): ZoomRefusal {
  return new ZoomRefusal(404, undefined, "Not Found");
}
