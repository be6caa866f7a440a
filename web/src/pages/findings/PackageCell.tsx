// Which packages, and what to upgrade them to.
import Box from "@cloudscape-design/components/box";
import Popover from "@cloudscape-design/components/popover";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Finding } from "~/api/wire";
import { distinctPackages, versions } from "~/model/findingRow";
import "./package.css";

/** A finding may have hundreds: the page of the finding has them all. */
const listed = 12;

export default function PackageCell({ finding }: { finding: Finding }) {
  const packages = distinctPackages(finding);
  const [head, ...more] = packages;
  if (!head) return <Box color="text-body-secondary">–</Box>;
  return (
    <>
      <span className="package-head">
        <span title={head.name}>{head.name}</span>
        {more.length > 0 && (
          <Popover
            header="Packages"
            size="large"
            renderWithPortal
            dismissAriaLabel="Close"
            content={
              <SpaceBetween size="xxs">
                {packages.slice(0, listed).map((one) => (
                  <span key={`${one.name}\n${versions(one)}`}>
                    <b>{one.name}</b> {versions(one)}
                  </span>
                ))}
                {packages.length > listed && <span>and {packages.length - listed} more, on the page of the finding</span>}
              </SpaceBetween>
            }
          >
            +{more.length}
          </Popover>
        )}
      </span>
      <Box variant="small" display="block" color="text-body-secondary">
        <span title={versions(head)}>{versions(head)}</span>
      </Box>
    </>
  );
}
