// Where it is: every package that brings the vulnerability.
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { Finding } from "~/api/wire";
import Copy from "~/components/Copy";
import Prose from "~/components/Prose";
import { fixedVersion, installedVersion, managerName, type VulnerablePackage } from "~/model/packages";

function Where({ one }: { one: VulnerablePackage }) {
  const layer = one.sourceLayerHash ?? one.sourceLambdaLayerArn;
  if (!one.filePath && !layer) return <Box color="text-body-secondary">Of the system</Box>;
  return (
    <>
      {one.filePath && (
        <div>
          <Copy text={one.filePath} what="path" />
        </div>
      )}
      {layer && (
        <Box fontSize="body-s" color="text-body-secondary">
          Layer <Copy text={layer} what="layer" {...(one.sourceLayerHash ? { shown: one.sourceLayerHash.slice(0, 19) } : {})} />
        </Box>
      )}
    </>
  );
}

const columns: TableProps.ColumnDefinition<VulnerablePackage>[] = [
  {
    id: "name",
    header: "Package",
    isRowHeader: true,
    width: 160,
    minWidth: 100,
    cell: (one) => (
      <>
        <Prose>{one.name}</Prose>
        <Box fontSize="body-s" color="text-body-secondary">
          {managerName(one.packageManager)}
          {one.arch && `, ${one.arch.toLowerCase()}`}
        </Box>
      </>
    ),
  },
  { id: "installed", header: "Installed", width: 130, minWidth: 100, cell: (one) => <Prose>{installedVersion(one)}</Prose> },
  {
    id: "fixed",
    header: "Fixed in",
    width: 130,
    minWidth: 100,
    cell: (one) => <Prose>{fixedVersion(one.fixedInVersion) ?? <Box color="text-body-secondary">Not fixed yet</Box>}</Prose>,
  },
  { id: "where", header: "File", minWidth: 200, cell: (one) => <Where one={one} /> },
];

export default function Packages({ finding }: { finding: Finding }) {
  const packages = finding.packageVulnerabilityDetails?.vulnerablePackages;
  if (!packages) return null;
  return (
    <Table
      variant="container"
      header={
        <Header variant="h2" counter={`(${packages.length})`}>
          Where it is
        </Header>
      }
      items={packages}
      columnDefinitions={columns}
      resizableColumns
      wrapLines
      ariaLabels={{ tableLabel: "Vulnerable packages", resizerRoleDescription: "Resize the column" }}
      empty={<Box color="text-body-secondary">No package is named.</Box>}
    />
  );
}
