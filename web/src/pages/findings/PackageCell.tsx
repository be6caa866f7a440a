// Which packages, and what to upgrade them to.
import Box from "@cloudscape-design/components/box";
import Popover from "@cloudscape-design/components/popover";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Finding } from "~/api/wire";
import { distinctPackages, fixedIn, installed, type VulnerablePackage } from "~/model/findingRow";

/** A finding may have hundreds: the page of the finding has them all. */
const listed = 12;

function One({ one }: { one: VulnerablePackage }) {
  const fixed = fixedIn(one);
  return (
    <span title={`${one.name} ${installed(one)}`}>
      <b>{one.name}</b> {installed(one)}
      {fixed && <> → {fixed}</>}
    </span>
  );
}

export default function PackageCell({ finding }: { finding: Finding }) {
  const packages = distinctPackages(finding);
  const [head, ...more] = packages;
  if (!head) return <Box color="text-body-secondary">–</Box>;
  if (more.length === 0) return <One one={head} />;
  return (
    <>
      <One one={head} />
      <Box variant="small" display="block">
        <Popover
          header="Packages"
          size="large"
          dismissAriaLabel="Close"
          content={
            <SpaceBetween size="xxs">
              {packages.slice(0, listed).map((one) => (
                <One key={`${one.name}\n${installed(one)}\n${one.fixedInVersion}`} one={one} />
              ))}
              {packages.length > listed && `and ${packages.length - listed} more, on the page of the finding`}
            </SpaceBetween>
          }
        >
          and {more.length} more
        </Popover>
      </Box>
    </>
  );
}
