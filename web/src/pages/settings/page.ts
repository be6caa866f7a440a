import type { Page } from "~/app/page";

export default {
  path: "/settings",
  title: "Settings",
  navigation: { section: "Administration", order: 1 },
  load: () => import("./Settings"),
} satisfies Page;
