// The packages that bring a vulnerability, with what is installed and what fixes it.
import Box from "@cloudscape-design/components/box";
import type { Finding } from "~/api/wire";
import { distinctPackages, versions } from "~/model/findingRow";
import Prose from "./Prose";

/** The page of the finding has them all. */
const shown = 3;

export default function PackageVersions({ finding }: { finding: Finding }) {
  const packages = distinctPackages(finding);
  return (
    <>
      {packages.slice(0, shown).map((one) => (
        <div key={`${one.name}\n${versions(one)}`}>
          <Prose>
            {one.name} {versions(one)}
          </Prose>
        </div>
      ))}
      {packages.length > shown && <Box color="text-body-secondary" fontSize="body-s">and {packages.length - shown} more</Box>}
    </>
  );
}
