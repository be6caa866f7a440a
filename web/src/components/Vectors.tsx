// Two CVSS vectors side by side, metric by metric.
import Box from "@cloudscape-design/components/box";
import Badge from "@cloudscape-design/components/badge";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { MetricRow } from "~/model/cvss";

export default function Vectors({ rows }: { rows: MetricRow[] }) {
  return (
    <Table
      variant="embedded"
      contentDensity="compact"
      items={rows}
      trackBy="metric"
      wrapLines
      ariaLabels={{ tableLabel: "CVSS metrics, published and here" }}
      columnDefinitions={[
        { id: "name", header: "Metric", isRowHeader: true, cell: (row) => row.name },
        { id: "published", header: "Published", cell: (row) => row.published },
        {
          id: "here",
          header: "Here",
          cell: (row) =>
            row.changed ? (
              <SpaceBetween direction="horizontal" size="xs" alignItems="center">
                <Box variant="strong">{row.here}</Box>
                <Badge color="blue">{row.set}</Badge>
              </SpaceBetween>
            ) : (
              <Box color="text-body-secondary">{row.here}</Box>
            ),
        },
      ]}
    />
  );
}
