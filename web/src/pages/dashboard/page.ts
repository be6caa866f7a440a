import type { Page } from "~/app/page";

export default {
  path: "/",
  title: "Dashboard",
  navigation: { section: "Overview", order: 1 },
  load: () => import("./Dashboard"),
} satisfies Page;
