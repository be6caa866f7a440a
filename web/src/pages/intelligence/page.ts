import type { Page } from "~/app/page";

export default {
  path: "/intelligence",
  title: "Intelligence",
  navigation: { section: "Administration", order: 2 },
  load: () => import("./IntelligencePage"),
} satisfies Page;
