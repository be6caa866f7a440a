import type { Page } from "~/app/page";

export default {
  path: "/findings",
  title: "Findings",
  navigation: { section: "Findings", order: 1 },
  width: "full",
  load: () => import("./Findings"),
} satisfies Page;
