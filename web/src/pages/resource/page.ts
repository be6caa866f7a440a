import type { Page } from "~/app/page";

const page: Page = {
  path: "/resources/:resourceId",
  title: "Resource",
  under: "/resources",
  width: "full",
  load: () => import("./Resource"),
};
export default page;
