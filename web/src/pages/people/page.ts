import type { Page } from "~/app/page";

export default {
  path: "/people",
  title: "Users and keys",
  navigation: { section: "Administration", order: 3 },
  administrator: true,
  load: () => import("./People"),
} satisfies Page;
