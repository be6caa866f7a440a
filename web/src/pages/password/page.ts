import type { Page } from "~/app/page";

export default {
  path: "/password",
  title: "Change password",
  width: "text",
  load: () => import("./Password"),
} satisfies Page;
