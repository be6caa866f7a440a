import type { Page } from "~/app/page";

export default {
  path: "/start",
  title: "Add something to watch",
  navigation: { section: "Overview", order: 2 },
  load: () => import("./Start"),
} satisfies Page;
