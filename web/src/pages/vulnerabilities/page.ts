import type { Page } from "~/app/page";

const page: Page = {
  path: "/vulnerabilities",
  title: "Vulnerability search",
  navigation: { section: "Findings", order: 5 },
  width: "full",
  load: () => import("./Vulnerabilities"),
};
export default page;
