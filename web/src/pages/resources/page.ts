import type { Page } from "~/app/page";

const page: Page = {
  path: "/resources",
  title: "Resources",
  navigation: { section: "Inventory", order: 1 },
  width: "full",
  load: () => import("./Resources"),
};
export default page;
