import { render } from "preact";
import "./theme.css";
import "./page.css";
import "./workspace/conversation.css";
import "./workspace/modal.css";
import "./vendors/vendors.css";
import "./tour/tour.css";
import { restoreTheme } from "./workspace/theme-switch.tsx";
import { WorkspacePage } from "./workspace/workspace.tsx";

restoreTheme();
const place = document.querySelector("#page");
if (place !== null) render(<WorkspacePage />, place);
