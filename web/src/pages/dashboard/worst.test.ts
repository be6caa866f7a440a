import { expect, test } from "vitest";
import type { AggregationResponse } from "~/api/wire";
import { worstResources } from "./worst";

const host = (instanceId: string, critical: number, high: number): AggregationResponse => ({
  ec2InstanceAggregation: { instanceId, severityCounts: { all: critical + high, critical, high, medium: 0 }, instanceTags: { "vigil:name": `name of ${instanceId}` } },
});
const image: AggregationResponse = {
  awsEcrContainerAggregation: { resourceId: "arn:image", repository: "team/app", imageTags: ["1.2", "latest"], severityCounts: { all: 9, critical: 2, high: 7 } },
};

test("the most critical first, then the most high, whatever kind of resource", () => {
  expect(worstResources([host("i-1", 2, 1), host("i-2", 3, 0), image], 5).map((one) => one.id)).toEqual(["i-2", "arn:image", "i-1"]);
});

test("names are those that people gave", () => {
  expect(worstResources([host("i-1", 9, 0), image], 5).map((one) => one.name)).toEqual(["name of i-1", "team/app:1.2"]);
});

test("no more than asked for, and nothing that is no resource", () => {
  expect(worstResources([host("i-1", 1, 0), host("i-2", 1, 0)], 1)).toHaveLength(1);
  expect(worstResources([{ accountAggregation: { accountId: "000000000000" } }], 5)).toEqual([]);
});
