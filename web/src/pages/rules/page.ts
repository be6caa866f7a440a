import type { Page } from "~/app/page";

export default {
  path: "/rules",
  title: "Suppression rules",
  navigation: { section: "Response", order: 1 },
  width: "full",
  load: () => import("./Rules"),
} satisfies Page;
