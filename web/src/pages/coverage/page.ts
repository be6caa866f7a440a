import type { Page } from "~/app/page";

const page: Page = {
  path: "/coverage",
  title: "Coverage",
  navigation: { section: "Inventory", order: 2 },
  width: "full",
  load: () => import("./Coverage"),
};
export default page;
