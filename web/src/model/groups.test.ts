import { expect, test } from "vitest";
import { equals } from "./criteria";
import { filterFields } from "./filterFields";
import { groupOf, groups, narrowing, restOf } from "./groups";
import { toQuery } from "./propertyFilter";

const severityCounts = { all: 10, critical: 1, high: 2, medium: 3 };

test("every group names its findings by criteria that the filter can show", () => {
  const answers = {
    titleAggregation: { title: "CVE-1 - curl", vulnerabilityId: "CVE-1", severityCounts },
    ec2InstanceAggregation: { instanceId: "i-1", severityCounts },
    awsEcrContainerAggregation: { resourceId: "arn:image", severityCounts },
    imageLayerAggregation: { layerHash: "sha256:1", resourceId: "arn:image", repository: "web", accountId: "000000000000", severityCounts },
    repositoryAggregation: { repository: "web", affectedImages: 2, severityCounts },
    lambdaFunctionAggregation: { resourceId: "arn:f", severityCounts },
    packageAggregation: { packageName: "curl", severityCounts },
    accountAggregation: { accountId: "000000000000", severityCounts },
  };
  expect(groups.map(({ member }) => member).sort()).toEqual(Object.keys(answers).sort());
  for (const group of groups) {
    const row = group.rowOf({ [group.member]: (answers as Record<string, unknown>)[group.member] } as never);
    expect(row?.name).not.toBe("");
    expect(restOf(row?.counts ?? { all: 0, critical: 0, high: 0, medium: 0 })).toBe(4);
    expect(Object.keys(row?.criteria ?? {})).not.toEqual([]);
    expect(toQuery(row?.criteria as Record<string, unknown>, filterFields).kept).toEqual({});
  }
});

test("a host is called by its name, and told apart by its id and system", () => {
  const row = groupOf("host")?.rowOf({ ec2InstanceAggregation: { instanceId: "i-1", operatingSystem: "DEBIAN_12", instanceTags: { "vigil:name": "db-1" }, severityCounts } });
  expect(row).toMatchObject({ name: "db-1", note: "i-1 · DEBIAN_12", resourceId: "i-1" });
});

test("what narrows the counts narrows the findings behind them", () => {
  expect(narrowing({ findingType: "CODE_VULNERABILITY", titles: equals("x"), sortBy: "ALL" })).toEqual({ findingType: equals("CODE_VULNERABILITY") });
});
