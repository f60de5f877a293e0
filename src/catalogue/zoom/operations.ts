import type { Operation } from "../operation.ts";
import { addZoomAssistants } from "./assistant/add.ts";
import { listZoomAssistants } from "./assistant/list.ts";
import { removeAllZoomAssistants } from "./assistant/remove-all.ts";
import { removeZoomAssistant } from "./assistant/remove.ts";
import { listZoomSchedulers } from "./scheduler/list.ts";
import { removeAllZoomSchedulers } from "./scheduler/remove-all.ts";
import { removeZoomScheduler } from "./scheduler/remove.ts";
import { checkZoomEmail } from "./user/check-email.ts";
import { deleteZoomUser } from "./user/delete.ts";
import { getZoomUser } from "./user/get.ts";
import { listZoomUsers } from "./user/list.ts";
import { revokeZoomSsoToken } from "./user/revoke-sso-token.ts";
import { updateZoomUserStatus } from "./user/update-status.ts";

/** Every call to Zoom that Deadbolt can make. */
export const zoomOperations: readonly Operation[] = [
  getZoomUser,
  listZoomUsers,
  checkZoomEmail,
  updateZoomUserStatus,
  revokeZoomSsoToken,
  deleteZoomUser,
  listZoomAssistants,
  addZoomAssistants,
  removeZoomAssistant,
  removeAllZoomAssistants,
  listZoomSchedulers,
  removeZoomScheduler,
  removeAllZoomSchedulers,
];
