import type { Page } from "~/app/page";

const page: Page = {
  path: "/findings/:findingId",
  title: "Finding",
  under: "/findings",
  width: "full",
  load: () => import("./Finding"),
};
export default page;
